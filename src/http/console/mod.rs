//! The console: pages rendered here, which call the operations that the API calls. Every page works without JavaScript.

pub mod account;
pub mod base;
pub mod content;
pub mod help;
pub mod key;
pub mod org;
pub mod project;
pub mod routes;
pub mod search;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::time::Duration,
    http::Method,
    web::{self, Bytes},
};

use crate::{
    domain::{Error, Result, error::Rule},
    http::base::{compress::hold_secret, reply::finish, router::Router, state::State},
};
use account::session;
use base::{
    error, form, guard,
    page::{self, Page},
    visit::{self, FLASH_COOKIE, Visit},
};

/// The console's router.
pub type Pages = Router<Page>;

/// Answers a request for a page.
pub async fn answer(request: HttpRequest, payload: web::Payload, state: Arc<State>, pages: Arc<Pages>, id: String) -> HttpResponse {
    let found = pages.find(request.match_info().unprocessed());
    let params = found.as_ref().map(|(_, params)| params.clone()).unwrap_or_default();
    let resource = found.map(|(resource, _)| resource);
    let asked = resource.and_then(|resource| resource.at(request.method()));
    let own = guard::is_own(&request, &state);
    // What was typed is read even of whoever is not signed in, so that it can come back after that; but what no page of ours sent
    // is not read at all.
    let body = if own && asked.is_some() && *request.method() == Method::POST {
        state.incoming.collect(&request, payload, form::LIMIT, visit::whose(&request, &state)).await
    } else {
        Ok(Bytes::new())
    };
    let showing = |visit: Visit| visit.showing(asked.and_then(|page| page.shown_at), asked.and_then(|page| page.does));
    let visit = body.and_then(|body| Visit::read(&request, params, &body, &state, &id));
    let visit = match visit {
        Ok(visit) => Arc::new(showing(visit)),
        Err(error) => {
            // Their language and theme, if their session can be read.
            let visit = Visit::read(&request, Vec::new(), &Bytes::new(), &state, &id);
            let visit = showing(visit.unwrap_or_else(|_| Visit::bare(&request, &state, &id)));
            return closed(refused(&visit, &error), &visit, &id);
        }
    };
    let answered = match (resource, asked) {
        _ if !own => Err(Rule::CrossSite.into()),
        (None, _) => Err(Error::NotFound("page")),
        (Some(resource), None) => return closed(error::method(&visit, resource.allowed()), &visit, &id),
        (Some(_), Some(page)) if page.method == Method::GET => state.outgoing.answer(|| run(page, &visit), || visit.whose()).await,
        (Some(_), Some(page)) => run(page, &visit).await,
    };
    let mut answer = answered.unwrap_or_else(|error| refused(&visit, &error));
    if asked.is_some_and(|page| page.secret) {
        hold_secret(&mut answer);
    }
    closed(answer, &visit, &id)
}

/// Runs a page, after signing in or typing the password again where that is needed.
async fn run(page: &Page, visit: &Arc<Visit>) -> Result<HttpResponse> {
    match &visit.signed {
        None if !page.open => session::ask(visit),
        Some(signed) if page.fresh && !signed.session.is_fresh(visit.reader.now()) => session::ask_again(visit),
        _ => (page.run)(visit.clone()).await,
    }
}

/// The page of an error; whoever is not signed in any more is asked to.
fn refused(visit: &Visit, error: &Error) -> HttpResponse {
    let asked = matches!(error, Error::Unauthenticated(_)).then(|| session::ask(visit).ok()).flatten();
    asked.unwrap_or_else(|| error::answer(visit, error))
}

/// Adds what every page has; a message that was shown is not shown again.
fn closed(mut answer: HttpResponse, visit: &Visit, id: &str) -> HttpResponse {
    guard::protect(&mut answer, &visit.nonce, visit.encrypted);
    if visit.flash.is_some() && !answer.status().is_redirection() {
        let mut gone = visit.cookie(FLASH_COOKIE, String::new());
        gone.set_max_age(Duration::ZERO);
        page::put(&mut answer, &gone);
    }
    finish(answer, id)
}
