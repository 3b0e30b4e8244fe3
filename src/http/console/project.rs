//! Projects: list, make, dashboard, settings.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        app::{App, AppType, Draft as AppDraft},
        content::KINDS,
        error::Fault,
        id::OrgId,
        listing::Listing,
        project::{Draft, Patch, Project},
    },
    service::{app, content, invitation, key, project},
    store::{Tx, invitation::INVITATIONS, key::Shown, project::PROJECTS},
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
#[template(path = "project/dashboard.html")]
struct Dashboard {
    c: Chrome,
    description: String,
    /// For each kind of each website: app, words of the kind, address, how many, how many of them drafts.
    counts: Vec<Count>,
    /// What needs somebody: words, how many, where.
    attention: Vec<Attention>,
    first_steps: bool,
}

/// Something that needs somebody.
struct Attention {
    icon: &'static str,
    words: &'static str,
    count: u64,
    to: String,
}

/// How many entries of a kind an app has.
struct Count {
    app: String,
    words: &'static str,
    to: String,
    total: u64,
    drafts: u64,
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
    let mut pages = vec![get("/o/{org}", list), get("/o/{org}/p/{project}", dashboard)];
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

fn dashboard(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let (c, org, at) = Chrome::project(visit, tx)?;
    let actor = visit.actor()?;
    let mut counts = Vec::new();
    let one = Listing { page_size: 1, lite: true, ..Listing::default() };
    for app in at.apps.iter().filter(|_| c.can("project:read")) {
        for kind in KINDS.iter().filter(|kind| kind.app_type == app.app_type) {
            let place = (org.id, at.id, app.id);
            let drafts = Listing::parse(&kind.listing, &[], &[("status".into(), "draft".into()), ("pageSize".into(), "1".into())])
                .map_err(Error::Invalid)?;
            counts.push(Count {
                app: app.name.clone(),
                words: kind.segment,
                to: format!("{}/{}", c.app_base(app), kind.segment),
                total: content::list(tx, actor, place, kind, &one, None)?.total,
                drafts: content::list(tx, actor, place, kind, &Listing { lite: true, ..drafts }, None)?.total,
            });
        }
    }
    let description = project::get(tx, actor, (org.id, at.id))?.description.unwrap_or_default();
    let first_steps = counts.iter().all(|count| count.total == 0);
    let attention = attention(visit, tx, &c, org.id, &counts)?;
    render(&Dashboard { c, description, counts, attention, first_steps })
}

/// Drafts, keys that end within a week, and invitations that nobody has accepted; as far as the person may see them.
fn attention(visit: &Visit, tx: &mut Tx<'_>, c: &Chrome, org: OrgId, counts: &[Count]) -> Result<Vec<Attention>> {
    let drafts = counts.iter().filter(|count| count.drafts > 0);
    let drafts =
        drafts.map(|one| Attention { icon: "file-pen-line", words: one.words, count: one.drafts, to: format!("{}?status=draft", one.to) });
    let mut found: Vec<_> = drafts.collect();
    if c.org_can("access:read") {
        let one = Listing { page_size: 1, ..Listing::default() };
        let keys = key::list(tx, visit.actor()?, org, None, Shown::Expiring, &one)?.total;
        found.push(Attention { icon: "clock-alert", words: "keys", count: keys, to: format!("{}/keys?status=expiring", c.settings()) });
        let open = Listing::parse(&INVITATIONS, &[], &[("acceptedAt_isnull".into(), "true".into()), ("pageSize".into(), "1".into())])
            .map_err(Error::Invalid)?;
        let open = invitation::list(tx, visit.actor()?, org, &open)?.total;
        found.push(Attention { icon: "mail", words: "invitations", count: open, to: format!("{}/invitations", c.settings()) });
    }
    found.retain(|one| one.count > 0);
    Ok(found)
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
