//! Who may see an entry, and from when: publishing, taking back, scheduling, listing.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::{Column, Entry, Kind, Status},
        error::{Fault, Faults},
        id::EntryId,
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        content::{
            count::Before,
            entry as entries,
            version::{self, Source},
        },
    },
};

use super::{
    checked::At,
    entry::{audit_note, current},
};

/// What is to become of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publication {
    /// It is published.
    Now,
    /// It is a draft until then.
    At(Instant),
    /// It is a draft.
    Never,
    /// It is published again, since when it was: what takes `Never` back.
    Again,
}

/// Publishes an entry, takes it back to a draft, or schedules it; whether it was so already. What is published stays so when it is to
/// be scheduled.
///
/// # Errors
/// Those of the gate; the faults of a kind that is always live, and of a date that has passed.
pub fn set(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    (kind, id): (&'static Kind, EntryId),
    to: Publication,
    seen: Option<i64>,
) -> Result<(Entry, bool)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    if !kind.has_status() {
        return Err(Fault::new("contentType", "always_live", format!("A {} is always live.", kind.noun)).into());
    }
    if matches!(to, Publication::At(moment) if moment <= tx.now()) {
        return Err(Fault::new("publishAt", "past", "publishAt must be in the future.").into());
    }
    let mut changed = current(tx, &granted, (kind, id), seen)?;
    let before = Before::from(&changed);
    let (status, scheduled_at) = match to {
        Publication::Now | Publication::Again => (Status::Published, None),
        Publication::At(_) if changed.status == Status::Published => (Status::Published, None),
        Publication::At(moment) => (Status::Scheduled, Some(moment)),
        Publication::Never => (Status::Draft, None),
    };
    if (changed.status, changed.scheduled_at) == (status, scheduled_at) {
        return Ok((changed, true));
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
    Ok((changed, false))
}

/// Who may see an entry; what is left out stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visibility {
    /// Whether lists and search engines may show it.
    pub is_listed: Option<bool>,
    /// Whether a reader must sign in.
    pub requires_viewer_auth: Option<bool>,
}

/// Says who may see an entry.
///
/// # Errors
/// Those of the gate; the faults of flags that the kind does not have.
pub fn set_visibility(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    (kind, id): (&'static Kind, EntryId),
    to: Visibility,
    seen: Option<i64>,
) -> Result<Entry> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    let mut faults = Faults::default();
    let mut refuse = |name: &str| faults.add(name, "unknown_field", format!("A {} has no {name}.", kind.noun));
    if to.is_listed.is_some() && !kind.has(Column::IsListed) {
        refuse("isListed");
    }
    if to.requires_viewer_auth.is_some() && !kind.has(Column::RequiresViewerAuth) {
        refuse("requiresViewerAuth");
    }
    faults.into_result()?;
    let mut changed = current(tx, &granted, (kind, id), seen)?;
    let before = (changed.is_listed, changed.requires_viewer_auth);
    changed.is_listed = to.is_listed.unwrap_or(changed.is_listed);
    changed.requires_viewer_auth = to.requires_viewer_auth.unwrap_or(changed.requires_viewer_auth);
    if before == (changed.is_listed, changed.requires_viewer_auth) {
        return Ok(changed);
    }
    changed.touch(actor.id, tx.now());
    entries::set_visibility(tx, &granted, &changed)?;
    version::keep(tx, &granted, &changed, Source::Edit)?;
    tx.note(&granted, audit_note("entry.updated", &changed))?;
    Ok(changed)
}
