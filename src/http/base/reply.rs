//! Answers as every surface gives them: their id, the headers that all have, JSON; and work that is done off the workers.

use std::{
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicU64, Ordering},
};

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
};
use serde::Serialize;

use crate::domain::Result;

/// An answer that a route is still working on.
pub type PendingResponse = Pin<Box<dyn Future<Output = Result<HttpResponse>>>>;

static REQUESTS: AtomicU64 = AtomicU64::new(1);

/// The id of a request in its answer and in the log: when the server started, and a number.
pub fn request_id(started: &str) -> String {
    format!("{}-{:x}", started, REQUESTS.fetch_add(1, Ordering::Relaxed))
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

/// A JSON answer.
pub fn json<T: Serialize>(status: u16, value: &T) -> Result<HttpResponse> {
    let text = serde_json::to_vec(value).map_err(|error| crate::domain::Error::Internal(error.to_string()))?;
    Ok(raw(status, text))
}

/// An answer whose JSON was written already.
pub fn raw(status: u16, text: impl Into<actix_web::web::Bytes>) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
    let mut answer = HttpResponse::build(status);
    answer.content_type("application/json").body(text.into())
}

/// Runs long work off the async workers.
///
/// # Errors
/// Those of the work.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = actix_web::web::block(work).await;
    done.map_err(|error| crate::domain::Error::Busy(error.to_string()))?
}
