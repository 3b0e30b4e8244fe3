//! Links to previews.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{Result, access::Actor, time::Instant},
    http::{
        api::{
            content::builder::target::Target,
            route::{Route, custom, group},
            schema,
        },
        base::{bearer::call::ApiCall, body, reply::json},
    },
    service::content::{builder, front::preview},
    store::Tx,
};

/// The entry that is to be shown.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewPreview {
    /// The kind of the entry.
    #[schema(pattern = "{contentType}")]
    content_type: String,
    /// The entry.
    #[schema(format = "uuid")]
    content_id: String,
}

/// A link to a preview.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PreviewLink {
    /// Who has it sees the entry, in the project's default language, or in that of `?locale=`.
    #[schema(format = "uri")]
    url: String,
    token: String,
    expires_at: Instant,
}

const LINKS: &str = "/organizations/{organizationId}/projects/{projectId}/content/previews";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let about = "The link shows the entry as it is when it is followed, also while it is not published, for an hour, and only as long as whoever \
                 made it may read it. Its page may stand in a frame of this instance.";
    let create =
        custom(Method::POST, "create_content_preview", LINKS, "Make a link to a preview of an entry", schema::of::<PreviewLink>(), create);
    let gate = |call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>| builder::authorize(tx, actor, call.project()?);
    group("front_ends", vec![create.secret(true).body(schema::of::<NewPreview>()).about(about).gate(gate)])
}

async fn create(call: ApiCall) -> Result<HttpResponse> {
    call.only(&[])?;
    let wanted: NewPreview = body::json(call.body())?;
    let caller = call.clone();
    // Nothing is stored of a link, so a read makes it.
    let make = move |tx: &mut Tx<'_>| {
        let actor = caller.actor(tx)?;
        let target = Target::find(&caller, tx, &actor, &wanted.content_type, &wanted.content_id)?;
        preview::link(tx, &actor, target.at, target.entry())
    };
    let link = call.state().store.read(make).await?;
    let token = link.token.reveal().to_owned();
    json(200, &PreviewLink { url: format!("{}/preview/{token}", call.state().public_url), token, expires_at: link.ends_at })
}
