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
    error,
    reply::{finish, request_id},
    state::State,
};

/// Mounts `POST /sandbox/reset` and `GET /sandbox/sign-in`, in a sandbox only.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let Some(sandbox) = state.sandbox.clone() else { return };
    let (shared, visitor) = (state.clone(), sandbox.visitor());
    let handler = move |request: HttpRequest| sign_in(request, shared.clone(), visitor);
    config.service(web::resource("/sandbox/sign-in").route(web::get().to(handler.clone())).route(web::head().to(handler)));
    let state = state.clone();
    let handler = move |request: HttpRequest| reset(request, state.clone(), sandbox.clone());
    config.service(web::resource("/sandbox/reset").route(web::post().to(handler)));
}

/// Signs in without a password: in a sandbox, from this machine only.
async fn sign_in(request: HttpRequest, state: Arc<State>, visitor: UserId) -> HttpResponse {
    let id = request_id(state.started());
    if !is_here(&request) {
        return finish(error::answer(&Error::NotFound("page"), &id), &id);
    }
    let (ip, agent) = (state.proxies.client(&request).to_string(), user_agent(&request));
    let secret = state.store.write(move |tx| session::begin(tx, visitor, &ip, &agent)).await;
    let answer = match secret {
        Ok(secret) => {
            let cookie = Cookie::build(session_cookie(false), secret.reveal().to_owned()).path("/").http_only(true);
            let cookie = cookie.same_site(SameSite::Lax).finish();
            HttpResponse::SeeOther().insert_header((header::LOCATION, "/")).cookie(cookie).finish()
        }
        Err(failure) => error::answer(&failure, &id),
    };
    finish(answer, &id)
}

/// Brings the start back, for scripts; a page of another site, which a browser would let send this, is refused.
async fn reset(request: HttpRequest, state: Arc<State>, sandbox: Arc<dyn Reset>) -> HttpResponse {
    let id = request_id(state.started());
    if sender(&request, &state.public_url) == Sender::Foreign {
        return finish(error::answer(&Rule::CrossSite.into(), &id), &id);
    }
    let done = web::block(move || sandbox.reset()).await;
    let done = done.unwrap_or_else(|error| Err(Error::Busy(error.to_string())));
    let answer = match done {
        Ok(()) => HttpResponse::Ok().json(json!({ "success": true })),
        Err(failure) => error::answer(&failure, &id),
    };
    finish(answer, &id)
}
