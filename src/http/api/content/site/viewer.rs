//! Readers of a site who sign in: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        content::site::viewer::{Draft, Viewer as Stored},
        id::ViewerId,
        time::Instant,
    },
    http::api::route::{Route, act, group, list, write},
    service::content::site::viewer,
    store::content::site::viewer::VIEWERS,
};

use super::settings::site;

/// A reader.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Viewer {
    person_id: ViewerId,
    uid: ViewerId,
    email: String,
    display_name: Option<String>,
    invited_at: Instant,
    /// Null while they were invited only.
    signed_in_at: Option<Instant>,
    has_signed_in: bool,
    last_activity_at: Option<Instant>,
}

impl From<Stored> for Viewer {
    fn from(stored: Stored) -> Self {
        Self {
            person_id: stored.id,
            uid: stored.id,
            email: stored.email,
            display_name: stored.display_name,
            invited_at: stored.invited_at,
            signed_in_at: stored.signed_in_at,
            has_signed_in: stored.signed_in_at.is_some(),
            last_activity_at: stored.last_activity_at,
        }
    }
}

/// What became of an invitation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ViewerInvited {
    email: String,
    person_id: ViewerId,
    /// Whether they are new.
    created: bool,
    /// Always false: no link is sent before sites are served.
    sent: bool,
}

/// Who was taken off.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ViewerRemoved {
    uid: ViewerId,
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    const ALL: &str = site!("viewers");
    group(
        "website",
        vec![
            list("list_website_viewers", ALL, "Readers who were invited, newest first", &VIEWERS, &[], |call, tx, actor, listing| {
                Ok(viewer::list(tx, actor, call.app()?, listing)?.map(Viewer::from))
            })
            .about("Nobody is in it while readers do not sign in."),
            write(Method::POST, "invite_website_viewer", ALL, "Invite a reader", |call, tx, actor, draft: &Draft| {
                let (invited, created) = viewer::invite(tx, actor, call.app()?, draft)?;
                Ok(ViewerInvited { email: invited.email, person_id: invited.id, created, sent: false })
            })
            .about("They are on the register from then on; no link is sent before sites are served."),
            act(Method::DELETE, "remove_website_viewer", site!("viewers/{uid}"), "Take a reader off the register", |call, tx, actor| {
                Ok(ViewerRemoved { uid: viewer::remove(tx, actor, call.app()?, call.id("uid")?)?.id })
            }),
        ],
    )
}
