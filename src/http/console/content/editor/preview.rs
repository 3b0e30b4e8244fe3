//! An entry as readers would see it, with what somebody is still working on: in a frame of three widths.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{Result, content::Kind},
    http::{
        console::{
            base::{
                chrome::Chrome,
                link::AppLink,
                page_route::{PageRoute, custom, get, read},
                request::PageRequest,
                response::render,
            },
            content::{
                entry::id,
                entry_list::{all, frame, kind},
            },
        },
        preview,
    },
    service::content::{entry_list, front::preview as content_preview, working},
    store::Tx,
};

#[derive(Template)]
#[template(path = "content/editor/preview.html")]
struct Preview {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    name: String,
    /// The languages, and which of them is shown.
    locales: Vec<String>,
    locale: String,
    back: String,
    at: String,
}

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    vec![get(all!("/{entry}/preview"), page), custom(Method::GET, all!("/{entry}/preview/page"), document)]
}

fn page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, back) = frame(request, tx)?;
    let row = entry_list::view(tx, request.actor()?, at, kind, id(request)?)?;
    let locales: Vec<_> = row.shares.iter().map(|share| share.tag.clone()).collect();
    let locale = request.query("locale").filter(|tag| locales.iter().any(|one| one == tag)).or(locales.first().map(String::as_str));
    let locale = locale.unwrap_or_default().to_owned();
    let at = format!("{back}/{}", row.entry.id);
    render(&Preview { c, app, kind, name: row.entry.name, locales, locale, back, at })
}

/// What stands in the frame: a page that may do nothing, whatever somebody has written.
async fn document(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let found = read(&request, |request, tx| {
        let target = (kind(request)?, id(request)?);
        let entry = working::copy::get_with_own_edits(tx, request.actor()?, request.app()?, target)?;
        content_preview::document(tx, request.actor()?, &entry, request.query("locale"))
    })
    .await?;
    Ok(preview::answer(&found))
}
