//! Headers of answers in the OpenAPI document.

use serde_json::{Value, json};

/// A header that says this.
pub fn of(help: &str) -> Value {
    json!({ "description": help, "schema": { "type": "string" } })
}

/// The headers that every answer has.
pub fn always() -> Value {
    json!({ "X-Request-Id": of("The id of this request in the log.") })
}

/// The headers of every answer to which a limit applies.
pub fn limited() -> Value {
    let mut all = always();
    all["RateLimit-Policy"] = of("The limit of which least is left: its name, requests (q), and seconds (w).");
    all["RateLimit"] = of("What is left of it: requests (r), and seconds until it is whole again (t).");
    all
}

/// `Retry-After`.
pub fn retry_after() -> Value {
    json!({ "description": "Seconds after which another try is worth while.", "schema": { "type": "integer", "minimum": 0 } })
}
