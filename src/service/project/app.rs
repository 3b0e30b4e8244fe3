//! Apps of a project and their settings.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::kinds::names,
        error::Faults,
        id::{AppId, AppPath, ProjectPath},
        listing::Listing,
        org::activity::Note,
        page::Page,
        project::app::{App, Draft, Patch},
        text,
        time::Instant,
    },
    service::{authorize, content::place::singleton, project::branding},
    store::{
        Tx,
        content::{front::change, reference},
        project::app,
        unguarded,
    },
};

/// One app.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<App> {
    let at = authorize::app(tx, actor, at, None, Permission::ProjectRead)?;
    app::get(tx, &at)
}

/// The same, by its slug.
pub fn get_by_slug(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, slug: &str) -> Result<App> {
    authorize::project(tx, actor, at, Permission::ProjectSee)?;
    let id = unguarded::unguarded_app_by_slug(tx, at.1, slug)?.ok_or(Error::NotFound("app"))?;
    get(tx, actor, (at.0, at.1, id))
}

/// The apps that the caller may see.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<App>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectSee)?;
    app::list(tx, &at, false, listing)
}

/// The apps in the trash.
pub fn list_trashed(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<App>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    app::list(tx, &at, true, listing)
}

/// Makes one.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, draft: &Draft) -> Result<App> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let mut made = draft.check(AppId::new(tx.now(), tx.entropy()), at, tx.now())?;
    if draft.slug.is_none() {
        made.slug = text::free_slug(&made.slug, |slug| unguarded::unguarded_app_by_slug(tx, at.1, slug).map(|app| app.is_some()))?;
    }
    app::insert(tx, &granted, &made)?;
    singleton::make_all(tx, actor, (at.0, at.1, made.id), made.app_type)?;
    tx.note(&granted, audit_note("app.created", &made).with("appType", made.app_type.word()))?;
    Ok(made)
}

/// Changes name, slug or description.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, patch: &Patch) -> Result<App> {
    let at = authorize::app(tx, actor, at, None, Permission::ProjectManage)?;
    let before = app::get(tx, &at)?;
    let mut changed = before.clone();
    patch.apply(&mut changed)?;
    branding::check_bound(tx, &at, before.branding, &changed)?;
    keep(tx, &at, &before, &changed)
}

/// The app with its settings.
///
/// # Errors
/// Not found for a type that has none.
pub fn settings(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<App> {
    with_settings(get(tx, actor, at)?)
}

/// Merges settings: `null` clears a key.
pub fn update_settings(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, change: &Map<String, Value>) -> Result<App> {
    let at = authorize::app(tx, actor, at, None, Permission::ProjectManage)?;
    let before = with_settings(app::get(tx, &at)?)?;
    let mut changed = before.clone();
    changed.merge_settings(change)?;
    check_layouts(tx, &at, &before, &changed)?;
    keep(tx, &at, &before, &changed)
}

/// Changes an app and its settings at once, as its page in the console does. `seen` is when what the caller looked at was last
/// changed; a later change is not overwritten.
///
/// # Errors
/// All faults of both; stale.
pub fn configure(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (patch, change): (&Patch, &Map<String, Value>),
    seen: Instant,
) -> Result<App> {
    let at = authorize::app(tx, actor, at, None, Permission::ProjectManage)?;
    let before = app::get(tx, &at)?;
    if seen != before.updated_at {
        return Err(Error::Stale);
    }
    let mut changed = before.clone();
    let mut faults = Faults::default();
    let (applied, merged) = (patch.apply(&mut changed), changed.merge_settings(change));
    let bound = branding::check_bound(tx, &at, before.branding, &changed);
    for checked in [applied, merged, bound, check_layouts(tx, &at, &before, &changed)] {
        match checked {
            Err(Error::Invalid(more)) => faults.0.extend(more.0),
            other => other?,
        }
    }
    faults.into_result()?;
    keep(tx, &at, &before, &changed)
}

/// Refuses settings that name a layout which is not in the app. What was so `before` stays as it is.
fn check_layouts(tx: &mut Tx<'_>, at: &Granted<InApp>, before: &App, changed: &App) -> Result<()> {
    let (mut faults, known) = (Faults::default(), before.layouts());
    for (name, id) in changed.layouts().into_iter().filter(|named| !known.contains(named)) {
        if reference::app_and_name(tx, at, names::LAYOUT, id)?.is_none_or(|(app, _)| app != at.app()) {
            let field = format!("settings.{name}");
            let words = format!("{field} must be the id of a layout that is there.");
            faults.add(field, "unknown_reference", words);
        }
    }
    faults.into_result()
}

/// Stores what differs, and notes it; what is as it was leaves no line. Nobody has announced elsewhere what visitors send who may not read it,
/// such as a key without the option for that.
fn keep(tx: &mut Tx<'_>, at: &Granted<InApp>, before: &App, changed: &App) -> Result<App> {
    if changed.notify_email().is_some_and(|told| before.notify_email() != Some(told)) {
        authorize::app(tx, at.actor(), (at.org(), at.project(), at.app()), None, Permission::SubmissionRead)?;
    }
    let (changes, settings) = (changed.changes(before), changed.changed_settings(before));
    if !(changes.is_empty() && settings.is_empty()) {
        app::update(tx, at, changed)?;
    }
    if !changes.is_empty() {
        tx.note(at, audit_note("app.updated", changed).with("changed", changes))?;
    }
    if !settings.is_empty() {
        tx.note(at, audit_note("app.settings-updated", changed).with("keys", settings))?;
    }
    app::get(tx, at)
}

/// Moves an app to the trash with all that is in it; what it was.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<App> {
    let at = authorize::app(tx, actor, at, None, Permission::ProjectManage)?;
    let gone = app::get(tx, &at)?;
    app::trash(tx, &at)?;
    change::expire(tx, &at)?;
    tx.note(&at, audit_note("app.deleted", &gone))?;
    Ok(gone)
}

/// Takes an app out of the trash.
pub fn restore(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: AppId) -> Result<App> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let mut found = app::get_trashed(tx, &granted, id)?;
    // While it was in the trash another app may have taken its address; scripts know an app by its id.
    found.slug = text::free_slug(&found.slug, |slug| unguarded::unguarded_app_by_slug(tx, at.1, slug).map(|app| app.is_some()))?;
    app::restore(tx, &granted, &found)?;
    change::expire(tx, &granted)?;
    tx.note(&granted, audit_note("app.restored", &found))?;
    Ok(App { deleted_at: None, ..found })
}

fn with_settings(app: App) -> Result<App> {
    if app.app_type.settings().is_empty() { Err(Error::NotFound("settings of this app")) } else { Ok(app) }
}

fn audit_note(action: &'static str, app: &App) -> Note {
    Note::new(action, "app").of(app.id, &app.name)
}
