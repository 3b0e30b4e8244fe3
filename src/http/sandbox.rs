//! What only a sandbox has: the way back to its start.

use std::{net::IpAddr, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::header,
    web,
};
use serde_json::json;

use crate::{
    domain::{Error, Result, error::Rule, id::UserId},
    service::session,
};

use super::{
    call, error,
    server::{finish, request_id},
    state::State,
};

/// Restores the start of a sandbox.
pub trait Reset: Send + Sync {
    /// Puts the database back, with the same ids and keys.
    ///
    /// # Errors
    /// Busy, when the copy cannot be read.
    fn reset(&self) -> Result<()>;

    /// Who is signed in by one click.
    fn visitor(&self) -> UserId;
}

/// Mounts `POST /sandbox/reset` and `GET /sandbox/sign-in`, in a sandbox only.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let Some(sandbox) = state.sandbox.clone() else { return };
    let (shared, visitor) = (state.clone(), sandbox.visitor());
    let handler = move |request: HttpRequest| sign_in(request, shared.clone(), visitor);
    config.service(web::resource("/sandbox/sign-in").route(web::get().to(handler)));
    let state = state.clone();
    let handler = move |request: HttpRequest| reset(request, state.clone(), sandbox.clone());
    config.service(web::resource("/sandbox/reset").route(web::post().to(handler)));
}

/// Signs in without a password: in a sandbox, from this machine only.
async fn sign_in(request: HttpRequest, state: Arc<State>, visitor: UserId) -> HttpResponse {
    let id = request_id(&state);
    if !is_here(&request) {
        return finish(error::answer(&Error::NotFound("page"), &id), &id);
    }
    let (ip, agent) = (call::ip(&request, &state.trusted_proxies).to_string(), call::user_agent(&request));
    let secret = state.store.write(move |tx| session::begin(tx, visitor, &ip, &agent)).await;
    let answer = match secret {
        Ok(secret) => {
            let cookie = Cookie::build(state.session_cookie(), secret.reveal().to_owned()).path("/").http_only(true);
            let cookie = cookie.same_site(SameSite::Lax).finish();
            HttpResponse::SeeOther().insert_header((header::LOCATION, "/")).cookie(cookie).finish()
        }
        Err(failure) => error::answer(&failure, &id),
    };
    finish(answer, &id)
}

/// Whether a browser on this machine asks this machine: no proxy passed it on, and no name from elsewhere was made to lead
/// here.
fn is_here(request: &HttpRequest) -> bool {
    let passed_on = ["forwarded", "x-forwarded-for", "via"].iter().any(|name| request.headers().contains_key(*name));
    let peer = request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((six, _)) => six,
        None => host.split(':').next().unwrap_or_default(),
    };
    peer && !passed_on && (name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()))
}

/// Brings the start back, for scripts; a page of another site, which a browser would let send this, is refused (Fetch Metadata).
async fn reset(request: HttpRequest, state: Arc<State>, sandbox: Arc<dyn Reset>) -> HttpResponse {
    let id = request_id(&state);
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return finish(error::answer(&Rule::CrossSite.into(), &id), &id);
    }
    let done = web::block(move || sandbox.reset()).await;
    let done = done.unwrap_or_else(|error| Err(Error::Busy(error.to_string())));
    state.store.forget();
    let answer = match done {
        Ok(()) => HttpResponse::Ok().json(json!({ "success": true })),
        Err(failure) => error::answer(&failure, &id),
    };
    finish(answer, &id)
}
