//! Forms for visitors: `/f/{id}`, on the host of a project `/f/{slug}`. A page without a script shows one; what is sent from it, from a
//! plain form on another site, or as JSON is stored. No cookie is set, and none is read.

mod embed;
mod page;
mod way;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
    web,
};
use serde_json::{Map, Value, json};

use crate::{
    domain::{
        Error, Result,
        content::render::document::Document,
        error::Faults,
        form::{
            page::{AGAIN, LOCALE, OWN, TOKEN, TRAP},
            rule::Wrong,
            schema::schema,
            sent::Sent,
        },
        id::ProjectId,
    },
    service::form::visit::{self, Open, Outcome, Visit, Which},
    store::Tx,
};

pub use embed::{SCRIPT, SCRIPTS, script};
use page::{Told, again, answered, drawn, page, saying, thanks, words};
use way::Way;

use super::{
    base::{
        body, client, error,
        reply::raw,
        state::State,
        transport::{media::Transport, room::Caller},
    },
    branding,
    monitor::{meter::RouteMeter, observe::Observed},
    preview::STYLESHEET,
};

/// Where forms are.
pub const PATH: &str = "/f/{form:.*}";
/// Most bytes of what is sent.
const LIMIT: usize = 256 * 1024;
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
    let mut observed = Observed::begin(&state, &request);
    observed.found(Some(&meter));
    let answer = match *request.method() {
        Method::POST => take(&request, payload, &state, (host, &observed.id)).await,
        Method::OPTIONS => preflight(&request, &state, host).await,
        _ => show(&request, &state, host).await,
    };
    let answer = answer.unwrap_or_else(|failure| error::answer(&failure, &observed.id));
    observed.end(answer)
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
    let found = visit::open(tx, which, wanted)?;
    if host.is_some_and(|project| project != found.project()) { Err(Error::NotFound("form")) } else { Ok(found) }
}

fn named<'r>(request: &'r HttpRequest, name: &HeaderName) -> Option<&'r str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// The language that is asked for: in the address, or by what the browser likes best.
fn wanted(request: &HttpRequest, query: &[(String, String)]) -> Option<String> {
    let asked = query.iter().find(|(name, _)| name == "locale").map(|(_, tag)| tag.clone());
    let liked = || {
        let first = named(request, &header::ACCEPT_LANGUAGE)?.split([',', ';']).next()?.trim();
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
    let (is_thanked, is_schema, way) = (asks("sent"), asks("schema"), Way::of(&query, &state.public_url));
    let met = way.clone();
    let store = state.store.clone();
    let drawn = move || {
        store.read_now(|tx| {
            let open = open(tx, &which, host, wanted.as_deref())?;
            let document = if is_schema {
                Document::default()
            } else if is_thanked {
                thanks(tx, &open, &met)?
            } else if open.form.is_active {
                page(tx, &open, &met, &Told::default())?
            } else {
                saying(tx, &open, &met, &words(&open).t("visit-closed").to_string(), &[])?
            };
            Ok((open, document))
        })
    };
    let (open, document) = state.reading(Caller::stranger(address), drawn).await?;
    if is_schema {
        let mut answer = raw(200, schema(&open.definition).to_string());
        shared(&mut answer, &open, named(request, &header::ORIGIN));
        return Ok(answer);
    }
    let mut answer = shown(200, &document, (&open, &way), is_thanked);
    if way == Way::Page
        && is_thanked
        && let Some(to) = embed::redirect(&open)
    {
        put(&mut answer, "refresh", &format!("{THANKED}; url={to}"));
    }
    shared(&mut answer, &open, named(request, &header::ORIGIN));
    Ok(answer)
}

/// A page of a form, which nobody keeps and the sites that the form names may frame; or what our script draws on them.
fn shown(status: u16, document: &Document, (open, way): (&Open, &Way), is_sent: bool) -> HttpResponse {
    if let Way::Part(base) = way {
        return embed::part(status, document, (open, base), is_sent);
    }
    let sheets: Vec<_> = [STYLESHEET.to_owned()].into_iter().chain(document.branding.as_ref().map(branding::address)).collect();
    let script = if *way == Way::Frame { embed::frame_script(open, is_sent) } else { Vec::new() };
    let mut answer = raw(status, document.page_with(&sheets, &script));
    let frames = match &open.settings.allowed_origins[..] {
        [] => "*".to_owned(),
        some => format!("'self' {}", some.join(" ")),
    };
    let scripts = if script.is_empty() { "" } else { " script-src 'self';" };
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
    shared(&mut answer, &open, named(request, &header::ORIGIN));
    for (name, value) in [
        ("access-control-allow-methods", "GET, POST"),
        ("access-control-allow-headers", "content-type"),
        ("access-control-max-age", "86400"),
    ] {
        put(&mut answer, name, value);
    }
    Ok(answer)
}

/// What was sent, and whether it is answered as JSON.
fn read(request: &HttpRequest, bytes: &[u8]) -> Result<Option<(Sent, Own, bool)>> {
    if Transport::Form.is_named(request.headers()) {
        let text = String::from_utf8_lossy(bytes);
        let pairs = web::Query::<Vec<(String, String)>>::from_query(&text).map(web::Query::into_inner).unwrap_or_default();
        let (own, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name.starts_with(OWN));
        return Ok(Some((Sent::of_pairs(rest), Own(own), false)));
    }
    if !Transport::Json.is_named(request.headers()) {
        return Ok(None);
    }
    let (mut own, mut rest) = (Vec::new(), Map::new());
    for (name, value) in body::json::<Map<String, Value>>(bytes)? {
        match value {
            Value::String(text) if name.starts_with(OWN) => own.push((name, text)),
            value => drop(rest.insert(name, value)),
        }
    }
    Ok(Some((Sent::of_json(rest), Own(own), true)))
}

/// The fields that are ours.
struct Own(Vec<(String, String)>);

impl Own {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The site that something was sent from, if that is another one.
fn origin(request: &HttpRequest) -> Option<String> {
    let origin = named(request, &header::ORIGIN)?;
    let is_own = named(request, &HeaderName::from_static("sec-fetch-site")) == Some("same-origin")
        || origin.split_once("://").is_some_and(|(_, host)| named(request, &header::HOST) == Some(host));
    (!is_own).then(|| origin.to_owned())
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
    let bytes = state.incoming.collect(request, payload, LIMIT, Caller::stranger(address)).await?;
    let Some((sent, own, as_json)) = read(request, &bytes)? else {
        let message = "Send the answers as a form (application/x-www-form-urlencoded) or as JSON.";
        return Ok(error::plain(415, message.into(), None, Vec::new(), id));
    };
    let wanted = own.get(LOCALE).map(str::to_owned).or_else(|| wanted(request, &query));
    let visit = Visit {
        token: own.get(TOKEN).map(str::to_owned),
        trap: own.get(TRAP).unwrap_or_default().to_owned(),
        again: own.get(AGAIN).is_some(),
        origin: origin(request),
        address,
        user_agent: named(request, &header::USER_AGENT).map(str::to_owned),
        referer: named(request, &header::REFERER).map(str::to_owned),
        post: state.post(),
        sent,
    };
    let (asked, found) = ((which.clone(), wanted.clone()), state.store.clone());
    let form = found.read(move |tx| open(tx, &asked.0, host, asked.1.as_deref()).map(|open| open.form.id)).await?;
    let limited = state.rate_limits.submission(form, address).err();
    if as_json && let Some(limited) = limited {
        return Err(limited);
    }
    let is_limited = limited.is_some();
    let way = Way::of(&query, &state.public_url);
    let met = way.clone();
    let work = move |tx: &mut Tx<'_>| {
        let open = open(tx, &which, host, wanted.as_deref())?;
        if is_limited {
            return Ok((drawn(tx, &open, &met, words(&open).t("visit-limited").to_string(), &visit)?, open, None));
        }
        let outcome = visit::accept(tx, &open, &visit)?;
        let document = if as_json { None } else { answered(tx, &open, &met, &outcome, &visit)? };
        Ok((document, open, Some(outcome)))
    };
    let (document, open, outcome) = state.store.write(work).await?;
    let mut answer = match (&outcome, document) {
        (Some(outcome), None) if as_json => told_as_json(outcome, &open, id),
        (Some(Outcome::Stored(_)), Some(document)) => shown(201, &document, (&open, &way), true),
        (Some(_), Some(document)) => shown(422, &document, (&open, &way), false),
        (None, Some(document)) => shown(429, &document, (&open, &way), false),
        // The page that is shown then can be loaded again, and nothing is sent twice.
        _ => {
            let to = way.thanks(open.form.id, &open.language);
            HttpResponse::SeeOther().insert_header((header::LOCATION, to)).insert_header((header::CACHE_CONTROL, "no-store")).finish()
        }
    };
    shared(&mut answer, &open, named(request, &header::ORIGIN));
    Ok(answer)
}

/// The answer to what came as JSON.
fn told_as_json(outcome: &Outcome, open: &Open, id: &str) -> HttpResponse {
    let lang = words(open);
    let refused = |status, reason: &'static str, key: &str| error::plain(status, lang.t(key).to_string(), Some(reason), Vec::new(), id);
    match outcome {
        Outcome::Stored(id) => {
            let own = open.settings.thanks(&open.language, &open.locales());
            let message = if own.is_empty() { lang.t("visit-thanks").to_string() } else { own.to_owned() };
            raw(201, json!({ "id": id, "message": message, "redirect": open.settings.gc_url_redirect }).to_string())
        }
        Outcome::Wrong(wrong) => error::answer(&Error::Invalid(Faults(wrong.iter().map(Wrong::fault).collect())), id),
        Outcome::Again(why) => refused(422, "send_again", again(*why)),
        Outcome::Blocked(reason) => refused(403, reason, "visit-blocked"),
        Outcome::Already => refused(409, "already_sent", "visit-already"),
        Outcome::Closed => refused(409, "form_closed", "visit-closed"),
    }
}
