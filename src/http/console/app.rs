//! Apps of a project: add, rename, move to the trash, restore. They are shown among the settings of their project.

use crate::{
    domain::{
        Result,
        app::{AppType, Draft, Patch},
        error::Fault,
        id::AppId,
    },
    service::app,
    store::Tx,
};

use super::{
    chrome,
    form::Form,
    page::{Done, Page, post},
    project::settings_page,
    visit::Visit,
};

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    vec![
        post("/o/{org}/p/{project}/settings/apps", again, add),
        post("/o/{org}/p/{project}/settings/apps/{id}/rename", again, rename),
        post("/o/{org}/p/{project}/settings/apps/{id}/trash", again, trash),
        post("/o/{org}/p/{project}/settings/apps/{id}/restore", again, restore),
    ]
}

fn again(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    settings_page(visit, tx, None, typed)
}

fn id(visit: &Visit) -> Result<AppId> {
    visit.id_of("id", "app")
}

/// Back to the settings, saying what was done to which app.
fn back(visit: &Visit, words: &str, name: &str) -> Done {
    let to = format!("/o/{}/p/{}/settings", visit.param("org"), visit.param("project"));
    Done::Say(to, visit.reader.lang.t(words).s("name", name).to_string())
}

fn add(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let at = chrome::project_id(visit, tx)?;
    let app_type = AppType::from_word(visit.form.text("appType")).ok_or_else(|| Fault::new("appType", "required", "Choose a type."))?;
    let draft = Draft { app_type, name: visit.form.text("appName").into(), slug: None, description: None };
    let made = app::create(tx, visit.actor()?, at, &draft)?;
    Ok(back(visit, "project-app-added", &made.name))
}

fn rename(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project) = chrome::project_id(visit, tx)?;
    let patch = Patch { name: Some(visit.form.text("name").into()), ..Patch::default() };
    let changed = app::update(tx, visit.actor()?, (org, project, id(visit)?), &patch)?;
    Ok(back(visit, "project-app-renamed", &changed.name))
}

fn trash(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project) = chrome::project_id(visit, tx)?;
    let at = (org, project, id(visit)?);
    let gone = app::get(tx, visit.actor()?, at)?;
    app::delete(tx, visit.actor()?, at)?;
    Ok(back(visit, "project-app-trashed", &gone.name))
}

fn restore(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let at = chrome::project_id(visit, tx)?;
    let restored = app::restore(tx, visit.actor()?, at, id(visit)?)?;
    Ok(back(visit, "project-app-restored", &restored.name))
}
