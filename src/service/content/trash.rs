//! The trash: entries that were deleted, and their way back.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::{Entry, Kind},
        id::EntryId,
    },
    service::authorize,
    store::{
        Tx,
        content::{entry, redirect, trash},
    },
};

use super::{
    checked::At,
    entry::{audit_note, current},
};

/// Moves an entry to the trash; what it was.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, target: (&'static Kind, EntryId), seen: Option<i64>) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let gone = current(tx, &granted, target, seen)?;
    trash::delete(tx, &granted, &gone)?;
    tx.note(&granted, audit_note("entry.deleted", &gone))?;
    Ok(gone)
}

/// An entry in the trash, and the one that has its address by now.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, target: (&'static Kind, EntryId)) -> Result<(Entry, Option<Entry>)> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let found = trash::get(tx, &granted, target.0, target.1)?;
    let holder = found.slug.as_deref().map(|slug| entry::at_slug(tx, &granted, slug)).transpose()?.flatten();
    Ok((found, holder))
}

/// Takes an entry out of the trash, as it was: with its status, its address and its versions.
///
/// # Errors
/// A conflict on `slug` when another entry has its address by now.
pub fn restore(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, target: (&'static Kind, EntryId)) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    let found = trash::get(tx, &granted, target.0, target.1)?;
    trash::restore(tx, &granted, &found)?;
    if let Some(path) = found.path() {
        redirect::free(tx, &granted, &path)?;
    }
    tx.note(&granted, audit_note("entry.restored", &found))?;
    Ok(found)
}
