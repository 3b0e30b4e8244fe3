//! What is left of a limit, in the headers of an answer (draft-ietf-httpapi-ratelimit-headers): `RateLimit-Policy: "key";q=600;w=60` and
//! `RateLimit: "key";r=599;t=1`.

use std::{cell::RefCell, fmt::Write as _};

use actix_web::{
    HttpResponse,
    http::header::{HeaderName, HeaderValue},
    web::BytesMut,
};

use crate::domain::key::rate_limit::{Policy, RateLimit, WINDOW};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// The names of both headers: the limit, and what is left of it.
pub const HEADERS: [&str; 2] = ["ratelimit-policy", "ratelimit"];

thread_local! {
    /// The header that this thread wrote last: most answers tell of the same limit.
    static LAST: RefCell<Option<(Policy, u32, HeaderValue)>> = const { RefCell::new(None) };
}

/// Tells of a limit, if one holds. Every answer of the API does, so it takes no more than a piece of memory.
pub fn tell(answer: &mut HttpResponse, limit: Option<RateLimit>) {
    let Some(RateLimit { policy, limit, remaining, reset }) = limit else { return };
    let headers = answer.headers_mut();
    if let Some(value) = policy_header(policy, limit) {
        headers.insert(POLICY, value);
    }
    if let Some(value) = value(format_args!("\"{}\";r={remaining};t={reset}", policy.word())) {
        headers.insert(LEFT, value);
    }
}

fn policy_header(policy: Policy, limit: u32) -> Option<HeaderValue> {
    LAST.with_borrow_mut(|last| {
        if let Some((.., value)) = last.as_ref().filter(|(of, so_many, _)| (*of, *so_many) == (policy, limit)) {
            return Some(value.clone());
        }
        let value = value(format_args!("\"{}\";q={limit};w={WINDOW}", policy.word()))?;
        *last = Some((policy, limit, value.clone()));
        Some(value)
    })
}

fn value(text: std::fmt::Arguments<'_>) -> Option<HeaderValue> {
    let mut bytes = BytesMut::with_capacity(32);
    bytes.write_fmt(text).ok()?;
    HeaderValue::from_maybe_shared(bytes.freeze()).ok()
}
