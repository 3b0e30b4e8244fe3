//! From an actix request to a [`Call`] and back: request ids, limits, unknown routes.

use std::{
    cmp::Reverse,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    web,
};

use crate::domain::Error;

use super::{
    body, call, error, oauth,
    route::{Handler, Route},
    sandbox,
    state::State,
};

static REQUESTS: AtomicU64 = AtomicU64::new(1);

/// The id of a request in its answer and in the log: when the server started, and a number.
pub fn request_id(state: &State) -> String {
    format!("{}-{:x}", state.started(), REQUESTS.fetch_add(1, Ordering::Relaxed))
}

/// Mounts everything. The order matters: actix tries one after the other, and literal segments come before parameters.
/// Paths of different length never match the same request, so the long ones, which content is read by, come early; those
/// without parameters come first, since comparing them costs almost nothing.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>, routes: &[Route]) {
    let mut paths: Vec<&str> = routes.iter().map(|route| route.path.as_str()).collect();
    paths.sort_by_key(|path| (path.contains('{'), Reverse(path.split('/').count()), path.replace('{', "~")));
    paths.dedup();
    for path in paths {
        let mut resource = web::resource(format!("/api{path}"));
        let here: Vec<&Route> = routes.iter().filter(|route| route.path == path).collect();
        for route in &here {
            let (state, run) = (state.clone(), route.run.clone());
            let handler = move |request: HttpRequest, body: web::Payload| api(request, body, state.clone(), run.clone());
            resource = resource.route(web::method(route.method.clone()).to(handler));
        }
        let allowed: Vec<_> = here.iter().map(|route| route.method.as_str()).collect();
        config.service(resource.default_service(web::to(refusal(state, allowed.join(", ")))));
    }
    oauth::mount(config, state);
    sandbox::mount(config, state);
    let state = state.clone();
    config.default_service(web::to(move |request: HttpRequest| no_route(request, state.clone())));
}

async fn api(request: HttpRequest, payload: web::Payload, state: Arc<State>, run: Handler) -> HttpResponse {
    let id = request_id(&state);
    let answer = match read(&request, payload).await {
        Ok(bytes) => match call::Call::new(&request, bytes, &state) {
            Ok(call) => run(call).await,
            Err(error) => Err(error),
        },
        Err(Refused::Error(error)) => Err(error),
        Err(Refused::Type) => {
            let message = "Send the body as JSON, with Content-Type: application/json.".into();
            return finish(error::plain(415, message, None, Vec::new(), &id), &id);
        }
    };
    finish(answer.unwrap_or_else(|error| error::answer(&error, &id)), &id)
}

enum Refused {
    Error(Error),
    Type,
}

/// The whole body, if it is within the limit and JSON by its type.
async fn read(request: &HttpRequest, payload: web::Payload) -> Result<web::Bytes, Refused> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(web::Bytes::new());
    }
    let bytes = collect(payload, body::LIMIT).await.map_err(Refused::Error)?;
    if bytes.is_empty() || is_json(request.headers()) { Ok(bytes) } else { Err(Refused::Type) }
}

/// Reads a payload up to a limit.
///
/// # Errors
/// Too large; or invalid, when the client broke off.
pub async fn collect(payload: web::Payload, limit: usize) -> Result<web::Bytes, Error> {
    match payload.to_bytes_limited(limit).await {
        Err(_) => Err(Error::TooLarge(limit)),
        Ok(Err(_)) => Err(crate::domain::error::Fault::new("body", "incomplete", "The body ended early.").into()),
        Ok(Ok(bytes)) => Ok(bytes),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Adds what every answer has.
pub fn finish(mut answer: HttpResponse, id: &str) -> HttpResponse {
    let headers = answer.headers_mut();
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    answer
}

fn refusal(state: &Arc<State>, allowed: String) -> impl Fn(HttpRequest) -> std::future::Ready<HttpResponse> + Clone + use<> {
    let state = state.clone();
    move |request| {
        let id = request_id(&state);
        let message = format!("{} is not possible here; {allowed} is.", request.method());
        let mut answer = error::plain(405, message, None, Vec::new(), &id);
        if let Ok(value) = HeaderValue::from_str(&allowed) {
            answer.headers_mut().insert(header::ALLOW, value);
        }
        std::future::ready(finish(answer, &id))
    }
}

/// Tells a missing route from a missing thing: the SDK's callers can only go by the words.
async fn no_route(request: HttpRequest, state: Arc<State>) -> HttpResponse {
    let id = request_id(&state);
    let path: String = request.path().chars().take(200).collect();
    let message = format!("There is no such route: {} {path}", request.method());
    finish(error::plain(404, message, Some("no_route"), Vec::new(), &id), &id)
}
