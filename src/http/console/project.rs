//! Projects: list, make, settings.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        app::{App, AppType, Draft as AppDraft},
        error::Fault,
        listing::Listing,
        project::{Draft, Patch, Project},
    },
    service::{app, project},
    store::{Tx, project::PROJECTS},
};

use super::{
    chrome::{self, Chrome},
    form::Form,
    page::{Done, Page, form, get, render},
    pager::Pager,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "project/list.html")]
struct List {
    c: Chrome,
    projects: Vec<Project>,
    pager: Pager,
    search: String,
}

#[derive(Template)]
#[template(path = "project/new.html")]
struct New {
    c: Chrome,
    form: Form,
}

#[derive(Template)]
#[template(path = "project/settings.html")]
struct Settings {
    c: Chrome,
    form: Form,
    adding: Form,
    types: [AppType; 3],
    trashed: Vec<App>,
}

#[derive(Template)]
#[template(path = "project/delete.html")]
struct Delete {
    c: Chrome,
    form: Form,
    name: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    let mut pages = vec![get("/o/{org}", list)];
    pages.extend(form("/o/{org}/projects/new", new_page, make));
    pages.extend(form("/o/{org}/p/{project}/settings", |visit, tx, typed| settings_page(visit, tx, typed, None), change));
    pages.extend(form("/o/{org}/p/{project}/settings/delete", delete_page, delete).map(Page::fresh));
    pages
}

fn list(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let listing = Listing::parse(&PROJECTS, &[], &visit.filled_query()).map_err(Error::Invalid)?;
    let page = project::list(tx, visit.actor()?, at.id, &listing)?;
    let pager = Pager::of(visit, &page);
    render(&List { c, projects: page.items, pager, search: visit.query("search").unwrap_or_default().to_owned() })
}

fn new_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _) = Chrome::org(visit, tx)?;
    let fresh = || Form::of([("defaultLocale", c.lang().to_owned()), ("website", "on".to_owned())]);
    let form = typed.cloned().unwrap_or_else(fresh);
    render(&New { c, form })
}

/// Language tags, parted by commas or blanks.
fn tags(text: &str) -> Vec<String> {
    text.split([',', ' ']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

fn make(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let org = chrome::org_id(visit, tx)?;
    let form = &visit.form;
    let draft = Draft {
        name: form.text("name").into(),
        slug: form.optional("slug"),
        description: None,
        default_locale: form.optional("defaultLocale"),
        enabled_locales: Some(tags(form.text("enabledLocales"))),
    };
    let made = project::create(tx, visit.actor()?, org, &draft)?;
    if form.ticked("website") {
        let website = AppDraft { app_type: AppType::Website, name: "Website".into(), slug: None, description: None };
        app::create(tx, visit.actor()?, (org, made.id), &website)?;
    }
    Ok(Done::See(format!("/o/{}/p/{}", visit.param("org"), made.slug)))
}

/// The settings with the form of the project as `typed` and that of its apps as `adding`.
///
/// # Errors
/// Not found, for who may not change them.
pub fn settings_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>, adding: Option<&Form>) -> Result<String> {
    let (c, org, at) = Chrome::project(visit, tx)?;
    if !c.can("project:manage") {
        return Err(Error::NotFound("page"));
    }
    let now = project::get(tx, visit.actor()?, (org.id, at.id))?;
    let stored = || {
        let form = Form::of([("name", now.name.clone()), ("slug", now.slug.clone()), ("defaultLocale", now.default_locale.clone())]);
        form.and("description", now.description.clone().unwrap_or_default()).and("enabledLocales", now.locales.join(", "))
    };
    let form = typed.cloned().unwrap_or_else(stored);
    let trashed = app::list_trashed(tx, visit.actor()?, (org.id, at.id), &Listing { page_size: 50, ..Listing::default() })?.items;
    render(&Settings { c, form, adding: adding.cloned().unwrap_or_default(), types: AppType::ALL, trashed })
}

fn change(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let at = chrome::project_id(visit, tx)?;
    let form = &visit.form;
    let patch = Patch {
        name: Some(form.text("name").into()),
        slug: form.optional("slug"),
        description: Some(form.optional("description")),
        default_locale: form.optional("defaultLocale"),
        enabled_locales: Some(tags(form.text("enabledLocales"))),
        ..Patch::default()
    };
    let changed = project::update(tx, visit.actor()?, at, &patch)?;
    Ok(Done::Say(format!("/o/{}/p/{}/settings", visit.param("org"), changed.slug), visit.reader.lang.t("saved").to_string()))
}

fn delete_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _, at) = Chrome::project(visit, tx)?;
    render(&Delete { c, form: typed.cloned().unwrap_or_default(), name: at.name })
}

fn delete(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let at = chrome::project_id(visit, tx)?;
    let now = project::get(tx, visit.actor()?, at)?;
    if visit.form.text("typed") != now.name {
        return Err(Fault::new("typed", "not_the_name", "Type the name exactly as it is written above.").into());
    }
    project::delete(tx, visit.actor()?, at)?;
    Ok(Done::Say(format!("/o/{}", visit.param("org")), visit.reader.lang.t("project-deleted").to_string()))
}
