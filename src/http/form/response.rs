//! What a visitor is answered: a page, what our script draws, or JSON; and whose pages may read it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
};
use serde_json::json;

use crate::{
    domain::{Error, content::render::document::PageDocument, error::Faults, form::rule::Wrong},
    service::form::submit::{Open, SubmitOutcome},
};

use super::{
    super::{
        base::{assets::STYLESHEET, client, error, reply::raw},
        branding,
    },
    embed,
    page::{again, words},
    presentation::Presentation,
};

/// A page of a form, which nobody keeps and the sites that the form names may frame; or what our script draws on them.
pub(super) fn page(
    request: &HttpRequest,
    (status, document): (u16, &PageDocument),
    (open, presentation): (&Open, &Presentation),
    is_sent: bool,
) -> HttpResponse {
    let mut answer = match presentation {
        Presentation::Part(base) => embed::part(status, document, (open, base), is_sent),
        Presentation::Page | Presentation::Frame => own_page(status, document, (open, presentation), is_sent),
    };
    share(request, &mut answer, open);
    answer
}

fn own_page(status: u16, document: &PageDocument, (open, presentation): (&Open, &Presentation), is_sent: bool) -> HttpResponse {
    let sheets: Vec<_> = [STYLESHEET.to_owned()].into_iter().chain(document.branding.as_ref().map(branding::address)).collect();
    let scripts = embed::scripts(open, presentation, is_sent);
    let mut answer = raw(status, document.page_with(&sheets, &scripts));
    let frames = match &open.settings.allowed_origins[..] {
        [] => "*".to_owned(),
        some => format!("'self' {}", some.join(" ")),
    };
    let scripts = if scripts.is_empty() { "" } else { " script-src 'self';" };
    let policy = format!(
        "default-src 'none';{scripts} img-src 'self'; media-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {frames}"
    );
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("content-security-policy", policy.as_str()),
        ("cache-control", "no-store"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("x-content-type-options", "nosniff"),
        ("content-language", open.language.as_str()),
    ] {
        put(&mut answer, name, value);
    }
    answer
}

pub(super) fn put(answer: &mut HttpResponse, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

/// Lets a page of another site read an answer: never with credentials.
pub(super) fn share(request: &HttpRequest, answer: &mut HttpResponse, open: &Open) {
    put(answer, "vary", "origin");
    match client::header_text(request, header::ORIGIN.as_str()) {
        Some(_) if open.settings.allowed_origins.is_empty() => put(answer, "access-control-allow-origin", "*"),
        Some(origin) if open.settings.allows(origin) => put(answer, "access-control-allow-origin", origin),
        _ => {}
    }
}

/// The answer to what came as JSON.
pub(super) fn json(outcome: &SubmitOutcome, open: &Open, id: &str) -> HttpResponse {
    let lang = words(open);
    let refused = |status, reason: &'static str, key: &str| error::plain(status, lang.t(key).to_string(), Some(reason), Vec::new(), id);
    match outcome {
        SubmitOutcome::Stored(id) => {
            let own = open.settings.thanks(&open.language, &open.locales());
            let message = if own.is_empty() { lang.t("submit-thanks").to_string() } else { own.to_owned() };
            raw(201, json!({ "id": id, "message": message, "redirect": open.settings.gc_url_redirect }).to_string())
        }
        SubmitOutcome::Wrong(wrong) => error::answer(&Error::Invalid(Faults(wrong.iter().map(Wrong::fault).collect())), id),
        SubmitOutcome::Again(why) => refused(422, "send_again", again(*why)),
        SubmitOutcome::Blocked(reason) => refused(403, reason, "submit-blocked"),
        SubmitOutcome::Already => refused(409, "already_sent", "submit-already"),
        SubmitOutcome::Closed => refused(409, "form_closed", "submit-closed"),
    }
}
