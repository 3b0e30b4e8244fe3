//! What the server tells those who run it.

mod health;
mod log;
mod metrics;

use crate::support::{Page, Server};

/// Asks the server at this address for this path, as the bearer of this token.
fn asked(url: &str, token: Option<&str>) -> Page {
    let mut request = reqwest::blocking::Client::new().get(url);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().unwrap();
    Page { status: answer.status().as_u16(), headers: answer.headers().clone(), body: answer.text().unwrap() }
}

/// The same of a server, at its main address.
fn asked_of(server: &Server, path: &str) -> Page {
    asked(&format!("{}{path}", server.url), None)
}
