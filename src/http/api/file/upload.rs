//! Uploads: files with a form, other bytes for a file, and long ones in parts.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use serde::{Deserialize, Serialize};
use serde_json::json as value;
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        error::{Fault, Faults},
        file::{
            blob::{PART, parts},
            draft::About,
            file::Grounding,
        },
        id::{FolderId, UploadId, UserId},
        time::Instant,
    },
    http::{
        api::{
            idempotency::Named,
            route::{Route, custom, delete, get, group, list, write},
            schema::{self, Components, Schema},
        },
        base::{
            bearer::call::ApiCall,
            reply::json,
            transport::{arrived::Arrived, media::Transport},
        },
    },
    service::file::{
        blob::staging::Received,
        file::{self, Incoming},
        upload,
    },
    store::{
        Tx,
        file::upload::{self as upload_store, Upload},
    },
};

use super::file::File;

/// The files that came in with a form.
#[derive(Debug, Serialize, ToSchema)]
struct FilesUploaded {
    data: Vec<File>,
}

/// Begins a long upload.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FileUploadNew, example = json!({"filename": "film.mp4", "sizeBytes": 734_003_200}))]
struct Start {
    /// The name of the file.
    #[schema(min_length = 1, max_length = 255, pattern = "{name}")]
    filename: String,
    /// How many bytes it will have; the setting `max-file` bounds it.
    size_bytes: u64,
    /// Its media type, where the bytes do not tell: of texts.
    #[schema(max_length = 200, pattern = "^$|^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+$")]
    mime_type: Option<String>,
    /// The folder to put it in.
    folder_id: Option<FolderId>,
    /// The same by the names of folders, parted by `/`; those that are missing are made.
    folder_path: Option<String>,
    /// What it is called.
    #[schema(max_length = 2000, pattern = "{block}")]
    title: Option<String>,
    /// What it is.
    #[schema(max_length = 2000, pattern = "{block}")]
    description: Option<String>,
    /// Whether everybody may see it who knows its address; not, unless it is said.
    is_public: Option<bool>,
    /// What agents take it for; `context` makes it public.
    grounding: Option<Grounding>,
    /// Whom the project's own software shows it to.
    #[schema(max_length = 200, pattern = "{line}")]
    permission_group: Option<String>,
}

impl Start {
    fn about(&self) -> About {
        About {
            filename: self.filename.clone(),
            mime_type: self.mime_type.clone(),
            folder_id: self.folder_id,
            folder_path: self.folder_path.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            is_public: self.is_public,
            grounding: self.grounding,
            permission_group: self.permission_group.clone(),
        }
    }
}

/// A long upload that has begun.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileUpload {
    id: UploadId,
    filename: String,
    size_bytes: u64,
    /// Bytes of each part but the last.
    part_size: u64,
    /// How many parts there are; the first is number 1.
    part_count: u64,
    /// The numbers of those that came.
    received: Vec<u64>,
    created_at: Instant,
    /// Who sends it.
    started_by: UserId,
}

impl From<Upload> for FileUpload {
    fn from(upload: Upload) -> Self {
        Self {
            id: upload.id,
            filename: upload.about.filename,
            size_bytes: upload.size,
            part_size: PART as u64,
            part_count: parts(upload.size),
            received: upload.parts.into_iter().collect(),
            created_at: upload.created_at,
            started_by: upload.user,
        }
    }
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/files";
const CONTENT: &str = "/organizations/{organizationId}/projects/{projectId}/files/{fileId}/content";
const UPLOADS: &str = "/organizations/{organizationId}/projects/{projectId}/file-uploads";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/file-uploads/{uploadId}";
const PARTS: &str = "/organizations/{organizationId}/projects/{projectId}/file-uploads/{uploadId}/parts/{part}";
const FINISH: &str = "/organizations/{organizationId}/projects/{projectId}/file-uploads/{uploadId}/finish";

/// A form with files, and with these fields beside them.
fn form(fields: &'static [&'static str]) -> Schema {
    Arc::new(|_: &mut Components| {
        let mut members = serde_json::Map::from_iter([("file".to_owned(), value!({ "type": "string", "format": "binary" }))]);
        members.extend(fields.iter().map(|field| ((*field).to_owned(), value!({ "type": "string" }))));
        value!({ "type": "object", "required": ["file"], "properties": members })
    })
}

fn bytes() -> Schema {
    Arc::new(|_: &mut Components| value!({ "type": "string", "format": "binary" }))
}

/// What may stand in the form beside files.
const FIELDS: &[&str] = &["folderId", "folderPath", "title", "description", "isPublic", "grounding", "permissionGroup"];

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "project_files",
        vec![
            custom(Method::POST, "upload_files", ALL, "Keep files that are sent with a form", schema::of::<FilesUploaded>(), upload_files)
                .travels(Transport::Files, Transport::Json)
                .about("Up to 100 files, each a part with a name; what stands in the fields beside them is said of all. All of them are kept or none.")
                .status(201)
                .repeatable(true)
                .body(form(FIELDS))
                .gate(|call, tx, actor| file::authorize(tx, actor, call.project()?)),
            custom(Method::POST, "upload_file_content", CONTENT, "Put other bytes in the place of those of a file", schema::of::<File>(), replace)
                .travels(Transport::Files, Transport::Json)
                .about("Its id and its address stay, its type is that of the new bytes.")
                .body(form(&[]))
                .gate(|call, tx, actor| {
                    file::authorize(tx, actor, call.project()?)?;
                    file::get(tx, actor, call.project()?, call.id("fileId")?).map(drop)
                }),
            write(Method::POST, "start_file_upload", UPLOADS, "Begin an upload in parts", |call, tx, actor, start: &Start| {
                let about = start.about();
                if i64::try_from(start.size_bytes).is_err() {
                    return Err(Fault::new("sizeBytes", "out_of_range", "sizeBytes must be at most 2^63 - 1.").into());
                }
                upload::start(tx, actor, call.project()?, (&about, start.size_bytes), &call.state().files).map(FileUpload::from)
            })
            .about("Each part has 8 MiB but for the last, and may be sent again. What does not go on for a day is given up."),
            list("list_file_uploads", UPLOADS, "Uploads in parts that have begun and not ended", &upload_store::UPLOADS, &[], |call, tx, actor, listing| {
                Ok(upload::list(tx, actor, call.project()?, listing)?.map(FileUpload::from))
            })
            .about("Yours; all of the project for whoever manages it, who may cancel them, too. What has not gone on for an hour gives way where there are 100."),
            get("get_file_upload", ONE, "An upload in parts, and which of them came", |call, tx, actor| {
                upload::get(tx, actor, call.project()?, call.id("uploadId")?).map(FileUpload::from)
            }),
            delete("cancel_file_upload", ONE, "Give an upload in parts up", |call, tx, actor| {
                upload::cancel(tx, actor, call.project()?, call.id("uploadId")?)
            }),
            custom(Method::PUT, "upload_file_part", PARTS, "Send a part of an upload", schema::of::<FileUpload>(), part)
                .travels(Transport::Bytes, Transport::Json)
                .body(bytes())
                .gate(|call, tx, actor| upload::get(tx, actor, call.project()?, call.id("uploadId")?).map(drop)),
            custom(Method::POST, "finish_file_upload", FINISH, "Make the file of an upload whose parts have all come", schema::of::<File>(), finish)
                .status(201)
                .repeatable(true)
                .gate(|call, tx, actor| file::authorize(tx, actor, call.project()?)),
        ],
    )
}

fn received(call: &ApiCall) -> Result<&Received> {
    match call.arrived() {
        Some(Arrived::Files(received)) if !received.files.is_empty() => Ok(received),
        _ => Err(Fault::new("file", "required", "There is no file in the form.").into()),
    }
}

/// What the fields of a form say of its files.
fn parse_about(fields: &[(String, String)]) -> Result<About> {
    let (mut about, mut faults) = (About::default(), Faults::default());
    for (name, text) in fields {
        let malformed = |what: &str| Fault::new(name, "malformed", format!("{name} must be {what}."));
        match name.as_str() {
            _ if text.is_empty() && FIELDS.contains(&name.as_str()) => {}
            "folderId" => about.folder_id = faults.keep(text.parse().map_err(|_| malformed("the id of a folder"))),
            "folderPath" => about.folder_path = Some(text.clone()),
            "title" => about.title = Some(text.clone()),
            "description" => about.description = Some(text.clone()),
            "isPublic" => about.is_public = faults.keep(text.parse().map_err(|_| malformed("true or false"))),
            "grounding" => about.grounding = faults.keep(Grounding::from_word(text).ok_or_else(|| malformed("fact or context"))),
            "permissionGroup" => about.permission_group = Some(text.clone()),
            _ => faults.add(name, "unknown_field", format!("There is no field {name:?} here.")),
        }
    }
    faults.into_result().map(|()| about)
}

/// The hash of what came in, by which a repeat is known.
fn hash_of(received: &Received) -> blake3::Hash {
    let mut hash = blake3::Hasher::new();
    let files = received.files.iter().map(|came| [&came.name, &came.bytes.hash]);
    for text in received.fields.iter().map(|(name, text)| [name, text]).chain(files).flatten() {
        hash.update(&(text.len() as u64).to_be_bytes()).update(text.as_bytes());
    }
    hash.finalize()
}

async fn upload_files(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let at = call.project()?;
    let about = parse_about(&received(&call)?.fields)?;
    let named = Named::of(&call, || received(&call).map(hash_of))?;
    if let Some(named) = &named
        && let Some(before) = named.again(&call).await?
    {
        return Ok(before);
    }
    let (caller, once) = (call.clone(), named.as_ref().map(Named::once));
    let make = move |tx: &mut Tx<'_>| {
        let actor = caller.actor_since(tx, received(&caller)?.began)?;
        let make = |tx: &mut Tx<'_>| {
            let files = received(&caller)?.files.iter();
            let made = files.map(|came| {
                let about = About { filename: came.name.clone(), mime_type: came.kind.clone(), ..about.clone() };
                Ok(File::from_call(&caller, file::create(tx, &actor, at, &about, &Incoming::from(&came.bytes))?))
            });
            Ok(FilesUploaded { data: made.collect::<Result<_>>()? })
        };
        match &once {
            None => make(tx),
            Some(once) => once.make(tx, &actor, make, |made| json(201, made)),
        }
    };
    let made = call.state().store.write(make).await?;
    received(&call)?.files.iter().for_each(|came| came.bytes.mark_taken());
    json(201, &made)
}

async fn replace(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (at, id, caller) = (call.project()?, call.id("fileId")?, call.clone());
    parse_about(&received(&call)?.fields)?;
    let put = move |tx: &mut Tx<'_>| {
        let actor = caller.actor_since(tx, received(&caller)?.began)?;
        let [came] = &received(&caller)?.files[..] else {
            return Err(Fault::new("file", "too_many", "One file takes the place of one.").into());
        };
        file::replace(tx, &actor, at, id, &Incoming::from(&came.bytes))
    };
    let changed = call.state().store.write(put).await?;
    received(&call)?.files.iter().for_each(|came| came.bytes.mark_taken());
    json(200, &File::from_call(&call, changed))
}

async fn part(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    match call.arrived() {
        Some(Arrived::Part(upload)) => json(200, &FileUpload::from((**upload).clone())),
        _ => Err(Error::NotFound("part")),
    }
}

async fn finish(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let named = Named::of(&call, || Ok(blake3::hash(call.body())))?;
    // From here on no piece of it is kept, unless no file comes of it.
    let ended = call.state().files.end_of(call.id("uploadId")?);
    let mut ended = ended.write().await;
    if let Some(named) = &named
        && let Some(before) = named.again(&call).await?
    {
        return Ok(before);
    }
    let (at, id, caller, state) = (call.project()?, call.id("uploadId")?, call.clone(), call.state().clone());
    let find = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        upload::find_ended(tx, &actor, at, id)
    };
    let whole = Arc::new(upload::whole(&state.files, state.store.read(find).await?).await?);
    let (caller, files, began, all) = (call.clone(), state.files.clone(), state.store.now(), whole.clone());
    let once = named.as_ref().map(Named::once);
    let make = move |tx: &mut Tx<'_>| {
        let actor = caller.actor_since(tx, began)?;
        let make = |tx: &mut Tx<'_>| upload::finish(tx, &actor, at, &all, &files);
        match &once {
            None => make(tx),
            Some(once) => once.make(tx, &actor, make, |made| json(201, &File::from_call(&caller, made.clone()))),
        }
    };
    let made = state.store.write(make).await?;
    *ended = true;
    whole.mark_taken();
    json(201, &File::from_call(&call, made))
}
