//! The brandings of a project: the list, a new one, the end of one.

use askama::Template;
use serde_json::Map;

use crate::{
    domain::{Result, error::Fault, project::branding as domain},
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, form, get},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::project::branding,
    store::{Tx, project::branding::BRANDINGS},
};

use super::frame::{BrandingRow, apps, find_branding, frame, id, wearers};

#[derive(Template)]
#[template(path = "project/branding/list.html")]
struct List {
    c: Chrome,
    /// Each with the address of its logo, where it is on this server.
    lines: Vec<(BrandingRow, Option<String>)>,
    pager: Pager,
    search: String,
    here: String,
}

#[derive(Template)]
#[template(path = "project/branding/new.html")]
struct New {
    c: Chrome,
    form: Form,
    back: String,
}

#[derive(Template)]
#[template(path = "project/branding/delete.html")]
struct Delete {
    c: Chrome,
    name: String,
    worn_by: Vec<String>,
    list: String,
    back: String,
}

/// The pages of this file.
pub(super) fn pages() -> Vec<PageRoute> {
    let mut pages = vec![get("/o/{org}/p/{project}/branding", list)];
    pages.extend(form("/o/{org}/p/{project}/branding/new", new_page, add));
    pages.extend(form("/o/{org}/p/{project}/branding/{id}/delete", delete_page, delete));
    pages
}

fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at, here) = frame(request, tx)?;
    let page = branding::list(tx, request.actor()?, at, &request.listing(&BRANDINGS, &[])?)?;
    let (first, apps) = (branding::first(tx, request.actor()?, at)?, apps(request, tx, at)?);
    let pager = Pager::of(request, &page)?;
    let mut lines = Vec::with_capacity(page.items.len());
    for branding in page.items {
        let (is_first, logo) = (first == Some(branding.id), branding::mark(tx, request.actor()?, &branding)?);
        lines.push((BrandingRow { worn_by: wearers(&apps, branding.id, is_first), is_first, branding }, logo));
    }
    let search = request.query("search").unwrap_or_default().to_owned();
    render(&List { c, lines, pager, search, here })
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _, back) = frame(request, tx)?;
    render(&New { c, form: typed.cloned().unwrap_or_default(), back })
}

/// Where the list is.
fn list_of(request: &PageRequest) -> String {
    format!("/o/{}/p/{}/branding", request.param("org"), request.param("project"))
}

fn add(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let draft = domain::Draft { name: request.form.text("name").into(), look: Map::new() };
    let made = branding::create(tx, request.actor()?, request.project()?, &draft)?;
    let words = request.locale.lang.t("branding-made").s("name", &made.name).to_string();
    Ok(Done::Say(format!("{}/{}", list_of(request), made.id), words))
}

fn delete_page(request: &PageRequest, tx: &mut Tx<'_>, _typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let BrandingRow { branding, worn_by, .. } = find_branding(request, tx, at)?;
    let back = format!("{list}/{}", branding.id);
    render(&Delete { c, name: branding.name, worn_by, list, back })
}

fn delete(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    if !request.form.ticked("sure") {
        return Err(Fault::new("sure", "required", "Say that it is meant.").into());
    }
    let gone = branding::delete(tx, request.actor()?, request.project()?, id(request)?)?;
    Ok(Done::Say(list_of(request), request.locale.lang.t("branding-gone").s("name", &gone.name).to_string()))
}
