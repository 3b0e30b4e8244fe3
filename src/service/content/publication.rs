//! Who may see an entry, and from when: publishing, taking back, scheduling, listing.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::{Entry, Kind, Status, front::visibility::Visibility},
        error::Fault,
        id::{AppPath, EntryId, FileId},
        time::Instant,
    },
    service::{authorize, file::reference},
    store::{
        Tx,
        content::{
            count::Before,
            entry as entries,
            version::{self, Source},
        },
    },
};

use super::entry::{audit_note, current};

/// What is to become of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// It is published.
    Now,
    /// It is a draft until then; what is published stays so.
    At(Instant),
    /// It is a draft until then, also where it is published.
    Later(Instant),
    /// It is a draft.
    Never,
    /// It is published again, since when it was: what takes `Never` back.
    Again,
}

/// What became of an entry.
#[derive(Debug, Clone)]
pub struct StatusChange {
    /// The entry as it is now.
    pub entry: Entry,
    /// The status that it had before.
    pub before: Status,
    /// Whether it was so already, and is not changed.
    pub was_so: bool,
}

/// Publishes an entry, takes it back to a draft, or schedules it.
///
/// # Errors
/// Those of the gate; the faults of a kind that is always live, and of a date that has passed.
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, id): (&'static Kind, EntryId),
    to: Publication,
    seen: Option<i64>,
) -> Result<StatusChange> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    if !kind.has_status() {
        return Err(Fault::new("contentType", "always_live", format!("A {} is always live.", kind.noun)).into());
    }
    if matches!(to, Publication::At(moment) | Publication::Later(moment) if moment <= tx.now()) {
        return Err(Fault::new("publishAt", "past", "publishAt must be in the future.").into());
    }
    let mut changed = current(tx, &granted, (kind, id), seen)?;
    let (before, status_before) = (Before::from(&changed), changed.status);
    let (status, scheduled_at) = match to {
        Publication::Now | Publication::Again => (Status::Published, None),
        Publication::At(_) if changed.status == Status::Published => (Status::Published, None),
        Publication::At(moment) | Publication::Later(moment) => (Status::Scheduled, Some(moment)),
        Publication::Never => (Status::Draft, None),
    };
    if (changed.status, changed.scheduled_at) == (status, scheduled_at) {
        return Ok(StatusChange { before: changed.status, entry: changed, was_so: true });
    }
    changed.published_at = match status {
        Status::Published if to == Publication::Again => changed.published_at.or(Some(tx.now())),
        Status::Published => Some(tx.now()),
        Status::Draft | Status::Scheduled => changed.published_at,
    };
    (changed.status, changed.scheduled_at) = (status, scheduled_at);
    changed.touch(actor.id, tx.now());
    entries::set_status(tx, &granted, &changed, &before)?;
    let (source, action) = match status {
        Status::Published => (Source::Publish, "entry.published"),
        Status::Scheduled => (Source::Edit, "entry.scheduled"),
        Status::Draft => (Source::Unpublish, "entry.unpublished"),
    };
    version::keep(tx, &granted, &changed, source)?;
    tx.note(&granted, audit_note(action, &changed))?;
    Ok(StatusChange { entry: changed, before: status_before, was_so: false })
}

/// Publishes an entry, now or at a moment; and lets its readers see the files in it, if they are to be opened. With it the files in it
/// that they do not see, since those are not public.
///
/// # Errors
/// Those of [`set`]; those of the gate for whoever opens files.
pub fn publish(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    to: Publication,
    seen: Option<i64>,
    opens_files: bool,
) -> Result<(StatusChange, Vec<FileId>)> {
    let became = set(tx, actor, at, target, to, seen)?;
    if opens_files {
        reference::open_all_of(tx, actor, at, target.1)?;
    }
    let private = if opens_files { Vec::new() } else { reference::private_of(tx, actor, at, target.1)? };
    Ok((became, private))
}

/// Publishes again what was taken back; how many that are. What somebody has moved to the trash meanwhile stays there.
///
/// # Errors
/// Those of [`set`].
pub fn publish_again(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind, ids: &[EntryId]) -> Result<usize> {
    let mut done = 0;
    for id in ids {
        match set(tx, actor, at, (kind, *id), Publication::Again, None) {
            Ok(_) => done += 1,
            Err(Error::NotFound(_)) => {}
            Err(why) => return Err(why),
        }
    }
    Ok(done)
}

/// Says who may see an entry.
///
/// # Errors
/// Those of the gate; the faults of flags that the kind does not have.
pub fn set_visibility(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, id): (&'static Kind, EntryId),
    to: &Visibility,
    seen: Option<i64>,
) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    to.check(kind)?;
    let mut changed = current(tx, &granted, (kind, id), seen)?;
    let before = Before::from(&changed);
    if !to.apply(&mut changed) {
        return Ok(changed);
    }
    changed.touch(actor.id, tx.now());
    entries::update(tx, &granted, &changed, &before)?;
    version::keep(tx, &granted, &changed, Source::Edit)?;
    tx.note(&granted, audit_note("entry.updated", &changed))?;
    Ok(changed)
}
