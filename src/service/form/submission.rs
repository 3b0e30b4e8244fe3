//! What visitors have sent: read, marked, deleted. Who may read it, the permission and an option of keys say.

use std::{collections::HashMap, sync::Arc};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{Entry, Kind},
        error::Fault,
        form::submission::{Mark, Patch, Submission},
        id::{AppPath, EntryId, SubmissionId},
        listing::Listing,
        org::activity::Note,
        page::Page,
        time::DAY,
    },
    service::authorize,
    store::{
        Tx,
        content::entry,
        form::{
            blocked::{self, Blocked},
            submission,
        },
    },
};

/// Most days for which what was refused is counted.
const WINDOW_MAX: u32 = 365;

/// A form that is there, for who may read what was sent to it.
fn authorize(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, form): (&'static Kind, EntryId)) -> Result<(Granted<InApp>, Entry)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::SubmissionRead)?;
    let form = entry::get(tx, &granted, kind, form)?;
    Ok((granted, form))
}

/// The same for who may change it, too.
fn authorize_write(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId)) -> Result<(Granted<InApp>, Entry)> {
    authorize::app(tx, actor, at, Some(target.0.app_type), Permission::EntryWrite)?;
    authorize(tx, actor, at, target)
}

/// What was sent to a form.
///
/// # Errors
/// Those of the gate.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    listing: &Listing,
) -> Result<Page<Submission>> {
    let (granted, _) = authorize(tx, actor, at, target)?;
    submission::list(tx, &granted, target.1, listing)
}

/// How many were sent to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub all: u64,
    /// Those that nobody has read.
    pub unread: u64,
    /// Those that nobody needs.
    pub spam: u64,
}

/// How many were sent to a form, and are marked how.
///
/// # Errors
/// Those of the gate.
pub fn counts(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId)) -> Result<Counts> {
    let (_, form) = authorize(tx, actor, at, target)?;
    let of = |tx: &mut Tx<'_>, mark| submission::count_of(tx, &form, mark);
    Ok(Counts { all: submission::count(tx, &form)?, unread: of(tx, Mark::Unread)?, spam: of(tx, Mark::Spam)? })
}

/// The forms among these of an app with something sent that nobody has read, and how much; none for whoever may not read any.
///
/// # Errors
/// Those of the store.
pub fn unread<'e>(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    forms: impl IntoIterator<Item = &'e Entry>,
) -> Result<HashMap<EntryId, u64>> {
    let mut unread = HashMap::new();
    if authorize::if_granted(authorize::app(tx, actor, at, None, Permission::SubmissionRead))?.is_none() {
        return Ok(unread);
    }
    for form in forms {
        let many = submission::count_of(tx, form, Mark::Unread)?;
        unread.extend((many > 0).then_some((form.id, many)));
    }
    Ok(unread)
}

/// One submission.
///
/// # Errors
/// Those of the gate.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId), id: SubmissionId) -> Result<Submission> {
    let (granted, _) = authorize(tx, actor, at, target)?;
    submission::get(tx, &granted, target.1, id)
}

/// Marks one, or notes something beside it.
///
/// # Errors
/// Those of the gate; the fault of a note.
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    id: SubmissionId,
    patch: &Patch,
) -> Result<Submission> {
    let (granted, _) = authorize_write(tx, actor, at, target)?;
    change(tx, &granted, (target.1, id), patch)
}

/// The same for several: all of them, or none.
///
/// # Errors
/// The same.
pub fn update_all(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    target: (&'static Kind, EntryId),
    ids: &[SubmissionId],
    patch: &Patch,
) -> Result<()> {
    let (granted, _) = authorize_write(tx, actor, at, target)?;
    ids.iter().try_for_each(|id| change(tx, &granted, (target.1, *id), patch).map(drop))
}

fn change(tx: &mut Tx<'_>, granted: &Granted<InApp>, (form, id): (EntryId, SubmissionId), patch: &Patch) -> Result<Submission> {
    let mut changed = submission::get(tx, granted, form, id)?;
    let before = changed.mark;
    if patch.apply(&mut changed)? {
        submission::update(tx, granted, &changed, before)?;
    }
    Ok(changed)
}

/// Deletes some for good: all of them, or none.
///
/// # Errors
/// Those of the gate.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId), ids: &[SubmissionId]) -> Result<()> {
    let (granted, form) = authorize_write(tx, actor, at, target)?;
    for id in ids {
        let gone = submission::get(tx, &granted, target.1, *id)?;
        submission::delete(tx, &granted, &gone)?;
        tx.note(&granted, Note::new("submission.deleted", target.0.content_type).of(form.id, &form.name))?;
    }
    Ok(())
}

/// What was refused of what was sent to a form in the last days, by its reason.
///
/// # Errors
/// Those of the gate; the fault of `windowDays`.
pub fn blocked(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, target: (&'static Kind, EntryId), days: u32) -> Result<Vec<Blocked>> {
    let granted = authorize::app(tx, actor, at, Some(target.0.app_type), Permission::ProjectRead)?;
    entry::get(tx, &granted, target.0, target.1)?;
    if !(1..=WINDOW_MAX).contains(&days) {
        return Err(Error::from(Fault::new("windowDays", "out_of_range", format!("windowDays must be from 1 to {WINDOW_MAX}."))));
    }
    let since = tx.now() - DAY * days;
    blocked::since(tx, &granted, target.1, since)
}

/// Whether some are kept whose time is over.
///
/// # Errors
/// Those of the store.
pub fn any_expired(tx: &mut Tx<'_>) -> Result<bool> {
    submission::unguarded_any_expired(tx, tx.now())
}

/// Drops some of them; how many.
///
/// # Errors
/// Those of the store.
pub fn forget_expired(tx: &mut Tx<'_>) -> Result<usize> {
    submission::unguarded_drop_expired(tx, tx.now())
}
