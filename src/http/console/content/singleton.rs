//! What an app has one of: its landing page and the like, all in one list. Each has the page that other entries have.

use askama::Template;

use crate::{
    domain::{Error, Result},
    http::console::base::{
        chrome::Chrome,
        link::AppLink,
        page_route::{PageRoute, get},
        request::PageRequest,
        response::render,
    },
    service::content::{entry_list::Row, place::singleton},
    store::Tx,
};

use super::entry_list::frame_of_app;

#[derive(Template)]
#[template(path = "content/singleton/list.html")]
struct List {
    c: Chrome,
    app: AppLink,
    rows: Vec<Row>,
    /// Whether the project has several languages.
    translated: bool,
    base: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![get("/o/{org}/p/{project}/{type}/{app}/special", list)]
}

fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, app, at) = frame_of_app(request, tx)?;
    let rows = singleton::all(tx, request.actor()?, at, app.app_type)?;
    if rows.is_empty() {
        return Err(Error::NotFound("page"));
    }
    let base = c.app_base(&app);
    let translated = rows.iter().any(|row| row.shares.len() > 1);
    render(&List { c, app, rows, translated, base })
}
