//! Cross-origin requests (the CORS protocol of the Fetch standard): pages of other sites that a browser lets ask.
//!
//! Public documents are for everybody. The API and the exchange of keys are open to the origins that `cors-origins` names. No
//! answer ever allows credentials, so a cookie is of no use to another site; tokens are sent by whoever has them.

use actix_cors::Cors;
use actix_web::{
    guard::GuardContext,
    http::{Method, Uri, header},
    middleware::Condition,
};

/// What everybody may read in the API.
const PUBLIC: [&str; 2] = ["/api/openapi.json", "/api/health/echo"];

/// What a page may send.
const SENT: [&str; 5] = ["authorization", "content-type", "if-match", "if-none-match", "idempotency-key"];
/// What a page may read besides the body.
const READ: [&str; 7] = ["allow", "content-language", "etag", "idempotency-replayed", "retry-after", "www-authenticate", "x-request-id"];
/// Seconds for which a browser need not ask again.
const LASTS: usize = 600;

/// Whether a request of the API is for a public document.
pub fn is_public(request: &GuardContext<'_>) -> bool {
    PUBLIC.contains(&request.head().uri.path())
}

/// Pages of every site may read.
pub fn everybody() -> Cors {
    let methods = [Method::GET, Method::HEAD];
    Cors::default().allow_any_origin().send_wildcard().allowed_methods(methods).allow_any_header().max_age(LASTS)
}

/// Pages of these origins may call. Where none is named there is nothing to ask.
pub fn named(origins: &[String]) -> Condition<Cors> {
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let cors = origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin));
    let cors = cors.allowed_methods(methods).allowed_headers(SENT).expose_headers(READ).max_age(LASTS);
    Condition::new(!origins.is_empty(), cors)
}

/// An origin as browsers send it: scheme, host, and a port that is not the scheme's own.
pub fn origin(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_suffix('/').unwrap_or(&text);
    let (scheme, rest) = text.split_once("://")?;
    let own = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let uri: Uri = text.parse().ok()?;
    let authority = uri.authority()?;
    let plain = authority.as_str() == rest && !rest.contains(['@', '*']) && !authority.host().is_empty();
    let port = rest.strip_prefix(authority.host())?;
    let good_port = port.is_empty() || port.strip_prefix(':')?.parse::<u16>().is_ok();
    let written = format!("{scheme}://{}", rest.strip_suffix(own).unwrap_or(rest));
    (plain && good_port && header::HeaderValue::from_str(&written).is_ok()).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read_as_browsers_send_them() {
        assert_eq!(origin("https://App.Example.com/").as_deref(), Some("https://app.example.com"));
        assert_eq!(origin("https://app.example.com:443").as_deref(), Some("https://app.example.com"));
        assert_eq!(origin("http://[::1]:8080").as_deref(), Some("http://[::1]:8080"));
        for wrong in [
            "*",
            "null",
            "app.example.com",
            "ftp://a",
            "https://",
            "https://a/b",
            "https://*.a",
            "https://u@a",
            "https://a:x",
            "https://a?b",
        ] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
    }
}
