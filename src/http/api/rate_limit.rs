//! What is left of a limit, in the headers of an answer (draft-ietf-httpapi-ratelimit-headers): `RateLimit-Policy: "key";q=600;w=60` and
//! `RateLimit: "key";r=599;t=1`.

use actix_web::{
    HttpResponse,
    http::header::{HeaderName, HeaderValue},
};

use crate::domain::key::rate_limit::{RateLimit, WINDOW};

/// The names of both headers: the limit, and what is left of it.
pub const HEADERS: [&str; 2] = ["ratelimit-policy", "ratelimit"];

/// Tells of a limit, if one holds.
pub fn tell(answer: &mut HttpResponse, limit: Option<RateLimit>) {
    let Some(RateLimit { policy, limit, remaining, reset }) = limit else { return };
    let values = [format!("\"{}\";q={limit};w={WINDOW}", policy.word()), format!("\"{}\";r={remaining};t={reset}", policy.word())];
    for (name, value) in HEADERS.into_iter().zip(values) {
        if let Ok(value) = HeaderValue::try_from(value) {
            answer.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
}
