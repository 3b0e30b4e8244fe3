//! Redirects: their JSON and their routes, the same for each type of app whose entries have addresses.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        content::site::redirect::{Draft, Patch, Redirect as Stored},
        id::{AppId, RedirectId},
        project::app::AppType,
        time::Instant,
    },
    http::api::route::{Route, delete, get, group, list, write},
    service::content::site::redirect,
    store::content::site::redirect::REDIRECTS,
};

/// A redirect.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Redirect {
    id: RedirectId,
    app_id: AppId,
    from_path: String,
    /// A path, or an address elsewhere.
    to_path: String,
    /// 301, 302, 307 or 308.
    status: i64,
    /// `auto` where a slug was changed, `manual` where somebody made it.
    source: &'static str,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Stored> for Redirect {
    fn from(stored: Stored) -> Self {
        Self {
            id: stored.id,
            app_id: stored.app,
            from_path: stored.from_path,
            to_path: stored.to_path,
            status: stored.status,
            source: stored.source.word(),
            created_at: stored.created_at,
            updated_at: stored.updated_at,
        }
    }
}

/// The routes of this file, of each type of app whose entries have addresses.
pub fn routes() -> Vec<Route> {
    AppType::ALL.into_iter().filter(|of| of.has_redirects()).flat_map(of_type).collect()
}

/// Those of one type: operations and tag have its part of a route in their names.
fn of_type(of: AppType) -> Vec<Route> {
    let id = |verb: &str, noun: &str| -> &'static str { format!("{verb}_{}_{noun}", of.segment()).leak() };
    let all = format!("/organizations/{{organizationId}}/projects/{{projectId}}/apps/{}/{{appId}}/redirects", of.segment());
    let one = format!("{all}/{{redirectId}}");
    let collapsed = "What leads to where another redirect begins leads to its end at once, and one that would lead in a circle is refused.";
    group(
        of.segment(),
        vec![
            list(id("list", "redirects"), &all, "Where old paths of the site lead", &REDIRECTS, &[], move |call, tx, actor, listing| {
                Ok(redirect::list(tx, actor, (call.app()?, of), listing)?.map(Redirect::from))
            }),
            write(Method::POST, id("create", "redirect"), &all, "Make a redirect", move |call, tx, actor, draft: &Draft| {
                redirect::create(tx, actor, (call.app()?, of), draft).map(Redirect::from)
            })
            .about(collapsed),
            get(id("get", "redirect"), &one, "A redirect", move |call, tx, actor| {
                redirect::get(tx, actor, (call.app()?, of), call.id("redirectId")?).map(Redirect::from)
            }),
            write(Method::PATCH, id("update", "redirect"), &one, "Change a redirect", move |call, tx, actor, patch: &Patch| {
                redirect::update(tx, actor, (call.app()?, of), call.id("redirectId")?, patch).map(Redirect::from)
            })
            .about(collapsed),
            delete(id("delete", "redirect"), &one, "End a redirect", move |call, tx, actor| {
                redirect::delete(tx, actor, (call.app()?, of), call.id("redirectId")?).map(drop)
            }),
        ],
    )
}
