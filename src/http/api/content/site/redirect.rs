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
    store::content::redirect::REDIRECTS,
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

/// The operations of one type of app: list, create, get, update, delete.
const OF: [(AppType, [&str; 5]); 2] = [
    (
        AppType::Website,
        ["list_website_redirects", "create_website_redirect", "get_website_redirect", "update_website_redirect", "delete_website_redirect"],
    ),
    (AppType::KnowledgeBase, ["list_kb_redirects", "create_kb_redirect", "get_kb_redirect", "update_kb_redirect", "delete_kb_redirect"]),
];

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    OF.into_iter().flat_map(|(app_type, ids)| of_type(app_type, ids)).collect()
}

fn of_type(of: AppType, [listed, created, got, updated, deleted]: [&'static str; 5]) -> Vec<Route> {
    let all = format!("/organizations/{{organizationId}}/projects/{{projectId}}/apps/{}/{{appId}}/redirects", of.segment());
    let one = format!("{all}/{{redirectId}}");
    let collapsed = "What leads to where another redirect begins leads to its end at once, and one that would lead in a circle is refused.";
    let tag = if of == AppType::KnowledgeBase { "kb" } else { of.word() };
    group(
        tag,
        vec![
            list(listed, &all, "Where old paths of the site lead", &REDIRECTS, &[], move |call, tx, actor, listing| {
                Ok(redirect::list(tx, actor, (call.app()?, of), listing)?.map(Redirect::from))
            }),
            write(Method::POST, created, &all, "Make a redirect", move |call, tx, actor, draft: &Draft| {
                redirect::create(tx, actor, (call.app()?, of), draft).map(Redirect::from)
            })
            .about(collapsed),
            get(got, &one, "A redirect", move |call, tx, actor| {
                redirect::get(tx, actor, (call.app()?, of), call.id("redirectId")?).map(Redirect::from)
            }),
            write(Method::PATCH, updated, &one, "Change a redirect", move |call, tx, actor, patch: &Patch| {
                redirect::update(tx, actor, (call.app()?, of), call.id("redirectId")?, patch).map(Redirect::from)
            })
            .about(collapsed),
            delete(deleted, &one, "End a redirect", move |call, tx, actor| {
                redirect::delete(tx, actor, (call.app()?, of), call.id("redirectId")?).map(drop)
            }),
        ],
    )
}
