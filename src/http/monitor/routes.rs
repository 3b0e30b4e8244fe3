//! Where health and metrics are asked for: `/healthz` and `/readyz` by everybody, `/metrics` with a token or on an address of its own.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::Server, http::header, web};
use prometheus_client::encoding::prometheus_text::CONTENT_TYPE;
use serde_json::json;

use crate::http::base::state::State;

use super::{health::Health, metrics};

/// What those who run the server ask of it.
pub struct Monitor {
    /// Whether the server can do its work.
    pub health: Health,
    /// The hash of the token for metrics, if there is one.
    pub token: Option<blake3::Hash>,
}

/// Mounts what everybody may ask, and the metrics for whoever has the token, if there is one.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>, monitor: &Arc<Monitor>) {
    mount_health(config, state, monitor);
    if let Some(token) = monitor.token {
        let state = state.clone();
        config.service(web::resource("/metrics").route(web::get().to(move |request: HttpRequest| {
            let answer = if is_sent(&request, token) { numbers(&state) } else { unknown() };
            std::future::ready(answer)
        })));
    }
}

fn mount_health(config: &mut web::ServiceConfig, state: &Arc<State>, monitor: &Arc<Monitor>) {
    let alive = || std::future::ready(kept_by_nobody(HttpResponse::Ok().json(json!({ "status": "alive" }))));
    config.service(web::resource("/healthz").route(web::get().to(alive)).route(web::head().to(alive)));
    let (state, monitor) = (state.clone(), monitor.clone());
    let handler = move || ready(state.clone(), monitor.clone());
    config.service(web::resource("/readyz").route(web::get().to(handler.clone())).route(web::head().to(handler)));
}

/// A server of its own for all three, on an address that only those can reach who may know.
///
/// # Errors
/// Why it cannot listen there, as a sentence.
pub fn listen(at: SocketAddr, state: &Arc<State>, monitor: &Arc<Monitor>) -> Result<(SocketAddr, Server), String> {
    let cannot = |error: std::io::Error| format!("cannot listen on {at} for metrics: {error}");
    let listener = TcpListener::bind(at).map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let (state, monitor) = (state.clone(), monitor.clone());
    let server = HttpServer::new(move || {
        let shared = state.clone();
        let metrics = move || std::future::ready(numbers(&shared));
        App::new().configure(|config| mount_health(config, &state, &monitor)).route("/metrics", web::get().to(metrics))
    });
    let server = server.workers(1).max_connections(64).disable_signals().shutdown_timeout(1).listen(listener).map_err(cannot)?;
    Ok((address, server.run()))
}

async fn ready(state: Arc<State>, monitor: Arc<Monitor>) -> HttpResponse {
    let report = monitor.health.report(&state.store, &state.gauges, state.meters.now()).await;
    let (mut answer, status) =
        if report.is_ready() { (HttpResponse::Ok(), "ready") } else { (HttpResponse::ServiceUnavailable(), "not_ready") };
    kept_by_nobody(answer.json(json!({ "status": status, "checks": report })))
}

/// Whether the token comes with it. Hashes are compared, so that the time says nothing about how much of it was right.
fn is_sent(request: &HttpRequest, token: blake3::Hash) -> bool {
    let sent = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let sent = sent.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    sent.is_some_and(|(_, sent)| blake3::hash(sent.trim().as_bytes()) == token)
}

fn numbers(state: &Arc<State>) -> HttpResponse {
    match metrics::text(state) {
        Ok(text) => kept_by_nobody(HttpResponse::Ok().content_type(CONTENT_TYPE).body(text)),
        Err(error) => {
            tracing::error!(%error, "the metrics could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

fn unknown() -> HttpResponse {
    kept_by_nobody(HttpResponse::Unauthorized().insert_header((header::WWW_AUTHENTICATE, "Bearer")).finish())
}

fn kept_by_nobody(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    answer
}
