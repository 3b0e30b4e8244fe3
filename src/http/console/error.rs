//! The HTML face of the error table.

use actix_web::{HttpResponse, http::header};
use askama::Template;

use crate::{domain::Error, http::error};

use super::{
    chrome::Chrome,
    page::{html, render},
    session,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    c: Chrome,
    status: u16,
    detail: String,
    request: String,
}

/// The page of an error. Whoever is not signed in any more is asked to.
pub fn answer(visit: &Visit, error: &Error) -> HttpResponse {
    if matches!(error, Error::Unauthenticated(_))
        && let Ok(answer) = session::ask(visit)
    {
        return answer;
    }
    match error {
        Error::Internal(cause) => tracing::error!(request_id = visit.id, %cause, "internal error"),
        Error::Busy(cause) => tracing::warn!(request_id = visit.id, %cause, "the store is busy"),
        _ => {}
    }
    let detail = match error {
        Error::Denied(_) | Error::Invalid(_) | Error::Conflict(_) => error.to_string(),
        _ => String::new(),
    };
    let mut answer = page(visit, error::status(error), detail);
    if let Error::Limited(seconds) = error {
        answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(*seconds));
    }
    answer
}

/// The page for a method that is not possible there.
pub fn method(visit: &Visit, allowed: &str) -> HttpResponse {
    let mut answer = page(visit, 405, String::new());
    if let Ok(value) = header::HeaderValue::from_str(allowed) {
        answer.headers_mut().insert(header::ALLOW, value);
    }
    answer
}

fn page(visit: &Visit, status: u16, detail: String) -> HttpResponse {
    let page = ErrorPage { c: Chrome::plain(visit), status, detail, request: visit.id.clone() };
    html(status, render(&page).unwrap_or_default())
}
