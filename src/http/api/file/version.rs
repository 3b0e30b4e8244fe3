//! Versions of files: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        file::{file as domain, version::FileVersion as Version},
        id::{FileId, FileVersionId, UserId},
        time::Instant,
    },
    http::{
        api::route::{Route, act, delete, get, group, list},
        base::bearer::call::ApiCall,
    },
    service::file::version,
    store::file::version::VERSIONS,
};

use super::file::File;

/// What was in a file before other bytes took its place.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileVersion {
    id: FileVersionId,
    file_id: FileId,
    /// Its number: the file's own, from 1.
    version: i64,
    /// By its bytes.
    mime_type: String,
    size_bytes: u64,
    /// BLAKE3 of its bytes.
    hash: String,
    /// Of a picture, in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    /// Where its bytes are, for whoever may read the project: it needs a token there, also where the file is public.
    url: String,
    /// When it came into the file.
    created_at: Instant,
    created_by: Option<UserId>,
}

impl FileVersion {
    fn from_call(call: &ApiCall, of: &domain::File, version: Version) -> Self {
        let (width, height) = version.dimensions.unzip();
        Self {
            url: version.url(&of.url(&call.state().public_url, false)),
            id: version.id,
            file_id: version.file,
            version: version.version,
            mime_type: version.mime_type,
            size_bytes: version.blob.size,
            hash: version.blob.hash,
            width,
            height,
            created_at: version.created_at,
            created_by: version.created_by,
        }
    }
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}/versions";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}/versions/{versionId}";
const RESTORE: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}/versions/{versionId}/restore";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "project_files",
        vec![
            list("list_file_versions", ALL, "What was in a file before, newest first", &VERSIONS, &[], |call, tx, actor, listing| {
                let (of, page) = version::list(tx, actor, call.project()?, call.id("fileId")?, listing)?;
                Ok(page.map(|one| FileVersion::from_call(call, &of, one)))
            }),
            get("get_file_version", ONE, "What was in a file before", |call, tx, actor| {
                let (of, found) = version::get(tx, actor, call.project()?, (call.id("fileId")?, call.id("versionId")?))?;
                Ok(FileVersion::from_call(call, &of, found))
            }),
            act(Method::POST, "restore_file_version", RESTORE, "Bring back what was in a file", |call, tx, actor| {
                let of = (call.id("fileId")?, call.id("versionId")?);
                Ok(File::from_call(call, version::restore(tx, actor, call.project()?, of, &call.state().files)?))
            })
            .about("What is in the file now becomes a version itself. Its id and its address stay, and so does what is said of it."),
            delete("delete_file_version", ONE, "Forget for good what was in a file", |call, tx, actor| {
                version::erase(tx, actor, call.project()?, (call.id("fileId")?, call.id("versionId")?))
            }),
        ],
    )
}
