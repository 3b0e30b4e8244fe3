//! The console: pages rendered here, which call the operations that the API calls. Every page works without JavaScript.

pub mod account;
pub mod backup;
pub mod base;
pub mod content;
pub mod file;
pub mod help;
pub mod instance;
pub mod key;
pub mod org;
pub mod project;
pub mod routes;
pub mod search;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, cookie::time::Duration, http::Method, web};

use crate::{
    domain::{Error, Result, error::Rule},
    http::base::{
        compress::hold_secret,
        observed::{meter::Measured, observe::Observed},
        router::{Params, Router},
        state::State,
        transport::{
            arrived::Arrived,
            receive::{self, Sender},
        },
    },
    service::{account::session as sessions, authorize::ActorSource},
};
use account::session;
use base::{
    error,
    form::{self, Form},
    guard,
    page_route::{PageRoute, Takes},
    request::{FLASH_COOKIE, PageRequest},
    response,
};

/// The console's router.
pub type Pages = Router<Measured<PageRoute>>;

/// Answers a request for a page.
pub async fn answer<'r>(
    http: &HttpRequest,
    payload: web::Payload,
    state: &Arc<State>,
    pages: &'r Pages,
    observed: &mut Observed<'r>,
) -> HttpResponse {
    let found = pages.find(http.match_info().unprocessed());
    let params = found.as_ref().map_or_else(|| place_of(http.path()), |(_, params)| params.clone());
    let resource = found.map(|(resource, _)| resource);
    let measured = resource.and_then(|resource| resource.at(http.method()));
    observed.set_route(measured.map(|page| &*page.meter));
    let asked = measured.map(|page| &page.route);
    let own = guard::is_own(http, state);
    let showing = |request: PageRequest| request.showing(asked.and_then(|page| page.shown_at), asked.and_then(|page| page.does));
    let request = match PageRequest::read(http, params, state, &observed.id).await {
        Ok(request) => showing(request),
        Err(error) => {
            let request = Arc::new(showing(PageRequest::bare(http, state, &observed.id)));
            return finish(error_page(&request, &error).await, &request);
        }
    };
    observed.set_caller(request.signed.as_ref().map(|signed| &*signed.actor));
    // What was typed is read even of whoever is not signed in, so that it can come back after that; but what no page of ours sent
    // is not read at all.
    let sends_file = asked.is_some_and(|page| page.takes != Takes::Form);
    let typed = if own && sends_file {
        with_file(http, payload, state, asked, &request).await
    } else if own && asked.is_some() && *http.method() == Method::POST {
        state.incoming.collect(http, payload, form::LIMIT, request.caller()).await.and_then(|body| Ok((Form::read(&body)?, None)))
    } else {
        Ok((Form::default(), None))
    };
    let request = match typed {
        Ok((form, file)) => Arc::new(request.with_form(form, file)),
        Err(error) => {
            let request = Arc::new(request);
            return finish(error_page(&request, &error).await, &request);
        }
    };
    let answered = match (resource, asked) {
        _ if !own => Err(Rule::CrossSite.into()),
        (None, _) => Err(Error::NotFound("page")),
        (Some(resource), None) => return finish(error::method(&request, resource.allowed()).await, &request),
        (Some(_), Some(page)) if page.method == Method::GET => state.outgoing.answer(|| run(page, &request), || request.caller()).await,
        (Some(_), Some(page)) => run(page, &request).await,
    };
    let mut answer = match answered {
        Ok(answer) => answer,
        Err(error) => error_page(&request, &error).await,
    };
    if asked.is_some_and(|page| page.secret) {
        hold_secret(&mut answer);
    }
    finish(answer, &request)
}

/// Reads a form with its file, of whoever may send one: a file is long, and no stranger's is kept.
async fn with_file(
    http: &HttpRequest,
    payload: web::Payload,
    state: &Arc<State>,
    page: Option<&PageRoute>,
    request: &PageRequest,
) -> Result<(Form, Option<Arrived>)> {
    let (Some(page), Some(signed)) = (page, &request.signed) else { return Ok((Form::default(), None)) };
    page.admit(request).await?;
    if page.takes == Takes::File {
        let (fields, file) = state.uploads.form(http, payload, request.caller()).await?;
        return Ok((Form::beside_file(fields), file.map(Arrived::Whole)));
    }
    let (session, actor) = (signed.session.clone(), signed.actor.clone());
    let who: ActorSource = Arc::new(move |tx| sessions::still_there(tx, &session).map(|()| actor.clone()));
    let sender = Sender { state, caller: request.caller(), at: request.project()?, who };
    if page.takes == Takes::Part {
        let which = (request.id_of("upload", "upload")?, request.id_of("part", "part")?);
        let upload = receive::part(http, payload, sender, which).await?;
        return Ok((Form::default(), Some(Arrived::Part(Box::new(upload)))));
    }
    let mut received = receive::files(http, payload, sender).await?;
    Ok((Form::beside_file(std::mem::take(&mut received.fields)), Some(Arrived::Files(received))))
}

/// Runs a page, after signing in, being admitted, and typing the password again, where that is needed.
async fn run(page: &PageRoute, request: &Arc<PageRequest>) -> Result<HttpResponse> {
    if request.signed.is_none() && !page.open {
        return session::ask(request);
    }
    page.admit(request).await?;
    match &request.signed {
        // Nobody types a password to get into a sandbox.
        Some(signed) if page.fresh && !request.state.is_sandbox() && !signed.session.is_fresh(request.locale.now()) => {
            session::ask_again(request)
        }
        _ => (page.run)(request.clone()).await,
    }
}

/// The page of an error; whoever is not signed in any more is asked to.
async fn error_page(request: &Arc<PageRequest>, error: &Error) -> HttpResponse {
    let asked = matches!(error, Error::Unauthenticated(_)).then(|| session::ask(request).ok()).flatten();
    match asked {
        Some(answer) => answer,
        None => error::answer(request, error).await,
    }
}

/// Adds what every page has; a message that was shown is not shown again.
fn finish(mut answer: HttpResponse, request: &PageRequest) -> HttpResponse {
    guard::protect(&mut answer, &request.nonce, request.state.hsts.filter(|_| request.encrypted));
    if request.flash.is_some() && !answer.status().is_redirection() {
        let mut gone = request.cookie(FLASH_COOKIE, String::new());
        gone.set_max_age(Duration::ZERO);
        response::put(&mut answer, &gone);
    }
    answer
}

/// The place that an address is in which leads to no page: what is not there is said in its frame.
fn place_of(path: &str) -> Params {
    let mut parts = path.split('/').skip(1);
    let mut params = Params::new();
    for (segment, name) in [("o", "org"), ("p", "project")] {
        match (parts.next(), parts.next()) {
            (Some(found), Some(value)) if found == segment => params.push((name.into(), value.into())),
            _ => break,
        }
    }
    params
}
