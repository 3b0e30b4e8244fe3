//! Folders of files: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::id::{FolderId, ProjectId, UserId},
    domain::time::Instant,
    http::api::route::{Route, act, get, group, list, write},
    service::file::{
        folder::{self, FolderAround},
        trash,
    },
    store::file::folder::FOLDERS,
};

/// A folder.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FileFolder)]
struct Folder {
    id: FolderId,
    project_id: ProjectId,
    name: String,
    slug: String,
    parent_id: Option<FolderId>,
    /// The names from the root down to it, each behind a `/`.
    path: String,
    /// Folders in it.
    child_count: u64,
    /// Files in it.
    file_count: u64,
    created_at: Instant,
    updated_at: Instant,
    created_by: Option<UserId>,
}

impl From<FolderAround> for Folder {
    fn from((folder, around): FolderAround) -> Self {
        Self {
            id: folder.id,
            project_id: folder.project,
            name: folder.name,
            slug: folder.slug,
            parent_id: folder.parent,
            path: around.path,
            child_count: around.folders,
            file_count: around.files,
            created_at: folder.created_at,
            updated_at: folder.updated_at,
            created_by: folder.created_by,
        }
    }
}

/// What went to the trash with a folder.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileFolderDeleted {
    /// Always true: a failure is an error.
    success: bool,
    /// Files.
    deleted_files: u64,
    /// Folders, itself among them.
    deleted_folders: u64,
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/files/folders";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/file-folders/{folderId}";
/// Where the published SDK asks for it, which might be taken for what is under a file.
const ALIAS: &str = "/organizations/{organizationId}/projects/{projectId}/files/folders/{folderId}";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "project_files",
        vec![
            list("list_file_folders", ALL, "The folders of a project's files", &FOLDERS, &[], |call, tx, actor, listing| {
                Ok(folder::list(tx, actor, call.project()?, listing)?.map(Folder::from))
            }),
            write(Method::POST, "create_file_folder", ALL, "Make a folder", |call, tx, actor, draft| {
                folder::create(tx, actor, call.project()?, draft).map(Folder::from)
            }),
            get("get_file_folder", ONE, "A folder", |call, tx, actor| {
                folder::get(tx, actor, call.project()?, call.id("folderId")?).map(Folder::from)
            })
            .alias(ALIAS),
            write(Method::PATCH, "update_file_folder", ONE, "Rename or move a folder", |call, tx, actor, patch| {
                folder::update(tx, actor, call.project()?, call.id("folderId")?, patch).map(Folder::from)
            })
            .alias(ALIAS),
            act(Method::DELETE, "delete_file_folder", ONE, "Move a folder to the trash with all that is in it", |call, tx, actor| {
                let (_, moved) = trash::delete_folder(tx, actor, call.project()?, call.id("folderId")?)?;
                Ok(FileFolderDeleted { success: true, deleted_files: moved.files, deleted_folders: moved.folders })
            })
            .alias(ALIAS),
        ],
    )
}
