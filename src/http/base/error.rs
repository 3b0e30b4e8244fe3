//! The one table of statuses, codes and sentences, and its JSON face.

use actix_web::{
    HttpResponse,
    http::{Method, StatusCode, header},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    Error,
    error::{Fault, Reason},
};

/// Every error answer of the API.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Error, example = json!({"message": "There is no such project, or you may not see it.", "code": "NOT_FOUND", "requestId": "5f1c-2a"}))]
pub struct Body {
    /// What happened and what to do, for a person.
    pub message: String,
    /// The class of the error, by the HTTP status.
    pub code: &'static str,
    /// The machine word, such as `key_revoked`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The wrong fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Field>,
    /// The id of this request in the log.
    pub request_id: String,
}

/// One wrong field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldError)]
pub struct Field {
    /// Its name, with dots and indices.
    pub field: String,
    /// The machine word.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
}

impl From<&Fault> for Field {
    fn from(fault: &Fault) -> Self {
        Self { field: fault.field.clone(), code: fault.code, message: fault.message.clone() }
    }
}

/// The class word of a status.
pub const fn code(status: u16) -> &'static str {
    match status {
        400 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        409 => "CONFLICT",
        410 => "GONE",
        412 => "PRECONDITION_FAILED",
        413 => "PAYLOAD_TOO_LARGE",
        415 => "UNSUPPORTED_MEDIA_TYPE",
        416 => "RANGE_NOT_SATISFIABLE",
        422 => "UNPROCESSABLE",
        429 => "RATE_LIMITED",
        503 => "UNAVAILABLE",
        _ => "INTERNAL_ERROR",
    }
}

/// The status of an error.
pub const fn status(error: &Error) -> u16 {
    match error {
        Error::Invalid(_) => 400,
        Error::Unauthenticated(_) => 401,
        Error::Denied(_) => 403,
        Error::NotFound(_) | Error::ViewerAuthDisabled => 404,
        Error::Conflict(_) => 409,
        Error::CursorExpired => 410,
        Error::Stale => 412,
        Error::TooLarge(_) | Error::FileTooLarge(_) | Error::QuotaReached(_) => 413,
        Error::NotInRange(_) => 416,
        Error::Unprocessable(_) => 422,
        Error::Limited(_) | Error::RateLimited(_) => 429,
        Error::Occupied | Error::Busy(_) | Error::Moved(_) => 503,
        Error::Internal(_) => 500,
    }
}

/// The word of a refusal, kept with its answer for whoever counts.
pub struct Refused(pub &'static str);

/// Keeps the word of a refusal with its answer.
pub fn mark(answer: &mut HttpResponse, word: &'static str) {
    answer.extensions_mut().insert(Refused(word));
}

/// The word of what fails because of others, and not of the server.
pub const OCCUPIED: &str = "occupied";

/// The machine word of an error that the API tells.
const fn reason(error: &Error) -> Option<&'static str> {
    match error {
        Error::Unauthenticated(reason) => Some(reason.word()),
        Error::Denied(denial) => Some(match denial.rule {
            Some(rule) => rule.word(),
            None => "permission_missing",
        }),
        Error::Invalid(_) => Some("invalid"),
        Error::Conflict(fault) | Error::Unprocessable(fault) => Some(fault.code),
        Error::ViewerAuthDisabled => Some("viewer_auth_disabled"),
        Error::CursorExpired => Some("cursor_expired"),
        Error::RateLimited(_) => Some("rate_limited"),
        Error::FileTooLarge(_) => Some("file_too_large"),
        Error::QuotaReached(_) => Some("quota_reached"),
        Error::NotInRange(_) => Some("not_in_range"),
        Error::Occupied => Some(OCCUPIED),
        Error::Moved(_) => Some("database_moved"),
        _ => None,
    }
}

/// The word by which an error is counted.
pub fn word(error: &Error) -> &'static str {
    reason(error).unwrap_or_else(|| word_of(status(error)))
}

/// The same of a status, where nothing else is known.
pub const fn word_of(status: u16) -> &'static str {
    match status {
        404 => "not_found",
        405 => "method_not_allowed",
        412 => "stale",
        413 => "too_large",
        415 => "unsupported_media_type",
        429 => "limited",
        503 => "unavailable",
        500.. => "internal_error",
        _ => "other",
    }
}

/// The JSON answer to an error. What only the log may know goes there.
pub fn answer(error: &Error, request_id: &str) -> HttpResponse {
    let status = status(error);
    let errors = match error {
        Error::Invalid(faults) => faults.0.iter().map(Field::from).collect(),
        Error::Conflict(fault) | Error::Unprocessable(fault) => vec![Field::from(fault)],
        _ => Vec::new(),
    };
    log(error, request_id);
    let mut answer = plain(status, error.to_string(), reason(error), errors, request_id);
    if let Error::Unauthenticated(reason) = error {
        // Whoever sent no credentials learns only how to send some (RFC 6750 3.1).
        let challenge = if *reason == Reason::TokenMissing { "Bearer" } else { "Bearer error=\"invalid_token\"" };
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static(challenge));
    }
    retry_after(&mut answer, error.wait());
    answer
}

/// Tells after how many seconds another try is worth while, where that can be said.
pub fn retry_after(answer: &mut HttpResponse, wait: Option<u32>) {
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    }
}

/// Logs what only the log may know.
pub fn log(error: &Error, request_id: &str) {
    match error {
        Error::Internal(cause) => tracing::error!(request_id, %cause, "internal error"),
        Error::Busy(cause) => tracing::warn!(request_id, %cause, "the store is busy"),
        Error::Moved(what) => tracing::error!(request_id, what, "the database was moved"),
        _ => {}
    }
}

/// That the path is there and the method is not (RFC 9110 15.5.6).
pub fn not_allowed(method: &Method, allowed: &str, request_id: &str) -> HttpResponse {
    let mut answer = plain(405, not_possible(method, allowed), None, Vec::new(), request_id);
    allow(&mut answer, allowed);
    answer
}

/// The same in words, for surfaces whose errors have a shape of their own.
pub fn not_possible(method: &Method, allowed: &str) -> String {
    format!("{method} is not possible here. Allowed: {allowed}.")
}

/// Tells which methods are.
pub fn allow(answer: &mut HttpResponse, allowed: &str) {
    if let Ok(value) = header::HeaderValue::from_str(allowed) {
        answer.headers_mut().insert(header::ALLOW, value);
    }
}

/// The JSON answer of a status that is not an operation's, such as 404 for an unknown route.
pub fn plain(status: u16, message: String, reason: Option<&'static str>, errors: Vec<Field>, request_id: &str) -> HttpResponse {
    // One that the contract has a class of its own for.
    let code = if reason == Some("viewer_auth_disabled") { "VIEWER_AUTH_DISABLED" } else { code(status) };
    let body = Body { message, code, reason, errors, request_id: request_id.to_owned() };
    let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)).json(body);
    mark(&mut answer, reason.unwrap_or(word_of(status)));
    answer
}
