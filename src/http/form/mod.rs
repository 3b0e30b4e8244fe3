//! Forms for visitors: `/f/{id}`, on the host of a project `/f/{slug}`. A page without a script shows one; what is sent from it, from a
//! plain form on another site, or as JSON is stored. No cookie is set, and none is read.

mod attached;
mod embed;
mod page;
mod page_change;
mod post;
mod presentation;
mod response;
mod submit;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
    web,
};

use crate::{
    domain::{Error, Result, content::render::document::PageDocument, form::schema::schema, id::ProjectId},
    service::form::submit::{self as operation, Open, Which},
    store::Tx,
};

pub use embed::{SCRIPT, SCRIPTS, script};
use page::{FormNotices, page, saying, thanks, words};
use presentation::Presentation;
use response::{put, share};

use super::base::{
    client,
    observed::{meter::RouteMeter, observe::Observed, visitor::visited},
    reply::raw,
    state::State,
    transport::room::Caller,
};

/// Where forms are.
pub const PATH: &str = "/f/{form:.*}";
/// Seconds for which the thanks are shown before they lead on.
const THANKED: u32 = 5;

/// Mounts the forms of all projects, by their ids.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let (shared, meters) = (state.clone(), ["GET", "POST"].map(|method| state.meters.route(method, "/f/{form}")));
    let [shown, taken] = meters;
    let (show_state, options_state) = (shared.clone(), shared.clone());
    let options_meter = taken.clone();
    let show = move |request: HttpRequest, body: web::Payload| answer(request, body, show_state.clone(), shown.clone(), None);
    let take = move |request: HttpRequest, body: web::Payload| answer(request, body, shared.clone(), taken.clone(), None);
    let options = move |request: HttpRequest, body: web::Payload| answer(request, body, options_state.clone(), options_meter.clone(), None);
    let resource = web::resource(PATH).route(web::get().to(show.clone())).route(web::head().to(show)).route(web::post().to(take));
    config.service(resource.route(web::method(Method::OPTIONS).to(options)));
    embed::mount(config, state);
}

/// A request for a form: of all, by its id; on the host of a project, of that project alone, by its slug or its id.
pub async fn answer(
    request: HttpRequest,
    payload: web::Payload,
    state: Arc<State>,
    meter: Arc<RouteMeter>,
    host: Option<ProjectId>,
) -> HttpResponse {
    let answer = async |observed: &mut Observed<'_>| match *request.method() {
        Method::POST => submit::submit(&request, payload, &state, (host, &observed.id)).await,
        Method::OPTIONS => preflight(&request, &state, host).await,
        _ => show(&request, &state, host).await,
    };
    visited(&state, &request, Some(&meter), answer).await
}

/// The form that a path names.
fn which(request: &HttpRequest, host: Option<ProjectId>) -> Result<Which> {
    let word = request.match_info().get("form").unwrap_or_default();
    match (word.parse(), host) {
        (Ok(id), _) => Ok(Which::Id(id)),
        (Err(_), Some(project)) => Ok(Which::Slug(project, word.to_owned())),
        (Err(_), None) => Err(Error::NotFound("form")),
    }
}

/// The form, if it is one of those that may be reached there.
fn open(tx: &mut Tx<'_>, which: &Which, host: Option<ProjectId>, wanted: Option<&str>) -> Result<Open> {
    let found = operation::open(tx, which, wanted)?;
    if host.is_some_and(|project| project != found.project()) { Err(Error::NotFound("form")) } else { Ok(found) }
}

/// The language that is asked for: in the address, or by what the browser likes best.
fn requested_language(request: &HttpRequest, query: &[(String, String)]) -> Option<String> {
    let asked = query.iter().find(|(name, _)| name == "locale").map(|(_, tag)| tag.clone());
    let liked = || {
        let first = client::header_text(request, header::ACCEPT_LANGUAGE.as_str())?.split([',', ';']).next()?.trim();
        Some(first.to_owned()).filter(|tag| !tag.is_empty() && tag != "*")
    };
    asked.or_else(liked).map(|tag| tag.chars().take(35).collect())
}

async fn show(request: &HttpRequest, state: &Arc<State>, host: Option<ProjectId>) -> Result<HttpResponse> {
    let address = state.proxies.client(request);
    state.rate_limits.address(address)?;
    let (which, query) = (which(request, host)?, client::query(request)?);
    let wanted = requested_language(request, &query);
    let asks = |name: &str| query.iter().any(|(key, _)| key == name);
    let (is_thanked, is_schema, presentation) = (asks("sent"), asks("schema"), Presentation::of(&query, &state.public_url));
    let met = presentation.clone();
    let store = state.store.clone();
    let drawn = move || {
        store.read_now(|tx| {
            let open = open(tx, &which, host, wanted.as_deref())?;
            let document = if is_schema {
                PageDocument::default()
            } else if is_thanked {
                thanks(tx, &open, &met)?
            } else if open.form.is_active {
                page(tx, &open, &met, &FormNotices::default())?
            } else {
                saying(tx, &open, &met, &words(&open).t("submit-closed").to_string(), &[])?
            };
            Ok((open, document))
        })
    };
    let (open, document) = state.reading(Caller::stranger(address), drawn).await?;
    if is_schema {
        let mut answer = raw(200, schema(&open.definition).to_string());
        share(request, &mut answer, &open);
        return Ok(answer);
    }
    let mut answer = response::page(request, (200, &document), (&open, &presentation), is_thanked);
    if presentation == Presentation::Page
        && is_thanked
        && let Some(to) = embed::redirect(&open)
    {
        put(&mut answer, "refresh", &format!("{THANKED}; url={}", open.on_site(to)));
    }
    Ok(answer)
}

/// What a browser asks before it sends JSON from a page of another site.
async fn preflight(request: &HttpRequest, state: &Arc<State>, host: Option<ProjectId>) -> Result<HttpResponse> {
    state.rate_limits.address(state.proxies.client(request))?;
    let which = which(request, host)?;
    let open = state.store.read(move |tx| open(tx, &which, host, None)).await?;
    let mut answer = HttpResponse::NoContent().finish();
    share(request, &mut answer, &open);
    for (name, value) in [
        ("access-control-allow-methods", "GET, POST"),
        ("access-control-allow-headers", "content-type"),
        ("access-control-max-age", "86400"),
    ] {
        put(&mut answer, name, value);
    }
    Ok(answer)
}
