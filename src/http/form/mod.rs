//! Forms for visitors: `/f/{id}`, on the host of a project `/f/{slug}`. A page without a script shows one; what is sent from it, from a
//! plain form on another site, or as JSON is stored. No cookie is set, and none is read.

mod attached;
mod embed;
mod page;
mod page_change;
mod post;
mod presentation;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
    web,
};
use serde_json::json;

use crate::{
    domain::{
        Error, Result,
        content::render::document::PageDocument,
        error::Faults,
        form::{
            page::{AGAIN, LOCALE, SOLUTION, TOKEN, TRAP},
            rule::Wrong,
            schema::schema,
        },
        id::ProjectId,
    },
    service::form::{
        attachment::Attached,
        submit::{self, Open, SubmitOutcome, SubmitRequest, Which},
    },
    store::Tx,
};

use attached::{Find, Refusal};
pub use embed::{SCRIPT, SCRIPTS, script};
use page::{FormNotices, again, draw_again, outcome_page, page, saying, thanks, words};
use post::{FormPost, read_post};
use presentation::Presentation;

use super::{
    base::{
        assets::STYLESHEET,
        client, error,
        observed::{meter::RouteMeter, observe::Observed, visitor::visited},
        reply::raw,
        state::State,
        transport::{media::Transport, room::Caller},
    },
    branding,
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
        Method::POST => take(&request, payload, &state, (host, &observed.id)).await,
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
    let found = submit::open(tx, which, wanted)?;
    if host.is_some_and(|project| project != found.project()) { Err(Error::NotFound("form")) } else { Ok(found) }
}

/// The language that is asked for: in the address, or by what the browser likes best.
fn wanted(request: &HttpRequest, query: &[(String, String)]) -> Option<String> {
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
    let wanted = wanted(request, &query);
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
                saying(tx, &open, &met, &words(&open).t("visit-closed").to_string(), &[])?
            };
            Ok((open, document))
        })
    };
    let (open, document) = state.reading(Caller::stranger(address), drawn).await?;
    if is_schema {
        let mut answer = raw(200, schema(&open.definition).to_string());
        shared(&mut answer, &open, client::header_text(request, header::ORIGIN.as_str()));
        return Ok(answer);
    }
    let mut answer = respond(200, &document, (&open, &presentation), is_thanked);
    if presentation == Presentation::Page
        && is_thanked
        && let Some(to) = embed::redirect(&open)
    {
        put(&mut answer, "refresh", &format!("{THANKED}; url={}", open.on_site(to)));
    }
    shared(&mut answer, &open, client::header_text(request, header::ORIGIN.as_str()));
    Ok(answer)
}

/// A page of a form, which nobody keeps and the sites that the form names may frame; or what our script draws on them.
fn respond(status: u16, document: &PageDocument, (open, presentation): (&Open, &Presentation), is_sent: bool) -> HttpResponse {
    if let Presentation::Part(base) = presentation {
        return embed::part(status, document, (open, base), is_sent);
    }
    let sheets: Vec<_> = [STYLESHEET.to_owned()].into_iter().chain(document.branding.as_ref().map(branding::address)).collect();
    let scripts = embed::scripts(open, presentation, is_sent);
    let mut answer = raw(status, document.page_with(&sheets, &scripts));
    let frames = match &open.settings.allowed_origins[..] {
        [] => "*".to_owned(),
        some => format!("'self' {}", some.join(" ")),
    };
    let scripts = if scripts.is_empty() { "" } else { " script-src 'self';" };
    let policy = format!(
        "default-src 'none';{scripts} img-src 'self'; media-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frames}"
    );
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("content-security-policy", policy.as_str()),
        ("cache-control", "no-store"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("x-content-type-options", "nosniff"),
        ("content-language", open.language.as_str()),
    ] {
        put(&mut answer, name, value);
    }
    answer
}

fn put(answer: &mut HttpResponse, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

/// What lets a page of another site read an answer: never with credentials.
fn shared(answer: &mut HttpResponse, open: &Open, origin: Option<&str>) {
    put(answer, "vary", "origin");
    match origin {
        Some(origin) if open.settings.allowed_origins.is_empty() => drop((origin, put(answer, "access-control-allow-origin", "*"))),
        Some(origin) if open.settings.allows(origin) => put(answer, "access-control-allow-origin", origin),
        _ => {}
    }
}

/// What a browser asks before it sends JSON from a page of another site.
async fn preflight(request: &HttpRequest, state: &Arc<State>, host: Option<ProjectId>) -> Result<HttpResponse> {
    state.rate_limits.address(state.proxies.client(request))?;
    let which = which(request, host)?;
    let open = state.store.read(move |tx| open(tx, &which, host, None)).await?;
    let mut answer = HttpResponse::NoContent().finish();
    shared(&mut answer, &open, client::header_text(request, header::ORIGIN.as_str()));
    for (name, value) in [
        ("access-control-allow-methods", "GET, POST"),
        ("access-control-allow-headers", "content-type"),
        ("access-control-max-age", "86400"),
    ] {
        put(&mut answer, name, value);
    }
    Ok(answer)
}

/// The site that something was sent from, if that is another one.
fn origin(request: &HttpRequest, public_url: &str) -> Option<String> {
    let origin = client::header_text(request, header::ORIGIN.as_str())?;
    (client::sender(request, public_url) == client::Sender::Foreign).then(|| origin.to_owned())
}

async fn take(
    request: &HttpRequest,
    payload: web::Payload,
    state: &Arc<State>,
    (host, id): (Option<ProjectId>, &str),
) -> Result<HttpResponse> {
    let address = state.proxies.client(request);
    state.rate_limits.address(address)?;
    let (which, query) = (which(request, host)?, client::query(request)?);
    let (liked, presentation) = (wanted(request, &query), Presentation::of(&query, &state.public_url));
    let find_in = |wanted: Option<String>| -> Find {
        let which = which.clone();
        Arc::new(move |tx| open(tx, &which, host, wanted.as_deref()))
    };
    let FormPost { sent, own, as_json, attached } = match read_post(request, payload, state, &find_in(liked.clone())).await {
        Ok(Some(post)) => post,
        Ok(None) => {
            let message = "Send the answers as a form (application/x-www-form-urlencoded or multipart/form-data) or as JSON.";
            return Ok(error::plain(415, message.into(), None, Vec::new(), id));
        }
        Err(error) => return untaken(request, state, (find_in(liked), &(presentation, 0)), (error, None)).await,
    };
    let find = find_in(own.get(LOCALE).map(str::to_owned).or(liked));
    let submitted = Arc::new(SubmitRequest {
        token: own.get(TOKEN).map(str::to_owned),
        trap: own.get(TRAP).unwrap_or_default().to_owned(),
        solution: own.get(SOLUTION).map(str::to_owned),
        again: own.get(AGAIN).is_some(),
        origin: origin(request, &state.public_url),
        address,
        user_agent: client::header_text(request, header::USER_AGENT.as_str()).map(str::to_owned),
        referer: client::header_text(request, header::REFERER.as_str()).map(str::to_owned),
        post: state.post(),
        sent,
    });
    let met = (presentation, own.step());
    if let Some(change) = own.page_change().filter(|_| !as_json)
        && let Some((status, document, open)) = page_change::change_page(state, find.clone(), (&submitted, &met.0), change).await?
    {
        let mut answer = respond(status, &document, (&open, &met.0), false);
        shared(&mut answer, &open, client::header_text(request, header::ORIGIN.as_str()));
        return Ok(answer);
    }
    let finding = find.clone();
    let form = state.store.read(move |tx| finding(tx).map(|open| open.form.id)).await?;
    // With files it was counted before they were read.
    let limited = if attached.is_none() { state.rate_limits.submission(form, address).err() } else { None };
    if let Some(limited) = limited {
        let refusal = attached::refusal(&limited).filter(|_| !as_json).ok_or(limited)?;
        return refused(request, state, (find, &met), (refusal, Some(submitted))).await;
    }
    let done = match &attached {
        Some(received) => attached::keep(state, find.clone(), &submitted, received).await,
        None => Ok(Vec::new()),
    };
    let done = match done {
        Ok(files) => store(state, find.clone(), (&submitted, &met), (files, as_json)).await,
        Err(error) => Err(error),
    };
    let (document, open, outcome) = match done {
        Ok(done) => done,
        Err(error) if attached.is_some() => return untaken(request, state, (find, &met), (error, Some(submitted))).await,
        Err(error) => return Err(error),
    };
    let presentation = &met.0;
    let mut answer = match (&outcome, document) {
        (outcome, None) if as_json => told_as_json(outcome, &open, id),
        (SubmitOutcome::Stored(_), Some(document)) => respond(201, &document, (&open, presentation), true),
        (_, Some(document)) => respond(422, &document, (&open, presentation), false),
        // The page that is shown then can be loaded again, and nothing is sent twice.
        _ => {
            let to = presentation.thanks(open.form.id, &open.language);
            HttpResponse::SeeOther().insert_header((header::LOCATION, to)).insert_header((header::CACHE_CONTROL, "no-store")).finish()
        }
    };
    shared(&mut answer, &open, client::header_text(request, header::ORIGIN.as_str()));
    Ok(answer)
}

/// One write: what was sent is judged and stored, and the page that answers it is drawn.
async fn store(
    state: &Arc<State>,
    find: Find,
    (submitted, met): (&Arc<SubmitRequest>, &(Presentation, usize)),
    (files, as_json): (Vec<Attached>, bool),
) -> Result<(Option<PageDocument>, Open, SubmitOutcome)> {
    let (submitted, (presentation, at)) = (submitted.clone(), met.clone());
    let work = move |tx: &mut Tx<'_>| {
        let open = find(tx)?;
        let outcome = submit::accept(tx, &open, &submitted, &files)?;
        let document = if as_json { None } else { outcome_page(tx, &open, (&presentation, at), &outcome, &submitted)? };
        Ok((document, open, outcome))
    };
    state.store.write(work).await
}

/// What is answered where nothing of a form with files is taken: to a person a page, with what they wrote if that was read.
async fn untaken(
    request: &HttpRequest,
    state: &Arc<State>,
    (find, met): (Find, &(Presentation, usize)),
    (error, submitted): (Error, Option<Arc<SubmitRequest>>),
) -> Result<HttpResponse> {
    let refusal = attached::refusal(&error).filter(|_| Transport::Files.is_named(request.headers()) && !attached::wants_json(request));
    match refusal {
        Some(refusal) => refused(request, state, (find, met), (refusal, submitted)).await,
        None => Err(error),
    }
}

/// The page that says why nothing is taken, drawn as that which is shown first: what is too much keeps no write waiting.
async fn refused(
    request: &HttpRequest,
    state: &Arc<State>,
    (find, met): (Find, &(Presentation, usize)),
    ((status, key, n), submitted): (Refusal, Option<Arc<SubmitRequest>>),
) -> Result<HttpResponse> {
    let ((presentation, at), store) = (met.clone(), state.store.clone());
    let draw = move |tx: &mut Tx<'_>| {
        let open = find(tx)?;
        let said = words(&open).t(key).n("n", n).to_string();
        let document = match &submitted {
            Some(submitted) => draw_again(tx, &open, (&presentation, at), said, submitted)?,
            None => saying(tx, &open, &presentation, &said, &[])?,
        };
        Ok((open, document))
    };
    let (open, document) = state.reading(Caller::stranger(state.proxies.client(request)), move || store.read_now(draw)).await?;
    let mut answer = respond(status, &document, (&open, &met.0), false);
    shared(&mut answer, &open, client::header_text(request, header::ORIGIN.as_str()));
    Ok(answer)
}

/// The answer to what came as JSON.
fn told_as_json(outcome: &SubmitOutcome, open: &Open, id: &str) -> HttpResponse {
    let lang = words(open);
    let refused = |status, reason: &'static str, key: &str| error::plain(status, lang.t(key).to_string(), Some(reason), Vec::new(), id);
    match outcome {
        SubmitOutcome::Stored(id) => {
            let own = open.settings.thanks(&open.language, &open.locales());
            let message = if own.is_empty() { lang.t("visit-thanks").to_string() } else { own.to_owned() };
            raw(201, json!({ "id": id, "message": message, "redirect": open.settings.gc_url_redirect }).to_string())
        }
        SubmitOutcome::Wrong(wrong) => error::answer(&Error::Invalid(Faults(wrong.iter().map(Wrong::fault).collect())), id),
        SubmitOutcome::Again(why) => refused(422, "send_again", again(*why)),
        SubmitOutcome::Blocked(reason) => refused(403, reason, "visit-blocked"),
        SubmitOutcome::Already => refused(409, "already_sent", "visit-already"),
        SubmitOutcome::Closed => refused(409, "form_closed", "visit-closed"),
    }
}
