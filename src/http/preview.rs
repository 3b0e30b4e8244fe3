//! The page behind a link to a preview. It needs no cookie: it is shown in a frame without an origin, which sends none.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::header, web};

use crate::{
    domain::{Error, Result, content::render::document::PageDocument, text},
    service::content::front::preview,
};

use super::{
    base::{
        assets::{self, STYLESHEET},
        client,
        observed::{meter::RouteMeter, observe::observed, visitor::visited},
        state::State,
        transport::room::Caller,
    },
    branding,
};

/// What a page of content may load and who may frame it: nothing runs in it, whatever is written there.
const POLICY: &str = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'self'";

/// Mounts `GET /preview/{token}` and the stylesheet at the address that lasts.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let (shared, meter) = (state.clone(), state.meters.route("GET", "/preview/{token}"));
    let shown = move |request: HttpRequest| show(request, shared.clone(), meter.clone());
    config.service(web::resource("/preview/{token}").route(web::get().to(shown.clone())).route(web::head().to(shown)));
    let (shared, meter) = (state.clone(), state.meters.route("GET", STYLESHEET));
    let styled = move |request: HttpRequest| serve(request, shared.clone(), meter.clone());
    config.service(web::resource(STYLESHEET).route(web::get().to(styled.clone())).route(web::head().to(styled)));
}

async fn serve(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |_| Ok(stylesheet(&request))).await
}

/// The stylesheet of content, for pages of every site.
pub fn stylesheet(request: &HttpRequest) -> HttpResponse {
    let mut answer = assets::serve_file(request, "content.css", "public, max-age=3600");
    for (name, value) in [("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin")] {
        answer.headers_mut().insert(header::HeaderName::from_static(name), header::HeaderValue::from_static(value));
    }
    answer
}

async fn show(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>) -> HttpResponse {
    visited(&state, &request, Some(&meter), async |_| document(&request, &state).await.map(|document| answer(&document))).await
}

async fn document(request: &HttpRequest, state: &Arc<State>) -> Result<PageDocument> {
    let token = request.match_info().get("token").unwrap_or_default().to_owned();
    let locale = client::query(request)?.into_iter().find(|(name, _)| name == "locale").map(|(_, tag)| text::locale("locale", &tag));
    let locale = locale.transpose().map_err(Error::from)?;
    let store = state.store.clone();
    let address = state.proxies.client(request);
    state.rate_limits.address(address)?;
    let caller = Caller::stranger(address);
    state.reading(caller, move || store.read_now(|tx| preview::follow(tx, &token, locale.as_deref()))).await
}

/// A page of content, for nobody but who asked.
pub fn answer(document: &PageDocument) -> HttpResponse {
    let sheets: Vec<_> = [assets::address("content.css")].into_iter().chain(document.branding.as_ref().map(branding::address)).collect();
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("x-robots-tag", "noindex"))
        .insert_header((header::CONTENT_LANGUAGE, document.language.as_str()))
        .body(document.page(&sheets))
}
