//! Apps of a project: add, the page of one with the settings of its type, to the trash and back. The settings of their project
//! list them.

use askama::Template;
use serde_json::{Map, Value};

use crate::{
    domain::{
        Result,
        access::Permission,
        content::{held_by, kinds::names},
        error::Fault,
        id::{AppPath, BrandingId, EntryId},
        listing::{Listing, PAGE_SIZE_MAX},
        project::app::{App, AppType, Draft, Patch, Setting, SettingType},
        text::EMAIL_MAX,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::{Choice, Form},
        link::AppLink,
        page_route::{PageRoute, form, post},
        request::PageRequest,
        response::render,
    },
    service::{
        content::reference,
        project::{app, branding},
    },
    store::{Tx, project::branding::BRANDINGS},
};

use super::project::settings_page;

#[derive(Template)]
#[template(path = "project/app/settings.html")]
struct One {
    c: Chrome,
    app: AppLink,
    form: Form,
    settings: Vec<SettingField>,
    /// The brandings of the project.
    brandings: Vec<Choice>,
    /// When it was read, so that two tabs do not overwrite each other.
    seen: String,
    back: String,
}

/// A setting of the type's schema as a field of the form.
struct SettingField {
    setting: &'static Setting,
    /// The name of its field.
    field: String,
    label: String,
    hint: String,
    /// What it is chosen from, if it is: ids and names.
    choices: Vec<(String, String)>,
}

impl SettingField {
    const fn is_email(&self) -> bool {
        matches!(self.setting.holds, SettingType::Email)
    }

    const fn is_choice(&self) -> bool {
        matches!(self.setting.holds, SettingType::Layout)
    }

    /// Most characters.
    const fn max(&self) -> usize {
        match self.setting.holds {
            SettingType::Text { max } => max,
            SettingType::Email | SettingType::Layout => EMAIL_MAX,
        }
    }
}

/// The page on which the forms stand that add an app or move one to the trash and back.
const SETTINGS: &str = "/o/{org}/p/{project}/settings";

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![
        post("/o/{org}/p/{project}/settings/apps", redraw, add).shown_at(SETTINGS).does("add-app"),
        post("/o/{org}/p/{project}/settings/apps/{id}/trash", redraw, trash).shown_at(SETTINGS).does("trash-app"),
        post("/o/{org}/p/{project}/settings/apps/{id}/restore", redraw, restore).shown_at(SETTINGS).does("restore-app"),
    ];
    pages.extend(form("/o/{org}/p/{project}/settings/apps/{id}", one_page, change));
    pages.into_iter().map(|page| page.needs(Permission::ProjectManage)).collect()
}

fn redraw(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    settings_page(request, tx, None, typed)
}

fn place(request: &PageRequest) -> Result<AppPath> {
    let (org, project) = request.project()?;
    Ok((org, project, request.id_of("id", "app")?))
}

/// Where the settings of the project are.
fn settings(request: &PageRequest) -> String {
    format!("/o/{}/p/{}/settings", request.param("org"), request.param("project"))
}

/// Says what was done to which app.
fn message(request: &PageRequest, words: &str, name: &str) -> String {
    request.locale.lang.t(words).s("name", name).to_string()
}

fn add(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let at = request.project()?;
    let app_type = AppType::from_word(request.form.text("appType")).ok_or_else(|| Fault::new("appType", "required", "Choose a type."))?;
    let draft = Draft { app_type, name: request.form.text("appName").into(), slug: None, description: None };
    let made = app::create(tx, request.actor()?, at, &draft)?;
    Ok(Done::Say(settings(request), message(request, "project-app-added", &made.name)))
}

fn one_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, org, at) = Chrome::project(request, tx)?;
    let app = app::get(tx, request.actor()?, (org.id, at.id, request.id_of("id", "app")?))?;
    let mut layouts = Vec::new();
    for kind in held_by(tx.kinds(), app.app_type).filter(|kind| kind.content_type == names::LAYOUT) {
        layouts = reference::choices(tx, request.actor()?, (org.id, at.id, app.id), kind, names::LAYOUT)?;
    }
    let settings = app.app_type.settings().iter().map(|setting| setting_field(&c, setting, &layouts)).collect();
    let all = Listing { page_size: PAGE_SIZE_MAX, order: BRANDINGS.order, ..Listing::default() };
    let brandings = branding::list(tx, request.actor()?, (org.id, at.id), &all)?.items;
    let brandings = brandings.into_iter().map(|one| Choice { id: one.id.to_string(), name: one.name }).collect();
    let form = typed.cloned().unwrap_or_else(|| form_of(&app));
    let (seen, back) = (form.filled_from("seen", app.updated_at), format!("{}/settings", c.project_base()));
    let app = AppLink { id: app.id, name: app.name, slug: app.slug, app_type: app.app_type };
    render(&One { c, app, form, settings, brandings, seen, back })
}

/// Words for a setting where there are some: a new one needs none to be shown.
fn setting_field(c: &Chrome, setting: &'static Setting, layouts: &[(EntryId, String)]) -> SettingField {
    let key = format!("app-setting-{}", setting.name.to_lowercase());
    let words = |key: &str, otherwise: &str| if c.locale().lang.has(key) { c.t(key).to_string() } else { otherwise.to_owned() };
    let (label, hint) = (words(&key, setting.name), words(&format!("{key}-hint"), setting.help));
    let layouts = layouts.iter().filter(|_| setting.holds == SettingType::Layout);
    let choices = layouts.map(|(id, name)| (id.to_string(), name.clone())).collect();
    SettingField { setting, field: format!("settings.{}", setting.name), label, hint, choices }
}

fn form_of(app: &App) -> Form {
    let form = Form::of([("name", app.name.clone()), ("slug", app.slug.clone())]);
    let form = form.and("description", app.description.clone().unwrap_or_default());
    let form = form.and("brandingId", app.branding.map(|id| id.to_string()).unwrap_or_default());
    let set = app.settings.iter().filter_map(|(name, value)| Some((format!("settings.{name}"), value.as_str()?)));
    set.fold(form, |form, (name, value)| form.and(&name, value))
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let at = place(request)?;
    let form = &request.form;
    let patch = Patch {
        name: Some(form.text("name").into()),
        slug: Some(form.text("slug").into()),
        description: Some(form.optional("description")),
        branding_id: form.all("brandingId").first().map(|typed| bound(typed)).transpose()?,
    };
    let value = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
    let settings: Map<_, _> = form.under("settings.").map(|(name, text)| (name.to_owned(), value(text))).collect();
    let seen = form.text("seen").parse().unwrap_or_default();
    let changed = app::configure(tx, request.actor()?, at, (&patch, &settings), seen)?;
    Ok(Done::Say(request.path().to_owned(), message(request, "project-app-saved", &changed.name)))
}

/// The branding that was chosen; none for that of the project.
fn bound(typed: &str) -> Result<Option<BrandingId>> {
    let wrong = |_| Fault::new("brandingId", "malformed", "brandingId must be the id of a branding.");
    if typed.is_empty() { Ok(None) } else { Ok(Some(typed.parse().map_err(wrong)?)) }
}

fn trash(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let at = place(request)?;
    let gone = app::delete(tx, request.actor()?, at)?;
    let restore = format!("{}/apps/{}/restore", settings(request), gone.id);
    Ok(Done::Undo(settings(request), message(request, "project-app-trashed", &gone.name), restore))
}

fn restore(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project, id) = place(request)?;
    let restored = app::restore(tx, request.actor()?, (org, project), id)?;
    Ok(Done::Say(settings(request), message(request, "project-app-restored", &restored.name)))
}
