//! What people without an account see where something is refused at an address for them: a page of their language. A program, which does not
//! ask for HTML, gets the answer of the API.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode, header},
};
use serde_json::json;

use crate::{
    domain::{
        Error, Result,
        content::{
            Locales,
            render::{document::PageDocument, links::Nowhere, tree::render},
        },
    },
    http::base::{assets::STYLESHEET, client, error, state::State},
    service::i18n::Lang,
};

use super::{
    meter::RouteMeter,
    observe::{Observed, observed},
};

/// Nothing runs or loads in it, and whoever frames a form may frame it.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";
/// What is told as a page; what else is wrong is for those who write a form or a front-end.
const TOLD: [u16; 4] = [404, 429, 500, 503];

/// Answers a request at an address for visitors, as [`observed`] does.
pub async fn visited<'r>(
    state: &'r State,
    request: &HttpRequest,
    meter: Option<&'r RouteMeter>,
    answer: impl AsyncFnOnce(&mut Observed<'r>) -> Result<HttpResponse>,
) -> HttpResponse {
    let answer = async |observed: &mut Observed<'r>| match answer(observed).await {
        Err(failure) if wants_page(request) && TOLD.contains(&error::status(&failure)) => Ok(refusal(request, &failure, &observed.id)),
        other => other,
    };
    observed(state, request, meter, answer).await
}

/// Whether a browser shows the answer to a person.
pub fn wants_page(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    *request.method() != Method::OPTIONS && accept.contains("text/html")
}

/// The language of the address, or that of the browser.
fn language(request: &HttpRequest) -> Lang {
    let query = client::query(request).unwrap_or_default();
    let asked = query.iter().find(|(name, _)| name == "locale").and_then(|(_, tag)| Lang::from_tag(tag));
    let liked = || request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| Lang::accepted(value.to_str().ok()?));
    asked.or_else(liked).unwrap_or(Lang::ALL[0])
}

fn refusal(request: &HttpRequest, failure: &Error, id: &str) -> HttpResponse {
    error::log(failure, id);
    let (lang, status) = (language(request), error::status(failure));
    let said = format!("{}\n\n{}", lang.t(&format!("error-text-{status}")), lang.t("error-request").s("id", id));
    let text = json!({ "id": "said", "type": "text", "data": { "markdown": said } });
    let tree = json!([{ "id": "said", "columns": [{ "id": "column", "blocks": [text] }] }]).to_string();
    let locales = Locales { default: lang.tag(), enabled: &[] };
    let content = render(&tree, lang.tag(), &locales, &Nowhere).unwrap_or_default();
    let title = lang.t(&format!("error-title-{status}")).to_string();
    let document = PageDocument { title, language: lang.tag().to_owned(), content, ..PageDocument::default() };
    let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "accept, accept-language"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CONTENT_LANGUAGE, lang.tag()))
        .body(document.page(&[STYLESHEET.to_owned()]));
    error::retry_after(&mut answer, failure.wait());
    error::mark(&mut answer, error::word(failure));
    answer
}
