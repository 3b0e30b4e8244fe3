//! Entries of every kind: read, list, make, change, delete.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        activity::Note,
        content::{Context, Draft, Entry, Kind, Locales, Patch, Place, Status},
        id::{AppId, EntryId, OrgId, ProjectId},
        listing::{Listing, Page},
        project::Project,
    },
    store::{Tx, entry, project, redirect, version},
};

use super::enter;

/// Where an entry lies: organization, project, app.
pub type At = (OrgId, ProjectId, AppId);

/// Whether the actor may read entries of this kind there.
pub fn enter_read(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind) -> Result<()> {
    enter::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead).map(drop)
}

/// One entry; in one language, if one is asked for.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind, id: EntryId, locale: Option<&str>) -> Result<Entry> {
    let granted = enter::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let mut found = entry::get(tx, &granted, kind, id)?;
    if let Some(locale) = locale {
        let project = project_of(tx, actor, at)?;
        found.flatten(locale, &locales(&project))?;
    }
    Ok(found)
}

/// The app's entries of a kind.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    kind: &'static Kind,
    listing: &Listing,
    locale: Option<&str>,
) -> Result<Page<Entry>> {
    let granted = enter::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let mut page = entry::list(tx, &granted, kind, listing)?;
    if let Some(locale) = locale {
        let project = project_of(tx, actor, at)?;
        for found in &mut page.items {
            if found.content.is_empty() {
                found.content.push_str("[]");
            }
            found.flatten(locale, &locales(&project))?;
        }
    }
    Ok(page)
}

/// Makes an entry with its first version.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind, body: &Map<String, Value>) -> Result<Entry> {
    let granted = enter::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    let project = project_of(tx, actor, at)?;
    let context = Context { now: tx.now(), entropy: tx.entropy(), locales: locales(&project) };
    let draft = Draft::parse(kind, body.clone(), &context).map_err(Error::Invalid)?;
    let (now, id) = (tx.now(), EntryId::new(tx.now(), tx.entropy()));
    let made = draft.entry(&Place { id, org: at.0, project: at.1, app: at.2, by: actor.id, now });
    entry::insert(tx, &granted, &made)?;
    if let Some(path) = made.path() {
        redirect::free(tx, &granted, &path)?;
    }
    version::keep(tx, &granted, &made, "create")?;
    tx.note(&granted, noted("entry.created", &made).with("status", made.status.word()))?;
    Ok(made)
}

/// Changes what is not content, status or visibility. `seen` is the version that the caller has read (`If-Match`).
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    target: (&'static Kind, EntryId),
    body: &Map<String, Value>,
    seen: Option<i64>,
) -> Result<Entry> {
    let (kind, id) = target;
    let granted = enter::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    let mut changed = current(tx, &granted, target, seen)?;
    let (before, path) = (changed.version, changed.path());
    let project = project_of(tx, actor, at)?;
    let context = Context { now: tx.now(), entropy: tx.entropy(), locales: locales(&project) };
    let patch = Patch::parse(kind, body.clone(), &context).map_err(Error::Invalid)?;
    if !patch.apply(&mut changed, &context.locales)? {
        return Ok(changed);
    }
    changed.touch(actor.id, tx.now());
    entry::update(tx, &granted, &changed, before)?;
    if let (Some(from), Some(to)) = (path, changed.path())
        && from != to
    {
        redirect::record(tx, &granted, &from, &to)?;
    }
    version::keep(tx, &granted, &changed, "edit")?;
    tx.note(&granted, noted("entry.updated", &changed))?;
    entry::get(tx, &granted, kind, id)
}

/// Publishes an entry, or takes it back to a draft. What is so already stays as it is.
pub fn set_published(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    target: (&'static Kind, EntryId),
    published: bool,
    seen: Option<i64>,
) -> Result<Entry> {
    let granted = enter::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let mut changed = current(tx, &granted, target, seen)?;
    let status = if published { Status::Published } else { Status::Draft };
    if changed.status == status {
        return Ok(changed);
    }
    let before = changed.version;
    changed.status = status;
    changed.published_at = if published { Some(tx.now()) } else { changed.published_at };
    changed.scheduled_at = None;
    changed.touch(actor.id, tx.now());
    entry::set_status(tx, &granted, &changed, before)?;
    let (source, action) = if published { ("publish", "entry.published") } else { ("unpublish", "entry.unpublished") };
    version::keep(tx, &granted, &changed, source)?;
    tx.note(&granted, noted(action, &changed))?;
    Ok(changed)
}

/// Moves an entry to the trash.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, target: (&'static Kind, EntryId), seen: Option<i64>) -> Result<()> {
    let granted = enter::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let gone = current(tx, &granted, target, seen)?;
    entry::trash(tx, &granted, &gone)?;
    tx.note(&granted, noted("entry.deleted", &gone))
}

fn current(tx: &mut Tx<'_>, at: &Granted<InApp>, target: (&'static Kind, EntryId), seen: Option<i64>) -> Result<Entry> {
    let found = entry::get(tx, at, target.0, target.1)?;
    if seen.is_some_and(|seen| seen != found.version) { Err(Error::Stale) } else { Ok(found) }
}

/// The project's languages are needed by whoever may enter one of its apps.
fn project_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At) -> Result<Project> {
    let granted = enter::project(tx, actor, (at.0, at.1), Permission::ProjectSee)?;
    project::plain(tx, &granted)
}

fn locales(project: &Project) -> Locales<'_> {
    Locales { default: &project.default_locale, enabled: &project.locales }
}

/// The audit line of an entry; which kind of entry, its resource type says.
fn noted(action: &'static str, entry: &Entry) -> Note {
    Note::new(action, entry.kind.content_type).of(entry.id, &entry.name)
}
