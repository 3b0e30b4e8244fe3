//! Who may see an entry, and from when.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        content::{Entry, Status, date, front::visibility::Visibility},
        id::{EntryId, FileId},
        time::Instant,
    },
    http::api::route::{Route, action},
    service::content::publication::{self, Publication, StatusChange},
};

use super::target::Target;

/// An entry to publish or to take back, now or at a moment in the future.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Publish {
    /// The kind of the entry.
    #[schema(pattern = "{contentType}")]
    content_type: String,
    /// The entry.
    #[schema(format = "uuid")]
    content_id: String,
    /// When it publishes itself.
    #[schema(format = "date-time")]
    publish_at: Option<String>,
    /// Of what is published: whether the files in it that are not public become so.
    open_files: Option<bool>,
}

/// What became of an entry.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishResult {
    content_type: &'static str,
    content_id: EntryId,
    /// `draft` while it waits for its moment.
    status: &'static str,
    /// Whether nothing had to be done.
    already_in_state: bool,
    scheduled_publish_at: Option<Instant>,
    /// Files in it that its readers do not see, since they are not public: `openFiles` makes them so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    private_files: Vec<FileId>,
}

impl From<StatusChange> for PublishResult {
    fn from(StatusChange { entry, was_so, .. }: StatusChange) -> Self {
        let status = if entry.status == Status::Published { entry.status } else { Status::Draft };
        Self {
            content_type: entry.kind.content_type,
            content_id: entry.id,
            status: status.word(),
            already_in_state: was_so,
            scheduled_publish_at: entry.scheduled_at,
            private_files: Vec::new(),
        }
    }
}

/// Who may see an entry; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetVisibility {
    /// The kind of the entry.
    #[schema(pattern = "{contentType}")]
    content_type: String,
    /// The entry.
    #[schema(format = "uuid")]
    content_id: String,
    /// Whether lists and search engines may show it.
    is_listed: Option<bool>,
    /// Whether a reader must sign in.
    requires_viewer_auth: Option<bool>,
}

/// Who may see an entry.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VisibilityOf {
    content_type: &'static str,
    content_id: EntryId,
    is_listed: bool,
    requires_viewer_auth: bool,
}

impl From<Entry> for VisibilityOf {
    fn from(entry: Entry) -> Self {
        Self {
            content_type: entry.kind.content_type,
            content_id: entry.id,
            is_listed: entry.is_listed,
            requires_viewer_auth: entry.requires_viewer_auth,
        }
    }
}

fn moment(text: Option<&str>) -> Result<Option<Instant>> {
    Ok(text.map(|text| date("publishAt", text)).transpose()?)
}

pub(super) fn routes() -> Vec<Route> {
    let path = |last: &str| format!("/organizations/{{organizationId}}/projects/{{projectId}}/content/{last}");
    vec![
        action("publish_content", &path("publish"), "Publish an entry, now or at a moment", |call, tx, actor, body: &Publish| {
            let target = Target::find(call, tx, actor, &body.content_type, &body.content_id)?;
            let seen = target.if_match(call, tx, actor)?;
            let to = moment(body.publish_at.as_deref())?.map_or(Publication::Now, Publication::At);
            let opens_files = body.open_files == Some(true);
            let (became, private_files) = publication::publish(tx, actor, target.at, target.entry(), to, seen, opens_files)?;
            Ok(PublishResult { private_files, ..became.into() })
        }),
        action("unpublish_content", &path("unpublish"), "Take an entry back to a draft", |call, tx, actor, body: &Publish| {
            let target = Target::find(call, tx, actor, &body.content_type, &body.content_id)?;
            let seen = target.if_match(call, tx, actor)?;
            let to = moment(body.publish_at.as_deref())?.map_or(Publication::Never, Publication::Later);
            publication::set(tx, actor, target.at, target.entry(), to, seen).map(PublishResult::from)
        }),
        action("set_content_visibility", &path("visibility"), "Say who may see an entry", |call, tx, actor, body: &SetVisibility| {
            let target = Target::find(call, tx, actor, &body.content_type, &body.content_id)?;
            let seen = target.if_match(call, tx, actor)?;
            let to = Visibility::new([("isListed", body.is_listed), ("requiresViewerAuth", body.requires_viewer_auth)]);
            publication::set_visibility(tx, actor, target.at, target.entry(), &to, seen).map(VisibilityOf::from)
        }),
    ]
}
