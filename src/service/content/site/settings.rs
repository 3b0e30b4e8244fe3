//! Settings of a website that have routes of their own, read and changed.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::site::settings::{self, SiteSetting},
        id::AppPath,
        org::activity::Note,
        project::app::App,
    },
    service::authorize,
    store::{Tx, project::app},
};

/// A setting, and the app whose it is.
pub fn read<S: SiteSetting>(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<(App, S)> {
    let granted = authorize::site(tx, actor, at, Permission::ProjectRead)?;
    let app = app::get(tx, &granted)?;
    let setting = settings::read(&app.settings)?;
    Ok((app, setting))
}

/// Changes a setting. What is so already leaves no line.
pub fn change<S: SiteSetting + PartialEq + Clone>(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, patch: &S::Patch) -> Result<(App, S)> {
    let granted = authorize::site(tx, actor, at, Permission::ProjectManage)?;
    let mut app = app::get(tx, &granted)?;
    let before: S = settings::read(&app.settings)?;
    let mut setting = before.clone();
    setting.apply(patch)?;
    if setting == before {
        return Ok((app, setting));
    }
    settings::write(&mut app.settings, &setting)?;
    app::update(tx, &granted, &app)?;
    tx.note(&granted, Note::new("app.settings-updated", "app").of(app.id, &app.name).with("keys", vec![S::KEY]))?;
    Ok((app::get(tx, &granted)?, setting))
}
