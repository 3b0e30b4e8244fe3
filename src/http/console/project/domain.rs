//! Domains of a project: the list with the record of each, a new one, checked, made the primary one, and given up.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{
        Result,
        access::Permission,
        error::Fault,
        id::{AppId, DomainId, ProjectPath},
        listing::{Listing, PAGE_SIZE_MAX},
        project::domain::{Domain, Draft, Patch, token},
    },
    http::console::base::{
        chrome::Chrome,
        done::{Done, finish},
        form::{Choice, Form},
        page_route::{PageRoute, again, custom, form, get, post, read},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::project::{app, domain},
    store::{Tx, project::domain::DOMAINS},
};

#[derive(Template)]
#[template(path = "project/domain/list.html")]
struct List {
    c: Chrome,
    form: Form,
    domains: Vec<Domain>,
    /// What the record of each says.
    value: String,
    pager: Pager,
    search: String,
    here: String,
}

#[derive(Template)]
#[template(path = "project/domain/new.html")]
struct New {
    c: Chrome,
    form: Form,
    apps: Vec<Choice>,
    back: String,
}

#[derive(Template)]
#[template(path = "project/domain/delete.html")]
struct Delete {
    c: Chrome,
    domain: Domain,
    back: String,
}

/// Where the list is.
const LIST: &str = "/o/{org}/p/{project}/domains";

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![
        get(LIST, |request, tx| list(request, tx, None)),
        post("/o/{org}/p/{project}/domains/{id}/primary", list, make_primary).shown_at(LIST).does("primary-domain"),
        custom(Method::POST, "/o/{org}/p/{project}/domains/{id}/verify", verify).shown_at(LIST).does("verify-domain"),
    ];
    pages.extend(form("/o/{org}/p/{project}/domains/new", new_page, add));
    pages.extend(form("/o/{org}/p/{project}/domains/{id}/delete", delete_page, delete));
    pages.into_iter().map(|page| page.needs(Permission::ProjectManage)).collect()
}

/// The frame of these pages, and where the list is.
fn frame(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Chrome, ProjectPath, String)> {
    let (c, org, at) = Chrome::project(request, tx)?;
    let here = format!("{}/domains", c.project_base());
    Ok((c, (org.id, at.id), here))
}

fn id(request: &PageRequest) -> Result<DomainId> {
    request.id_of("id", "domain")
}

fn list(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, here) = frame(request, tx)?;
    let page = domain::list(tx, request.actor()?, at, &request.listing(&DOMAINS, &[])?)?;
    let search = request.query("search").unwrap_or_default().to_owned();
    let (pager, form) = (Pager::of(request, &page)?, typed.cloned().unwrap_or_default());
    render(&List { c, form, domains: page.items, value: token(at.1), pager, search, here })
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, back) = frame(request, tx)?;
    let all = Listing { page_size: PAGE_SIZE_MAX, ..Listing::default() };
    let apps = app::list(tx, request.actor()?, at, &all)?.items;
    let apps = apps.into_iter().map(|app| Choice { id: app.id.to_string(), name: app.name }).collect();
    render(&New { c, form: typed.cloned().unwrap_or_default(), apps, back })
}

fn list_of(request: &PageRequest) -> String {
    format!("/o/{}/p/{}/domains", request.param("org"), request.param("project"))
}

/// Back to the list, with what was done to which name.
fn back(request: &PageRequest, words: &str, domain: &Domain) -> Done {
    Done::Say(list_of(request), request.locale.lang.t(words).s("name", domain.display()).to_string())
}

fn add(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let wrong = |_| Fault::new("appId", "malformed", "appId must be the id of an app.");
    let app_id: Option<AppId> = request.form.optional("appId").map(|typed| typed.parse().map_err(wrong)).transpose()?;
    let draft = Draft { hostname: request.form.text("hostname").into(), app_id };
    let made = domain::create(tx, request.actor()?, request.project()?, &draft, request.state.hosts.own())?;
    Ok(back(request, "domain-added", &made))
}

fn make_primary(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let patch = Patch { is_primary: Some(true), app_id: None };
    let changed = domain::update(tx, request.actor()?, request.project()?, id(request)?, &patch)?;
    Ok(back(request, "domain-is-primary", &changed))
}

/// The servers of names are asked between two transactions.
async fn verify(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let (at, id) = (request.project()?, id(&request)?);
    let wanted = read(&request, move |request, tx| domain::to_verify(tx, request.actor()?, at, id)).await?;
    let found = request.state.names.texts(wanted.record()).await;
    let writing = request.clone();
    let settled = request.write(move |tx| domain::verify(tx, writing.actor()?, at, id, &found)).await?;
    match settled.wrong {
        None => finish(&request, back(&request, "domain-verified", &settled)).await,
        Some(wrong) => {
            let why = Fault::new("record", wrong.word(), wrong.sentence());
            again(&request, why.into(), |request, tx, typed| list(request, tx, Some(typed))).await
        }
    }
}

fn delete_page(request: &PageRequest, tx: &mut Tx<'_>, _typed: Option<&Form>) -> Result<String> {
    let (c, at, back) = frame(request, tx)?;
    let domain = domain::get(tx, request.actor()?, at, id(request)?)?;
    render(&Delete { c, domain, back })
}

fn delete(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    if !request.form.ticked("sure") {
        return Err(Fault::new("sure", "required", "Say that it is meant.").into());
    }
    let gone = domain::delete(tx, request.actor()?, request.project()?, id(request)?)?;
    Ok(back(request, "domain-gone", &gone))
}
