//! The trash: entries that were deleted, their way back, and their end.

use std::{sync::Arc, time::Duration};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{Entry, Kind, Purpose},
        error::Fault,
        id::{AppId, AppPath, EntryId, ProjectPath, TrashBatchId},
        listing::Listing,
        org::activity::Note,
        page::Page,
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        content::{
            entry,
            site::redirect,
            trash::{self, TrashItem},
        },
        form::submission,
        project::project,
    },
};

use super::{
    entry::{audit_note, current},
    place::{
        located::{ById, located},
        nested,
    },
    reference,
};

/// Where the trash is: each project has one.
pub type InProject = ProjectPath;

/// Most things that one step of emptying deletes.
const STEP: u32 = 100;

/// Moves an entry to the trash; what it was.
///
/// # Errors
/// Those of the gate; not found, for what each app has exactly one of: there is no way out of its app.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId), seen: Option<i64>) -> Result<Entry> {
    let batch = TrashBatchId::new(tx.now(), tx.entropy());
    delete_into(tx, actor, at, target, (seen, batch))
}

/// The same, into a batch with others that come back together with it.
pub fn delete_into(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    (seen, batch): (Option<i64>, TrashBatchId),
) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let gone = current(tx, &granted, target, seen)?;
    put(tx, &granted, &gone, batch)?;
    Ok(gone)
}

/// The same of what nothing else uses: what is used elsewhere goes by itself alone, where it is told what uses it.
///
/// # Errors
/// Those of [`delete`]; the fault of what is in use.
pub fn delete_unused(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    into: (Option<i64>, TrashBatchId),
) -> Result<Entry> {
    if target.0.purpose == Purpose::Part && !reference::uses(tx, actor, at, target)?.is_empty() {
        return Err(Fault::new("one", "in_use", "It is used elsewhere.").into());
    }
    delete_into(tx, actor, at, target, into)
}

/// Moves an entry to the trash with all that stands below it and is not there yet, as one batch, by which they come back together; what
/// they were.
///
/// # Errors
/// Those of [`delete`].
pub fn delete_with_all_below(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, id): (&'static Kind, EntryId),
) -> Result<(TrashBatchId, Vec<Entry>)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    let batch = TrashBatchId::new(tx.now(), tx.entropy());
    let mut gone = Vec::new();
    for id in nested::with_all_below(tx, &granted, kind, id)? {
        let entry = current(tx, &granted, (kind, id), None)?;
        put(tx, &granted, &entry, batch)?;
        gone.push(entry);
    }
    Ok((batch, gone))
}

fn put(tx: &mut Tx<'_>, granted: &Granted<InApp>, entry: &Entry, batch: TrashBatchId) -> Result<()> {
    if entry.kind.is_single() {
        return Err(Error::NotFound(entry.kind.noun));
    }
    trash::delete(tx, granted, entry, batch)?;
    tx.note(granted, audit_note("entry.deleted", entry))
}

/// An entry in the trash, and the one that has its address by now.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId)) -> Result<(Entry, Option<Entry>)> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let found = trash::get(tx, &granted, target.0, target.1)?;
    let holder = found.slug.as_deref().map(|slug| entry::at_slug(tx, &granted, slug)).transpose()?.flatten();
    Ok((found, holder))
}

/// Takes an entry out of the trash, as it was: with its status, its address and its versions.
///
/// # Errors
/// A conflict on `slug` when another entry has its address by now.
pub fn restore(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId)) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let found = trash::get(tx, &granted, target.0, target.1)?;
    restore_entry(tx, &granted, found)
}

fn restore_entry(tx: &mut Tx<'_>, granted: &Granted<InApp>, found: Entry) -> Result<Entry> {
    trash::restore(tx, granted, &found)?;
    if let Some(path) = found.path() {
        redirect::free(tx, granted, &path)?;
    }
    tx.note(granted, audit_note("entry.restored", &found))?;
    Ok(found)
}

/// What is in the trash of a project.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, listing: &Listing) -> Result<Page<TrashItem>> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    trash::list(tx, &granted, listing)
}

/// Something in the trash, as it was.
pub fn item(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: EntryId) -> Result<(TrashItem, Entry)> {
    let granted = located(tx, actor, at, ById::Trashed(id), Permission::ProjectRead)?.app;
    Ok((trash::one(tx, &granted, id)?, trash::get_any(tx, &granted, id)?))
}

/// How many submissions a form in the trash has; none of what is no form.
///
/// # Errors
/// Those of the gate.
pub fn submissions(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, entry: &Entry) -> Result<u64> {
    located(tx, actor, at, ById::Trashed(entry.id), Permission::ProjectRead)?;
    if entry.kind.is_form() { submission::count(tx, entry) } else { Ok(0) }
}

/// Takes something out of the trash.
///
/// # Errors
/// A conflict on `slug` when another entry has its address by now.
pub fn restore_item(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: EntryId) -> Result<Entry> {
    let granted = located(tx, actor, at, ById::Trashed(id), Permission::EntryWrite)?.app;
    let found = trash::get_any(tx, &granted, id)?;
    restore_entry(tx, &granted, found)
}

/// Takes everything out of the trash that went with one delete: all of it or nothing.
///
/// # Errors
/// A conflict on `slug` when another entry has one of the addresses by now.
pub fn restore_batch(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, batch: TrashBatchId) -> Result<Vec<Entry>> {
    let see = authorize::project(tx, actor, at, Permission::ProjectSee)?;
    let wanted: Vec<(EntryId, AppId)> = trash::batch(tx, &see, batch)?;
    if wanted.is_empty() {
        authorize::project(tx, actor, at, Permission::EntryWrite)?;
        return Err(Error::NotFound("batch in the trash"));
    }
    let restore = |(id, app)| {
        let granted = authorize::app_of_found(tx, actor, at, (Some(app), "batch in the trash"), Permission::EntryWrite)?;
        let found = trash::get_any(tx, &granted, id)?;
        restore_entry(tx, &granted, found)
    };
    wanted.into_iter().map(restore).collect()
}

/// Deletes something in the trash for good.
pub fn erase(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: EntryId) -> Result<TrashItem> {
    let granted = located(tx, actor, at, ById::Trashed(id), Permission::ProjectManage)?.app;
    let (item, gone) = (trash::one(tx, &granted, id)?, trash::get_any(tx, &granted, id)?);
    trash::erase(tx, &granted, &gone)?;
    tx.note(&granted, audit_note("entry.erased", &gone))?;
    Ok(item)
}

/// Deletes for good some of what was in the trash at a moment; how many, and whether that was all. The first step notes it.
pub fn empty(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, (begun, first): (Instant, bool)) -> Result<(u64, bool)> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let oldest = Listing { page_size: STEP, order: trash::OLDEST, ..Listing::default() };
    let page = trash::list(tx, &granted, &oldest)?;
    let due: Vec<_> = page.items.into_iter().filter(|item| item.deleted_at <= begun).collect();
    if first && !due.is_empty() {
        let name = project::get_without_apps(tx, &granted)?.name;
        tx.note(&granted, Note::new("trash.emptied", "project").of(at.1, &name).with("count", page.total))?;
    }
    for item in &due {
        let app = authorize::app(tx, actor, (at.0, at.1, item.app), None, Permission::ProjectManage)?;
        let gone = trash::get_any(tx, &app, item.id)?;
        trash::erase(tx, &app, &gone)?;
    }
    Ok((due.len() as u64, due.len() < STEP as usize))
}

/// When something that was deleted then goes for good.
pub fn expires_at(deleted_at: Instant, kept: Option<Duration>) -> Option<Instant> {
    kept.map(|kept| deleted_at + kept)
}
