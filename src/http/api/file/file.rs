//! Files: their JSON, and the routes that make, show, change and delete one.

use std::{sync::Arc, time::Duration};

use actix_web::{HttpResponse, http::Method};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        error::Fault,
        file::{
            blob::BlobPlace,
            draft::{Localized, Patch, Point, Save},
            file::{self as domain, Grounding},
            link::LIFE_MAX,
            media_type,
        },
        id::{FileId, FolderId, ProjectId, UserId},
        time::Instant,
    },
    http::{
        api::{
            idempotency::Named,
            route::{Route, action, custom, delete, get, group, list, write},
            schema,
        },
        base::{
            bearer::call::ApiCall,
            body,
            reply::{blocking, json},
            transport::media::Transport,
        },
    },
    service::file::{
        blob::staging::{Staged, Staging},
        file::{self, Incoming},
        link, reference, trash,
    },
    store::{
        Tx,
        file::{file::FILES, reference::REFERENCES},
    },
};

use super::variant::{Compression, CompressionFault, Variants};

/// Most bytes of a file that is shown in JSON.
const OPENED_MAX: u64 = 10 * 1024 * 1024;

/// A file.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct File {
    id: FileId,
    project_id: ProjectId,
    folder_id: Option<FolderId>,
    /// Its name as it stands in its address.
    filename: String,
    /// Its name as it was sent.
    original_filename: String,
    /// By its bytes.
    mime_type: String,
    size_bytes: u64,
    /// Where it is; a file that is not public needs a token there, or a sealed address.
    url: String,
    /// BLAKE3 of its bytes.
    hash: String,
    is_public: bool,
    grounding: Grounding,
    permission_group: Option<String>,
    /// Of a picture, in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    focal_point: Option<Point>,
    /// Smaller pictures that are made of a picture, as far as it is larger than they are; each address changes with its bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    variants: Option<Variants>,
    /// How far they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    compression_status: Option<Compression>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    compression_fault: Option<CompressionFault>,
    #[serde(skip_serializing_if = "is_null")]
    alt_text: Localized,
    #[serde(skip_serializing_if = "is_null")]
    caption: Localized,
    #[serde(skip_serializing_if = "is_null")]
    title: Localized,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// How many entries refer to it.
    reference_count: u64,
    uploaded_at: Instant,
    uploaded_by: Option<UserId>,
    updated_at: Instant,
}

fn is_null(text: &Localized) -> bool {
    text.0.is_null()
}

impl File {
    /// A file as a server tells it that is reached there.
    pub fn of(file: domain::File, public_url: &str) -> Self {
        let (width, height) = file.dimensions.unzip();
        let variants = Variants::of(&file, public_url);
        Self {
            variants,
            compression_status: Compression::of(file.variants.state),
            compression_fault: file.variants.fault.map(CompressionFault::from),
            id: file.id,
            project_id: file.project,
            folder_id: file.folder,
            url: file.url(public_url, false),
            filename: file.filename,
            original_filename: file.original_filename,
            mime_type: file.mime_type,
            size_bytes: file.blob.size,
            hash: file.blob.hash,
            is_public: file.is_public,
            grounding: file.grounding,
            permission_group: file.permission_group,
            width,
            height,
            focal_point: file.focal_point.map(Point::from),
            alt_text: Localized(file.alt_text),
            caption: Localized(file.caption),
            title: Localized(file.title),
            description: file.description,
            reference_count: file.references,
            uploaded_at: file.created_at,
            uploaded_by: file.created_by,
            updated_at: file.updated_at,
        }
    }

    /// The same for whoever asked in a call.
    pub(super) fn from_call(call: &ApiCall, file: domain::File) -> Self {
        Self::of(file, &call.state().public_url)
    }
}

/// What is in a file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileContent {
    id: FileId,
    filename: String,
    mime_type: String,
    size_bytes: u64,
    /// Of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    /// Of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    base64_content: Option<String>,
}

/// Puts another text in the place of that of a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FileText, example = json!({"content": "# Notes, again"}))]
struct Text {
    /// The text.
    content: String,
}

/// How long a sealed address is to be good.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = FileLinkNew, example = json!({"expiresIn": 3600}))]
struct LinkNew {
    /// Seconds, at most a week; an hour unless it is said.
    #[schema(minimum = 1, maximum = 604_800)]
    expires_in: Option<u32>,
}

impl LinkNew {
    fn life(&self) -> Result<Option<Duration>> {
        let life = self.expires_in.map(|seconds| Duration::from_secs(seconds.into()));
        if life.is_some_and(|life| life.is_zero() || life > LIFE_MAX) {
            let words = format!("expiresIn must be 1 to {} seconds.", LIFE_MAX.as_secs());
            return Err(Fault::new("expiresIn", "out_of_range", words).into());
        }
        Ok(life)
    }
}

/// An address that is good for a while, for whoever has it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileLink {
    url: String,
    expires_at: Instant,
}

/// Something that refers to a file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileRef {
    /// The content type.
    r#type: String,
    id: String,
    name: String,
    project_id: ProjectId,
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/files";
const SAVE: &str = "/organizations/{organizationId}/projects/{projectId}/files/save";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}";
const OPEN: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}/open";
const CONTENT: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}/content";
const LINK: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}/link";
const REFS: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}/references";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "project_files",
        vec![
            list("list_files", ALL, "The files of a project", &FILES, &[], |call, tx, actor, listing| {
                Ok(file::list(tx, actor, call.project()?, listing)?.map(|file| File::from_call(call, file)))
            }),
            custom(Method::POST, "save_file", SAVE, "Keep a file that is sent as text or in base64", schema::of::<File>(), save)
                .travels(Transport::LongJson, Transport::Json)
                .about(
                    "Its type is what its bytes are, whatever it is called. At most 20 MB; longer ones come in by the routes for uploads.",
                )
                .repeatable(true)
                .body(schema::of::<Save>())
                .gate(|call, tx, actor| file::authorize(tx, actor, call.project()?)),
            get("get_file", ONE, "A file", |call, tx, actor| {
                Ok(File::from_call(call, file::get(tx, actor, call.project()?, call.id("fileId")?)?))
            }),
            write(Method::PATCH, "update_file", ONE, "Rename, move or describe a file", |call, tx, actor, patch: &Patch| {
                Ok(File::from_call(call, file::update(tx, actor, call.project()?, call.id("fileId")?, patch)?))
            }),
            delete("delete_file", ONE, "Move a file to the trash", |call, tx, actor| {
                trash::delete_file(tx, actor, call.project()?, call.id("fileId")?).map(drop)
            }),
            custom(Method::GET, "open_file", OPEN, "What is in a text or a picture", schema::of::<FileContent>(), open)
                .about("Of a text as it is, of a picture in base64; more than 10 MB, and what is neither, is not found.")
                .gate(|call, tx, actor| file::get(tx, actor, call.project()?, call.id("fileId")?).map(drop)),
            custom(
                Method::PUT,
                "replace_file_content",
                CONTENT,
                "Put another text in the place of that of a file",
                schema::of::<File>(),
                replace,
            )
            .travels(Transport::LongJson, Transport::Json)
            .about("Its id and its address stay.")
            .body(schema::of::<Text>())
            .gate(|call, tx, actor| file::authorize(tx, actor, call.project()?)),
            action("create_file_link", LINK, "An address of a file that is good for a while", |call, tx, actor, wanted: &LinkNew| {
                let life = wanted.life()?;
                let sealed = link::seal(tx, actor, call.project()?, call.id("fileId")?, life, &call.state().public_url)?;
                Ok(FileLink { url: sealed.url, expires_at: sealed.ends_at })
            })
            .about("Whoever has it sees the file, public or not, until it ends: at most a week."),
            list("list_file_references", REFS, "What refers to a file", &REFERENCES, &[], |call, tx, actor, listing| {
                let at = call.project()?;
                let page = reference::list(tx, actor, at, call.id("fileId")?, listing)?;
                Ok(page.map(|one| FileRef { r#type: one.kind, id: one.id, name: one.name, project_id: at.1 }))
            }),
        ],
    )
}

/// Bytes of a JSON body as they are kept for a file.
async fn staged(call: &ApiCall, bytes: &[u8]) -> Result<Arc<Staged>> {
    let (who, began) = (call.clone(), call.state().store.now());
    let kept = Staging::whole(&call.state().files, call.project()?, move |tx| who.actor_since(tx, began), bytes).await?;
    Ok(Arc::new(kept))
}

async fn save(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (reading, at) = (call.clone(), call.project()?);
    let (about, bytes, named) = blocking(move || {
        let body = reading.long_body()?;
        let (about, bytes) = body::json::<Save>(&body)?.check()?;
        let named = Named::of(&reading, || Ok(blake3::hash(&body)))?;
        Ok((about, bytes, named))
    })
    .await?;
    if let Some(named) = &named
        && let Some(before) = named.again(&call).await?
    {
        return Ok(before);
    }
    let staged = staged(&call, &bytes).await?;
    drop(bytes);
    let (caller, kept, once) = (call.clone(), staged.clone(), named.as_ref().map(Named::once));
    let make = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        let make = |tx: &mut Tx<'_>| file::create(tx, &actor, at, &about, &Incoming::from(&*kept));
        match &once {
            None => make(tx),
            Some(once) => once.make(tx, &actor, make, |made| json(200, &File::from_call(&caller, made.clone()))),
        }
    };
    let made = call.state().store.write(make).await?;
    staged.mark_taken();
    json(200, &File::from_call(&call, made))
}

async fn replace(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (reading, at, id) = (call.clone(), call.project()?, call.id("fileId")?);
    let text = blocking(move || body::json::<Text>(&reading.long_body()?)).await?;
    let staged = staged(&call, text.content.as_bytes()).await?;
    let (caller, kept) = (call.clone(), staged.clone());
    let put = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        file::replace_text(tx, &actor, at, id, &Incoming::from(&*kept))
    };
    let changed = call.state().store.write(put).await?;
    staged.mark_taken();
    json(200, &File::from_call(&call, changed))
}

async fn open(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (at, id, caller) = (call.project()?, call.id("fileId")?, call.clone());
    let find = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        file::get(tx, &actor, at, id)
    };
    let found = call.state().store.read(find).await?;
    let (is_text, is_image) = (media_type::is_text(&found.mime_type), media_type::is_image(&found.mime_type));
    if found.blob.place == BlobPlace::Nowhere || found.blob.size > OPENED_MAX || !(is_text || is_image) {
        return Err(Error::NotFound("content"));
    }
    let (files, blob) = (call.state().files.clone(), found.blob.clone());
    let bytes = call.reading(move || files.read_all(&blob)).await?;
    let (content, base64_content) =
        if is_text { (Some(String::from_utf8_lossy(&bytes).into_owned()), None) } else { (None, Some(STANDARD.encode(&bytes))) };
    let size_bytes = found.blob.size;
    json(200, &FileContent { id, filename: found.filename, mime_type: found.mime_type, size_bytes, content, base64_content })
}
