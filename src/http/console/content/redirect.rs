//! Redirects of a site: all of them, a dialog that makes one, and a button that ends one.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Permission,
        content::site::redirect::{Draft, Redirect, STATUSES},
        id::{AppPath, RedirectId},
        project::app::AppType,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        link::AppLink,
        page_route::{PageRoute, form, get, post},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::content::site::redirect,
    store::{Tx, content::site::redirect::REDIRECTS},
};

use super::entry_list::frame_of_app;

const LIST: &str = "/o/{org}/p/{project}/{type}/{app}/redirects";

#[derive(Template)]
#[template(path = "content/redirect/list.html")]
struct List {
    c: Chrome,
    app: AppLink,
    /// What was wrong with the form of one of them.
    form: Form,
    redirects: Vec<Redirect>,
    pager: Pager,
    search: String,
    here: String,
}

#[derive(Template)]
#[template(path = "content/redirect/new.html")]
struct New {
    c: Chrome,
    app: AppLink,
    form: Form,
    statuses: [i64; 4],
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let shown = get(LIST, |request, tx| list(request, tx, None));
    let made = form("/o/{org}/p/{project}/{type}/{app}/redirects/new", new, make);
    let ended = post("/o/{org}/p/{project}/{type}/{app}/redirects/{redirect}/end", list, end).shown_at(LIST).does("end-redirect");
    let written = made.into_iter().chain([ended]).map(|page| page.needs(Permission::EntryWrite));
    // Whoever may not write reads it.
    [shown].into_iter().chain(written).collect()
}

/// Where the redirects of the path are, and of which type of app.
fn at(request: &PageRequest) -> Result<(AppPath, AppType)> {
    let of = AppType::from_segment(request.param("type")).filter(|of| of.has_redirects()).ok_or(Error::NotFound("page"))?;
    Ok((request.app()?, of))
}

fn list(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let at = at(request)?;
    let (c, app, _) = frame_of_app(request, tx)?;
    let listing = request.listing(&REDIRECTS, &[])?;
    let page = redirect::list(tx, request.actor()?, at, &listing)?;
    let pager = Pager::of(request, &page)?;
    let search = request.query("search").unwrap_or_default().to_owned();
    let here = format!("{}/redirects", c.app_base(&app));
    render(&List { c, app, form: typed.cloned().unwrap_or_default(), redirects: page.items, pager, search, here })
}

fn new(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    at(request)?;
    let (c, app, _) = frame_of_app(request, tx)?;
    let back = format!("{}/redirects", c.app_base(&app));
    let form = typed.cloned().unwrap_or_else(|| Form::of([("status", "308".to_owned())]));
    render(&New { c, app, form, statuses: STATUSES, back })
}

fn list_of(request: &PageRequest) -> String {
    let of = |name| request.param(name);
    format!("/o/{}/p/{}/{}/{}/redirects", of("org"), of("project"), of("type"), of("app"))
}

fn make(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let text = |name: &str| request.form.text(name).to_owned();
    let draft = Draft { from_path: text("fromPath"), to_path: text("toPath"), status: request.form.text("status").parse().ok() };
    let made = redirect::create(tx, request.actor()?, at(request)?, &draft)?;
    let words = request.locale.lang.t("redirect-made").s("from", made.from_path).s("to", made.to_path).to_string();
    Ok(Done::Say(list_of(request), words))
}

fn end(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let id = request.id_of::<RedirectId>("redirect", "redirect")?;
    let gone = redirect::delete(tx, request.actor()?, at(request)?, id)?;
    Ok(Done::Say(list_of(request), request.locale.lang.t("redirect-ended").s("from", gone.from_path).to_string()))
}
