//! What only a sandbox has: the way back to its start.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    http::header,
    web,
};
use serde_json::json;

use crate::{
    domain::{Error, error::Rule, id::UserId},
    service::{account::session, sandbox::Reset},
};

use super::base::{
    client::{Sender, is_here, sender, session_cookie, user_agent},
    observed::{
        meter::RouteMeter,
        observe::{Observed, observed},
    },
    reply::blocking,
    state::State,
};

/// Mounts `POST /sandbox/reset` and `GET /sandbox/sign-in`, in a sandbox only.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let Some(sandbox) = state.sandbox.clone() else { return };
    let (shared, visitor) = (state.clone(), sandbox.visitor());
    let meter = state.meters.route("GET", "/sandbox/sign-in");
    let handler = move |request: HttpRequest| sign_in(request, shared.clone(), meter.clone(), visitor);
    config.service(web::resource("/sandbox/sign-in").route(web::get().to(handler.clone())).route(web::head().to(handler)));
    let (state, meter) = (state.clone(), state.meters.route("POST", "/sandbox/reset"));
    let handler = move |request: HttpRequest| reset(request, state.clone(), meter.clone(), sandbox.clone());
    config.service(web::resource("/sandbox/reset").route(web::post().to(handler)));
}

/// Signs in without a password: in a sandbox, from this machine only.
async fn sign_in(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>, visitor: UserId) -> HttpResponse {
    let answer = async |_: &mut Observed<'_>| {
        if !is_here(&request) {
            return Err(Error::NotFound("page"));
        }
        let (ip, agent) = (state.proxies.client(&request).to_string(), user_agent(&request));
        let secret = state.store.write(move |tx| session::begin(tx, visitor, &ip, &agent)).await?;
        let cookie = Cookie::build(session_cookie(false), secret.reveal().to_owned()).path("/").http_only(true);
        let cookie = cookie.same_site(SameSite::Lax).finish();
        Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, "/")).cookie(cookie).finish())
    };
    observed(&state, &request, Some(&meter), answer).await
}

/// Brings the start back, for scripts; a page of another site, which a browser would let send this, is refused.
async fn reset(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>, sandbox: Arc<dyn Reset>) -> HttpResponse {
    let answer = async |_: &mut Observed<'_>| {
        if sender(&request, &state.public_url) == Sender::Foreign {
            return Err(Rule::CrossSite.into());
        }
        blocking(move || sandbox.reset()).await?;
        Ok(HttpResponse::Ok().json(json!({ "success": true })))
    };
    observed(&state, &request, Some(&meter), answer).await
}
