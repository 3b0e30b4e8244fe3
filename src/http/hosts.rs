//! Requests by the name of a project: they reach what is public of that project, and nothing of the instance. And who asks whether a name
//! is one of those, before a certificate is made for it.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    dev::RequestHead,
    guard::fn_guard,
    http::{Method, header},
    web,
};

use uuid::Uuid;

use crate::domain::{Error, Result, id::ProjectId};

use super::{
    base::{
        assets::{self, STYLESHEET},
        client, error,
        observed::{
            meter::RouteMeter,
            observe::Observed,
            visitor::{visited, wants_page},
        },
        state::State,
    },
    branding, files, form, preview,
};

/// Where a proxy asks whether a name is served.
const ASK: &str = "/domains/ask";

/// The fonts among the files of the console, which stylesheets of brandings name.
const FONTS: &str = "/static/{fingerprint}/fonts/{name}";

/// Mounts what is reached by the names of projects. It comes before all else, since there is nothing else under such a name.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let (asked, guarded) = (state.clone(), state.clone());
    let meter = |path| state.meters.route("GET", path);
    let (sheet, style, font, script, file, nothing) = (
        meter("domain /brandings/{id}.css"),
        meter("domain /content"),
        meter("domain /fonts"),
        meter("domain /form.v1.js"),
        meter("domain /files/{id}/{name}"),
        meter("domain"),
    );
    let answers = move |meter: Arc<RouteMeter>, what: What| {
        let state = asked.clone();
        move |request: HttpRequest| answer(request, state.clone(), meter.clone(), what)
    };
    let read = |path, meter, what| {
        let shown = answers(meter, what);
        web::resource(path).route(web::get().to(shown.clone())).route(web::head().to(shown))
    };
    let (of, posted) = (state.clone(), state.meters.route("POST", "domain /f"));
    let asked_for = state.meters.route("GET", "domain /f");
    let visited = move |request: HttpRequest, body: web::Payload| {
        let meter = if *request.method() == Method::POST { posted.clone() } else { asked_for.clone() };
        // Where nobody can say whose host it is, no form is there.
        let host = project(request.head(), &of).flatten().unwrap_or(ProjectId::from_uuid(Uuid::nil()));
        form::answer(request, body, of.clone(), meter, Some(host))
    };
    let forms = web::resource(form::PATH)
        .route(web::get().to(visited.clone()))
        .route(web::head().to(visited.clone()))
        .route(web::post().to(visited.clone()))
        .route(web::method(Method::OPTIONS).to(visited));
    config.service(
        web::scope("")
            .guard(fn_guard(move |context| project(context.head(), &guarded).is_some()))
            .service(read(branding::PATH, sheet, What::Branding))
            .service(read(STYLESHEET, style, What::Content))
            .service(read(FONTS, font.clone(), What::Asset))
            .service(read(form::SCRIPTS, font, What::Asset))
            .service(read(form::SCRIPT, script, What::Script))
            .service(forms)
            .service(read(files::PATHS[0], file.clone(), What::File))
            .service(read(files::PATHS[1], file, What::File))
            .default_service(web::to(answers(nothing, What::Nothing))),
    );
}

/// Mounts `GET /domains/ask?domain=`.
pub fn mount_ask(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let (shared, meter) = (state.clone(), state.meters.route("GET", ASK));
    let told = move |request: HttpRequest| answer(request, shared.clone(), meter.clone(), What::Ask);
    config.service(web::resource(ASK).route(web::get().to(told.clone())).route(web::head().to(told)));
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
enum What {
    Branding,
    Content,
    Asset,
    Script,
    File,
    Ask,
    Nothing,
}

/// The project that a request is for by its name, if it is not for the instance. Where nobody can say, it is for nobody: a name of a
/// project must not lead to the console for as long as the database is busy.
fn project(head: &RequestHead, state: &State) -> Option<Option<ProjectId>> {
    let header = || head.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    let host = head.uri.host().or_else(header)?;
    state.hosts.project(&state.store, host).map_or(Some(None), |found| found.map(Some))
}

async fn answer(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>, what: What) -> HttpResponse {
    let of = project(request.head(), &state).flatten();
    let answer = async |observed: &mut Observed<'_>| match what {
        What::Branding => branding::find(&request, &state, |found| Some(found.project) == of).await,
        What::Content => Ok(preview::stylesheet(&request)),
        What::Asset => Ok(assets::serve(&request)),
        What::Script => Ok(form::script(&request)),
        // A token is for the instance: under a name of a project it opens nothing.
        What::File => {
            let is_open = client::bearer(&request).is_none();
            files::find(&request, &state, |found| Some(found.project) == of && (found.is_public || is_open)).await
        }
        What::Ask => ask(&request, &state),
        What::Nothing if wants_page(&request) => Err(Error::NotFound("page")),
        What::Nothing => Ok(error::plain(404, "There is nothing at this address.".into(), None, Vec::new(), &observed.id)),
    };
    visited(&state, &request, Some(&meter), answer).await
}

/// 200 for a name that is served, 404 for every other; to proxies that are trusted alone, since the names are nobody else's to list.
fn ask(request: &HttpRequest, state: &State) -> Result<HttpResponse> {
    let query = client::query(request)?;
    let domain = query.iter().find(|(name, _)| name == "domain").map_or("", |(_, domain)| domain.as_str());
    let is_served = state.proxies.forwards(request) && state.hosts.project(&state.store, domain)?.is_some();
    Ok(if is_served { HttpResponse::Ok().finish() } else { HttpResponse::NotFound().finish() })
}
