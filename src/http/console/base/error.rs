//! The HTML face of the error table.

use std::sync::Arc;

use actix_web::HttpResponse;
use askama::Template;

use crate::{
    domain::{Error, error::Denial},
    http::base::error,
};

use super::{
    chrome::Chrome,
    request::PageRequest,
    response::{html, render},
};

/// For whoever is not signed in, and where the store says nothing.
#[derive(Template)]
#[template(path = "base/error.html")]
struct Outside {
    c: Chrome,
    e: ErrorPage,
}

/// In the frame of the place where it happened.
#[derive(Template)]
#[template(path = "base/error-inside.html")]
struct Inside {
    c: Chrome,
    e: ErrorPage,
}

struct ErrorPage {
    status: u16,
    detail: String,
    by_rule: bool,
    request: String,
}

/// The page of an error.
pub async fn answer(request: &Arc<PageRequest>, error: &Error) -> HttpResponse {
    error::log(error, &request.id);
    let mut answer = page(request, error::status(error), Some(error)).await;
    error::retry_after(&mut answer, error.wait());
    answer
}

/// The page for a method that is not possible there.
pub async fn method(request: &Arc<PageRequest>, allowed: &str) -> HttpResponse {
    let mut answer = page(request, 405, None).await;
    error::allow(&mut answer, allowed);
    answer
}

async fn page(request: &Arc<PageRequest>, status: u16, failure: Option<&Error>) -> HttpResponse {
    let frame = frame(request, failure).await;
    let (inside, c) = (frame.is_some(), frame.unwrap_or_else(|| Chrome::plain(request)));
    let detail = failure.map(|failure| detail(&c, failure)).unwrap_or_default();
    // What no role lifts is not helped by asking for one.
    let by_rule = matches!(failure, Some(Error::Denied(Denial { rule: Some(_), .. })));
    let e = ErrorPage { status, by_rule, detail, request: request.id.clone() };
    let text = if inside { render(&Inside { c, e }) } else { render(&Outside { c, e }) };
    let mut answer = html(status, text.unwrap_or_default());
    error::mark(&mut answer, failure.map_or(error::word_of(status), error::word));
    answer
}

/// The frame for whoever is signed in. None where the store has failed already, or does so now: an error is told in any case.
async fn frame(request: &Arc<PageRequest>, failure: Option<&Error>) -> Option<Chrome> {
    if request.signed.is_none() || matches!(failure, Some(Error::Busy(_) | Error::Moved(_) | Error::Internal(_))) {
        return None;
    }
    let reading = request.clone();
    request.state.store.read(move |tx| Chrome::around(&reading, tx)).await.ok()
}

/// What the reader should know besides the title; what only the log may know is not in it.
fn detail(c: &Chrome, error: &Error) -> String {
    match error {
        Error::Denied(Denial { permission: Some(permission), .. }) => {
            c.t("error-needs").s("what", c.word("help-may", permission.word().replace(':', "-"))).to_string()
        }
        Error::Invalid(faults) => faults.0.first().map(|fault| c.fault(fault)).unwrap_or_default(),
        Error::Conflict(fault) => c.fault(fault),
        Error::Moved(_) => c.t("error-moved").to_string(),
        Error::Occupied => c.t("error-occupied").to_string(),
        Error::NotFound("link") => c.t("error-link").to_string(),
        Error::Denied(Denial { rule: Some(rule), .. }) => c.word("help-rule", rule.word()).to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::error::{Fault, Faults, Reason, Rule},
        service::i18n::Lang,
    };

    #[test]
    fn the_page_of_every_error_has_its_words() {
        let errors = [
            Error::Invalid(Faults::default()),
            Error::Unauthenticated(Reason::TokenMissing),
            Rule::CrossSite.into(),
            Error::NotFound("page"),
            Error::Conflict(Fault::new("slug", "taken", "Taken.")),
            Error::Stale,
            Error::TooLarge(1),
            Error::Limited(1),
            Error::Occupied,
            Error::Busy(String::new()),
            Error::Moved(String::new()),
            Error::Internal(String::new()),
        ];
        for status in errors.iter().map(error::status).chain([405]) {
            for key in [format!("error-title-{status}"), format!("error-text-{status}")] {
                assert!(Lang::ALL.iter().all(|lang| lang.has(&key)), "there are no words for {key}");
            }
        }
    }
}
