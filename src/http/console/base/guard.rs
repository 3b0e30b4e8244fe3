//! What protects the pages: where a form may come from, and the headers of every page.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
};

use crate::http::base::{
    client::{Sender, sender},
    state::State,
};

/// Whether a request may change something: it is safe, or comes from a page of ours. One of a browser that does not say where
/// from is refused.
pub fn is_own(http: &HttpRequest, state: &State) -> bool {
    matches!(*http.method(), Method::GET | Method::HEAD) || sender(http, &state.public_url) == Sender::Own
}

/// Adds what every page has. Nothing is kept by anybody, no other site may frame it, and only scripts with this answer's
/// nonce run.
pub fn protect(answer: &mut HttpResponse, nonce: &str, hsts: Option<&'static str>) {
    if let Some(bound) = hsts {
        answer.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(bound));
    }
    // A page of content has a narrower policy, and stands in a frame of ours.
    if answer.headers().contains_key(header::CONTENT_SECURITY_POLICY) {
        return;
    }
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; frame-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    protect_by(answer, &policy);
}

/// The same with this policy, for a page that needs one of its own.
pub fn protect_by(answer: &mut HttpResponse, policy: &str) {
    let headers = answer.headers_mut();
    if let Ok(value) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    let fixed = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Nothing is told to others. With `no-referrer` a form would come from the origin `null`, as those of sandboxed frames do.
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (header::VARY, "Accept-Language, Cookie"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
