//! The stylesheets of brandings, at addresses of their own: what pages of any site link to, ours among them.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
    web,
};

use crate::{
    domain::{
        Error, Result,
        project::branding::{Branding, css::stylesheet},
    },
    service::project::branding,
};

use super::base::{
    assets, client,
    document::{Accepts, EncodedDocument, fingerprint},
    observed::{meter::RouteMeter, observe::observed},
    state::State,
};

/// Where they are.
pub const PATH: &str = "/brandings/{id}.css";
/// For how long one may be kept whose address stays when the branding changes.
const LASTS: &str = "public, max-age=60, stale-while-revalidate=86400";
/// The same, where the address changes with it.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Mounts `GET /brandings/{id}.css`.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let (shared, meter) = (state.clone(), state.meters.route("GET", PATH));
    let shown = move |request: HttpRequest| show(request, shared.clone(), meter.clone());
    config.service(web::resource(PATH).route(web::get().to(shown.clone())).route(web::head().to(shown)));
}

/// The address of the stylesheet as it is now: another one after the next change.
pub fn address(branding: &Branding) -> String {
    format!("/brandings/{}.css?v={}", branding.id, fingerprint(sheet(branding).as_bytes()))
}

/// The stylesheet of a branding.
fn sheet(branding: &Branding) -> String {
    stylesheet(&branding.look, assets::FONTS)
}

/// The answer with it, for pages of every site. `version` is what its address says of its content.
pub fn answer(branding: &Branding, asked: Accepts<'_>, version: Option<&str>) -> HttpResponse {
    let document = EncodedDocument::new("text/css; charset=utf-8", sheet(branding).into(), Vec::new());
    let lasting = if version == Some(&document.fingerprint) { FOR_EVER } else { LASTS };
    let mut answer = document.answer(asked, lasting);
    for (name, value) in [("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin")] {
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    answer
}

async fn show(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |_| find(&request, &state, |_| true).await).await
}

/// The stylesheet that a request names, if it is one of those that may be shown.
///
/// # Errors
/// Not found; rate-limited.
pub async fn find(request: &HttpRequest, state: &Arc<State>, may: impl Fn(&Branding) -> bool) -> Result<HttpResponse> {
    state.rate_limits.address(state.proxies.client(request))?;
    let id = request.match_info().get("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound("branding"))?;
    let query = client::query(request)?;
    let version = query.iter().find(|(name, _)| name == "v").map(|(_, version)| version.as_str());
    let branding = state.store.read(move |tx| branding::public(tx, id)).await?;
    if !may(&branding) {
        return Err(Error::NotFound("branding"));
    }
    let if_none_match = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let asked = Accepts { accept_encoding: request.headers().get(header::ACCEPT_ENCODING), if_none_match };
    Ok(answer(&branding, asked, version))
}
