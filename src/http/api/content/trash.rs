//! The trash of a project: its JSON and its routes.

use std::time::Duration;

use actix_web::{HttpResponse, http::Method};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        content::Entry,
        id::{AppId, EntryId, ProjectId, TrashBatchId, UserId},
        time::Instant,
    },
    http::{
        api::{
            route::{Route, act, custom, delete, get, group, list},
            schema,
        },
        base::{bearer::call::ApiCall, reply::json},
    },
    service::content::trash,
    store::{
        Tx,
        content::trash::{TRASH, TrashItem as Item},
    },
};

use super::entry_json::{Around, write_entry};

/// Something in the trash.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrashItem {
    id: EntryId,
    project_id: ProjectId,
    /// The content type.
    entity_type: String,
    entity_id: EntryId,
    app_id: Option<AppId>,
    name: String,
    /// Always null: entries have none.
    thumbnail_url: Option<String>,
    /// Always null.
    file_size: Option<u64>,
    /// Always null.
    mime_type: Option<String>,
    deleted_at: Instant,
    deleted_by: Option<UserId>,
    deleted_by_name: Option<String>,
    /// When it goes for good; null where the trash is kept for ever.
    expires_at: Option<Instant>,
    /// The same for all that went with one delete.
    trash_batch_id: Option<TrashBatchId>,
    /// The entry as it was; only where one thing is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    snapshot: Option<Box<RawValue>>,
}

impl TrashItem {
    fn of(item: Item, project: ProjectId, kept: Option<Duration>) -> Self {
        Self {
            id: item.id,
            project_id: project,
            entity_type: item.content_type,
            entity_id: item.id,
            app_id: Some(item.app),
            name: item.name,
            thumbnail_url: None,
            file_size: None,
            mime_type: None,
            deleted_at: item.deleted_at,
            deleted_by: item.deleted_by,
            deleted_by_name: item.deleted_by_name,
            expires_at: trash::expires_at(item.deleted_at, kept),
            trash_batch_id: item.batch,
            snapshot: None,
        }
    }

    fn with(self, entry: &Entry, submissions: u64) -> Result<Self> {
        let mut text = String::new();
        write_entry(&mut text, entry, false, &Around { submissions, ..Around::default() });
        let snapshot = RawValue::from_string(text).map_err(|_| Error::Internal("an entry is no JSON".into()))?;
        Ok(Self { snapshot: Some(snapshot), ..self })
    }
}

/// What came out of the trash.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrashRestored {
    success: bool,
    entity_type: &'static str,
    entity_id: EntryId,
    app_id: Option<AppId>,
}

/// One of those that came out of the trash together.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrashBatchItem {
    trash_id: EntryId,
    entity_type: &'static str,
    entity_id: EntryId,
    app_id: Option<AppId>,
}

/// What came out of the trash together.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrashBatchRestored {
    success: bool,
    restored_count: usize,
    restored: Vec<TrashBatchItem>,
}

/// How much was deleted for good.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrashEmptied {
    deleted_count: u64,
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/trash";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/trash/{trashId}";
const RESTORE: &str = "/organizations/{organizationId}/projects/{projectId}/trash/{trashId}/restore";
const BATCH: &str = "/organizations/{organizationId}/projects/{projectId}/trash/batches/{batchId}/restore";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "project_trash",
        vec![
            list("list_project_trash", ALL, "What was deleted in a project, newest first", &TRASH, &[], |call, tx, actor, listing| {
                let (at, kept) = (call.project()?, call.state().retention.trash);
                Ok(trash::list(tx, actor, at, listing)?.map(|item| TrashItem::of(item, at.1, kept)))
            }),
            get("get_project_trash_item", ONE, "Something in the trash, as it was", |call, tx, actor| {
                let (at, kept) = (call.project()?, call.state().retention.trash);
                let (item, entry) = trash::item(tx, actor, at, call.id("trashId")?)?;
                TrashItem::of(item, at.1, kept).with(&entry, trash::submissions(tx, actor, at, &entry)?)
            }),
            act(Method::POST, "restore_project_trash_item", RESTORE, "Take something out of the trash", |call, tx, actor| {
                let back = trash::restore_item(tx, actor, call.project()?, call.id("trashId")?)?;
                Ok(TrashRestored { success: true, entity_type: back.kind.content_type, entity_id: back.id, app_id: Some(back.app) })
            }),
            act(
                Method::POST,
                "restore_project_trash_batch",
                BATCH,
                "Take out of the trash what went with one delete",
                |call, tx, actor| {
                    let back = trash::restore_batch(tx, actor, call.project()?, call.id("batchId")?)?;
                    let item = |entry: &Entry| TrashBatchItem {
                        trash_id: entry.id,
                        entity_type: entry.kind.content_type,
                        entity_id: entry.id,
                        app_id: Some(entry.app),
                    };
                    Ok(TrashBatchRestored { success: true, restored_count: back.len(), restored: back.iter().map(item).collect() })
                },
            )
            .about("All of it or nothing: where an address is taken by now, it says which."),
            delete("permanent_delete_project_trash_item", ONE, "Delete something in the trash for good", |call, tx, actor| {
                trash::erase(tx, actor, call.project()?, call.id("trashId")?).map(drop)
            }),
            custom(
                Method::DELETE,
                "empty_project_trash",
                ALL,
                "Delete for good all that is in the trash",
                schema::of::<TrashEmptied>(),
                empty,
            ),
        ],
    )
}

/// Step by step, so that nobody waits for all of it; what is deleted meanwhile stays.
async fn empty(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let (at, store) = (call.project()?, call.state().store.clone());
    let begun = store.now();
    let mut deleted_count = 0;
    loop {
        let (call, first) = (call.clone(), deleted_count == 0);
        let step = move |tx: &mut Tx<'_>| {
            let actor = call.actor(tx)?;
            trash::empty(tx, &actor, at, (begun, first))
        };
        let (gone, is_all) = store.write(step).await?;
        deleted_count += gone;
        if is_all {
            return json(200, &TrashEmptied { deleted_count });
        }
    }
}
