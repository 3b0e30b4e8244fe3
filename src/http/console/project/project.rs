//! Projects: list, make, settings with languages and apps.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::Permission,
        content::block::UnknownBlocks,
        language::{self, LANGUAGES},
        listing::Listing,
        project::{
            app::{App, AppType, Draft as AppDraft},
            project::{Draft, Patch, Project},
        },
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, form, get},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::project::{app, project},
    store::{Tx, project::project::PROJECTS},
};

#[derive(Template)]
#[template(path = "project/project/list.html")]
struct List {
    c: Chrome,
    projects: Vec<Project>,
    pager: Pager,
    search: String,
}

#[derive(Template)]
#[template(path = "project/project/new.html")]
struct New {
    c: Chrome,
    form: Form,
    langs: Languages,
    types: [AppType; 3],
}

/// The languages of a form: what can be chosen, and what is.
pub struct Languages {
    /// Those of the project as it is, first; tag and own name.
    pub own: Vec<(String, String)>,
    /// All others that are known.
    pub others: Vec<(String, String)>,
    /// Those that were typed and are not known, as they were typed.
    pub typed: String,
    /// The default language is typed, too.
    pub other_default: bool,
}

#[derive(Template)]
#[template(path = "project/project/settings.html")]
struct Settings {
    c: Chrome,
    form: Form,
    langs: Languages,
    adding: Form,
    types: [AppType; 3],
    apps: Vec<App>,
    trashed: Vec<App>,
    /// When it was read, so that two tabs do not overwrite each other.
    seen: String,
}

impl Settings {
    const fn unknown_blocks(&self) -> &'static [&'static str] {
        UnknownBlocks::WORDS
    }
}

#[derive(Template)]
#[template(path = "project/project/delete.html")]
struct Delete {
    c: Chrome,
    form: Form,
    name: String,
}

/// Most apps that the settings list.
const MOST_APPS: u32 = 100;

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![get("/o/{org}", list)];
    pages.extend(form("/o/{org}/projects/new", new_page, make).map(|page| page.needs(Permission::ProjectCreate)));
    let settings = form("/o/{org}/p/{project}/settings", |request, tx, typed| settings_page(request, tx, typed, None), change);
    pages.extend(settings.map(|page| page.needs(Permission::ProjectManage)));
    let deletion = form("/o/{org}/p/{project}/settings/delete", delete_page, delete);
    pages.extend(deletion.map(|page| page.needs(Permission::ProjectDelete).fresh()));
    pages
}

fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(request, tx)?;
    let listing = request.listing(&PROJECTS, &[])?;
    let page = project::list(tx, request.actor()?, at.id, &listing)?;
    let pager = Pager::of(request, &page)?;
    render(&List { c, projects: page.items, pager, search: request.query("search").unwrap_or_default().to_owned() })
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _) = Chrome::org(request, tx)?;
    let fresh = || Form::of([("defaultLocale", c.lang().to_owned()), ("apps", AppType::SITE.word().to_owned())]);
    let form = typed.cloned().unwrap_or_else(fresh);
    render(&New { c, langs: Languages::of(&form, &[]), form, types: AppType::ALL })
}

impl Languages {
    /// What a form offers whose project has `own` languages.
    fn of(form: &Form, own: &[String]) -> Self {
        let named = |tag: &str| (tag.to_owned(), language::name(tag).to_owned());
        let known = |tag: &str| LANGUAGES.iter().any(|(known, _)| *known == tag) || own.iter().any(|one| one == tag);
        let others = LANGUAGES.iter().filter(|(tag, _)| !own.iter().any(|one| one == tag)).map(|(tag, _)| named(tag)).collect();
        let typed: Vec<_> = tags(form).into_iter().filter(|tag| !known(tag)).collect();
        let default = form.text("defaultLocale");
        let other_default = default == OTHER || !known(default);
        Self { own: own.iter().map(|tag| named(tag)).collect(), others, typed: typed.join(", "), other_default }
    }
}

/// The choice of a default language that is not among those that are offered.
const OTHER: &str = "other";

/// The default language that was chosen or typed.
fn default_locale(form: &Form) -> String {
    let chosen = form.text("defaultLocale");
    if chosen == OTHER { form.text("otherLocale").to_owned() } else { chosen.to_owned() }
}

/// The language tags that were ticked, and those that were typed, parted by commas or blanks.
fn tags(form: &Form) -> Vec<String> {
    let all = form.all("enabledLocales").into_iter().flat_map(|text| text.split([',', ' ']));
    all.map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// The apps to begin with, named as their types are called.
fn apps(request: &PageRequest) -> Vec<AppDraft> {
    let named = |app_type: AppType| AppDraft {
        app_type,
        name: request.locale.lang.t(&format!("app-type-{}", app_type.segment())).to_string(),
        slug: Some(app_type.segment().to_owned()),
        description: None,
    };
    AppType::ALL.into_iter().filter(|app_type| request.form.has("apps", app_type.word())).map(named).collect()
}

fn make(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    let form = &request.form;
    let draft = Draft {
        name: form.text("name").into(),
        slug: form.optional("slug"),
        description: None,
        default_locale: Some(default_locale(form)),
        enabled_locales: Some(tags(form)),
    };
    let made = project::create_with(tx, request.actor()?, org, &draft, &apps(request))?;
    Ok(Done::See(format!("/o/{}/p/{}", request.param("org"), made.slug)))
}

/// The settings with the form of the project as `typed` and that of its apps as `adding`.
///
/// # Errors
/// Denied, for who may not change them.
pub fn settings_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>, adding: Option<&Form>) -> Result<String> {
    let (c, org, at) = Chrome::project(request, tx)?;
    let now = project::get(tx, request.actor()?, (org.id, at.id))?;
    let stored = || {
        let form = Form::of([("name", now.name.clone()), ("slug", now.slug.clone()), ("defaultLocale", now.default_locale.clone())]);
        let form = form.and("description", now.description.clone().unwrap_or_default()).and("unknownBlocks", now.unknown_blocks.word());
        now.locales.iter().fold(form, |form, tag| form.and("enabledLocales", tag.as_str()))
    };
    let form = typed.cloned().unwrap_or_else(stored);
    let all = Listing { page_size: MOST_APPS, ..Listing::default() };
    let mut apps = app::list(tx, request.actor()?, (org.id, at.id), &all)?.items;
    apps.reverse();
    let trashed = app::list_trashed(tx, request.actor()?, (org.id, at.id), &all)?.items;
    let (langs, seen) = (Languages::of(&form, &now.locales), form.filled_from("seen", now.updated_at));
    render(&Settings { c, form, langs, adding: adding.cloned().unwrap_or_default(), types: AppType::ALL, apps, trashed, seen })
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let at = request.project()?;
    let form = &request.form;
    let patch = Patch {
        name: Some(form.text("name").into()),
        slug: Some(form.text("slug").into()),
        description: Some(form.optional("description")),
        default_locale: Some(default_locale(form)),
        enabled_locales: Some(tags(form)),
        unknown_blocks: UnknownBlocks::from_word(form.text("unknownBlocks")),
        ..Patch::default()
    };
    // What is no moment was not written by this page: it is as stale as can be.
    let seen = form.text("seen").parse().unwrap_or_default();
    let changed = project::update(tx, request.actor()?, at, &patch, Some(seen))?;
    Ok(Done::Say(format!("/o/{}/p/{}/settings", request.param("org"), changed.slug), request.locale.lang.t("saved").to_string()))
}

fn delete_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _, at) = Chrome::project(request, tx)?;
    render(&Delete { c, form: typed.cloned().unwrap_or_default(), name: at.name })
}

fn delete(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    project::delete(tx, request.actor()?, request.project()?, Some(request.form.text("typed")))?;
    Ok(Done::Say(format!("/o/{}", request.param("org")), request.locale.lang.t("project-deleted").to_string()))
}
