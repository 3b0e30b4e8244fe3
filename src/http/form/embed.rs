//! Forms on pages of other sites: what our script gets to draw one in place, and the scripts themselves. None of them keeps anything in a browser.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
    web,
};
use serde_json::json;

use crate::{
    domain::content::render::document::PageDocument,
    http::{
        base::{
            assets::{self, STYLESHEET},
            observed::{meter::RouteMeter, observe::observed},
            reply::raw,
            state::State,
        },
        branding,
    },
    service::form::{submit::Open, words::Words},
};

use super::presentation::Presentation;

/// The script for pages of other sites. Its number is that of what such a page says to it: its content may change, that may not.
pub const SCRIPT: &str = "/form.v1.js";
/// The scripts that pages of forms load from here, by their fingerprints.
pub const SCRIPTS: &str = "/static/{fingerprint}/embed/{name}";
/// What a page in a frame tells its height with.
const FRAME: &str = "embed/frame.js";
/// What draws forms on pages of other sites, and does the work that they ask for.
const FORM: &str = "embed/form.js";

/// Mounts `GET /form.v1.js`.
pub(super) fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    let (shared, meter) = (state.clone(), state.meters.route("GET", SCRIPT));
    let sent = move |request: HttpRequest| serve(request, shared.clone(), meter.clone());
    config.service(web::resource(SCRIPT).route(web::get().to(sent.clone())).route(web::head().to(sent)));
}

async fn serve(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |_| Ok(script(&request))).await
}

/// The script, for pages of every site.
pub fn script(request: &HttpRequest) -> HttpResponse {
    let mut answer = assets::serve_file(request, FORM, "public, max-age=3600");
    for (name, value) in [("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin")] {
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    answer
}

/// Where somebody is led after sending, if that is a page: as it is stored, for a page of the site.
pub(super) fn redirect(open: &Open) -> Option<&str> {
    open.settings.gc_url_redirect.as_deref().filter(|to| to.starts_with("http") || to.starts_with('/'))
}

/// What our script draws: the form as its own page shows it, the stylesheets of that, and what comes after it is sent.
pub(super) fn part(status: u16, document: &PageDocument, (open, base): (&Open, &str), is_sent: bool) -> HttpResponse {
    let words = Words::of(&open.settings, &open.language, &open.locales());
    let sheets: Vec<_> = [STYLESHEET.to_owned()].into_iter().chain(document.branding.as_ref().map(branding::address)).collect();
    let body = json!({
        "html": document.content.html,
        "language": open.language,
        "styles": sheets.iter().map(|sheet| format!("{base}{sheet}")).collect::<Vec<_>>(),
        "offline": words.lang.t("submit-offline").to_string(),
        "sent": is_sent,
        "redirect": redirect(open).filter(|_| is_sent),
        "closeDialog": is_sent && open.settings.close_dialog_on_complete,
    });
    let mut answer = raw(status, body.to_string());
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// The scripts of a page: in a frame the one that tells its height, with what comes after it is sent, since only the page around the frame can lead on
/// or close its dialog; and where the browser is asked for work, the one that does it. Other pages have none.
pub(super) fn scripts(open: &Open, presentation: &Presentation, is_sent: bool) -> Vec<Vec<(&'static str, String)>> {
    let mut all = Vec::new();
    if *presentation == Presentation::Frame {
        let mut frame = vec![("src", assets::address(FRAME))];
        if is_sent {
            frame.push(("data-sent", open.form.id.to_string()));
            frame.extend(redirect(open).map(|to| ("data-redirect", to.to_owned())));
            frame.extend(open.settings.close_dialog_on_complete.then(|| ("data-close", "yes".to_owned())));
        }
        all.push(frame);
    }
    if open.settings.captcha_enabled && !is_sent {
        all.push(vec![("src", assets::address(FORM)), ("data-work", "yes".to_owned())]);
    }
    all
}
