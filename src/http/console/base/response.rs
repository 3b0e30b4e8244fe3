//! What answers are made of: HTML, cookies, and ways to other pages.

use actix_web::{
    HttpResponse,
    cookie::Cookie,
    http::{StatusCode, header},
};
use askama::Template;

use crate::domain::{Error, Result};

/// Leads to another page (RFC 9110 15.4.4), so that a reload repeats nothing.
pub fn see(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.to_owned())).finish()
}

/// Adds a cookie to an answer.
pub fn put(answer: &mut HttpResponse, cookie: &Cookie<'_>) {
    if let Ok(value) = header::HeaderValue::from_str(&cookie.to_string()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A page of HTML.
pub fn html(status: u16, text: String) -> HttpResponse {
    HttpResponse::build(StatusCode::from_u16(status).unwrap_or_default()).content_type("text/html; charset=utf-8").body(text)
}

/// Renders a template.
///
/// # Errors
/// Internal, when the template fails.
pub fn render(template: &impl Template) -> Result<String> {
    template.render().map_err(|error| Error::Internal(error.to_string()))
}

/// An address of this instance, or the start page: a link must not lead elsewhere after signing in.
pub fn local(next: &str) -> &str {
    // Browsers drop tabs and line ends from an address before they read it, and take \ for /.
    let is_local = next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    if is_local { next } else { "/" }
}
