//! Cross-origin requests (the CORS protocol of the Fetch standard): pages of other sites that a browser lets ask.
//!
//! Public documents are for everybody. The API and the exchange of keys are open to the origins that `cors-origins` names. No
//! answer ever allows credentials, so a cookie is of no use to another site; tokens are sent by whoever has them.

use actix_cors::Cors;
use actix_web::{http::Method, middleware::Condition};

/// What a page may read besides the body.
const READ: [&str; 9] = [
    "allow",
    "content-language",
    "etag",
    "idempotency-replayed",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "www-authenticate",
    "x-request-id",
];
/// Seconds for which a browser need not ask again.
const LASTS: usize = 600;

/// Pages of every site may read.
pub fn everybody() -> Cors {
    let methods = [Method::GET, Method::HEAD];
    Cors::default().allow_any_origin().send_wildcard().allowed_methods(methods).allow_any_header().max_age(LASTS)
}

/// Pages of these origins may call. Where none is named there is nothing to ask.
pub fn allow(origins: &[String]) -> Condition<Cors> {
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let cors = origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin));
    let cors = cors.allowed_methods(methods).allow_any_header().expose_headers(READ).max_age(LASTS);
    Condition::new(!origins.is_empty(), cors)
}
