//! The trash of files: its JSON and its routes.

use actix_web::{HttpResponse, http::Method};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        error::Fault,
        file::trash::{ItemId, ItemType, Moved, TrashItem},
        id::{FolderId, UserId},
        time::{DAY, Instant},
    },
    http::{
        api::{
            route::{Route, action, custom, group, list},
            schema,
            wire::Done,
        },
        base::{bearer::call::ApiCall, body, reply::json},
    },
    service::file::trash,
    store::{Tx, file::trash::TRASH},
};

/// A file or a folder in the trash.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileTrashItem {
    #[schema(format = "uuid")]
    id: String,
    r#type: ItemType,
    name: String,
    deleted_at: Instant,
    deleted_by: Option<UserId>,
    /// The folder that it lay in.
    parent_id: Option<FolderId>,
    /// Of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    mime_type: Option<String>,
    /// Of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    size_bytes: Option<u64>,
}

impl From<TrashItem> for FileTrashItem {
    fn from(item: TrashItem) -> Self {
        Self {
            id: match item.id {
                ItemId::File(id) => id.to_string(),
                ItemId::Folder(id) => id.to_string(),
            },
            r#type: item.id.kind(),
            name: item.name,
            deleted_at: item.deleted_at,
            deleted_by: item.deleted_by,
            parent_id: item.parent,
            mime_type: item.mime_type,
            size_bytes: item.size,
        }
    }
}

/// What is to come out of the trash.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FileTrashRestore, example = json!({"type": "file"}))]
struct Restore {
    /// What it is.
    r#type: ItemType,
    /// Of a folder: whether what went there with it comes back, too.
    restore_contents: Option<bool>,
}

/// How much came out of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileTrashRestored {
    success: bool,
    restored_files: u64,
    restored_folders: u64,
}

/// What is to be deleted for good.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FileTrashErase, example = json!({"type": "file"}))]
struct Erase {
    /// What it is.
    r#type: ItemType,
}

/// What is to be deleted for good.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = FileTrashEmpty, example = json!({"olderThanDays": 30}))]
struct Empty {
    /// Only what has been there for so many days.
    #[schema(maximum = 36_500)]
    older_than_days: Option<u16>,
}

/// How much was deleted for good.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FileTrashEmptied {
    success: bool,
    deleted_files: u64,
    deleted_folders: u64,
}

/// Most days that somebody may ask for: a hundred years.
const DAYS_MAX: u16 = 36_500;

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/files/trash";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/file-trash/{itemId}";
/// Where the published SDK asks for it, which might be taken for what is under a file.
const ALIAS: &str = "/organizations/{organizationId}/projects/{projectId}/files/trash/{itemId}";
const RESTORE: &str = "/organizations/{organizationId}/projects/{projectId}/files/trash/{itemId}/restore";
const EMPTY: &str = "/organizations/{organizationId}/projects/{projectId}/files/trash/empty";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "project_files",
        vec![
            list("list_file_trash", ALL, "Files and folders that were deleted, newest first", &TRASH, &[], |call, tx, actor, listing| {
                Ok(trash::list(tx, actor, call.project()?, listing)?.map(FileTrashItem::from))
            }),
            custom(
                Method::POST,
                "empty_file_trash",
                EMPTY,
                "Delete for good what is in the trash of files",
                schema::of::<FileTrashEmptied>(),
                empty,
            )
            .body(schema::of::<Empty>())
            .body_optional(true),
            action("restore_file_trash_item", RESTORE, "Take a file or a folder out of the trash", |call, tx, actor, body: &Restore| {
                let at = call.project()?;
                let moved = match body.r#type {
                    ItemType::File => trash::restore_file(tx, actor, at, call.id("itemId")?).map(|_| Moved { files: 1, folders: 0 })?,
                    ItemType::Folder => trash::restore_folder(tx, actor, at, call.id("itemId")?, body.restore_contents.unwrap_or(false))?,
                };
                Ok(FileTrashRestored { success: true, restored_files: moved.files, restored_folders: moved.folders })
            })
            .about("A file whose folder is in the trash itself comes back at the root."),
            custom(
                Method::DELETE,
                "permanent_delete_file_trash_item",
                ONE,
                "Delete something in the trash for good",
                schema::of::<Done>(),
                erase,
            )
            .body(schema::of::<Erase>())
            .alias(ALIAS),
        ],
    )
}

/// A folder goes step by step, so that nobody waits for all of it.
async fn erase(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (at, store) = (call.project()?, call.state().store.clone());
    let wanted: Erase = body::json(call.body())?;
    loop {
        let (call, kind) = (call.clone(), wanted.r#type);
        let step = move |tx: &mut Tx<'_>| {
            let actor = call.actor(tx)?;
            match kind {
                ItemType::File => trash::erase_file(tx, &actor, at, call.id("itemId")?).map(|()| true),
                ItemType::Folder => trash::erase_folder(tx, &actor, at, call.id("itemId")?),
            }
        };
        if store.write(step).await? {
            return json(200, &Done::YES);
        }
    }
}

/// Step by step; what is deleted meanwhile stays.
async fn empty(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (at, store) = (call.project()?, call.state().store.clone());
    let wanted: Empty = body::json(call.body())?;
    if wanted.older_than_days.is_some_and(|days| days > DAYS_MAX) {
        return Err(Fault::new("olderThanDays", "out_of_range", format!("olderThanDays must be 0 to {DAYS_MAX}.")).into());
    }
    let until = store.now() - DAY * u32::from(wanted.older_than_days.unwrap_or_default());
    let mut gone = Moved::default();
    loop {
        let (call, first) = (call.clone(), gone == Moved::default());
        let step = move |tx: &mut Tx<'_>| {
            let actor = call.actor(tx)?;
            trash::empty(tx, &actor, at, (until, first))
        };
        let step = store.write(step).await?;
        if step == Moved::default() {
            return json(200, &FileTrashEmptied { success: true, deleted_files: gone.files, deleted_folders: gone.folders });
        }
        gone = Moved { files: gone.files + step.files, folders: gone.folders + step.folders };
    }
}
