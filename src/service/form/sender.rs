//! What somebody has sent to all forms of a project: told to them, or erased, when they ask for it.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        content::Kind,
        form::{sender::Draft, submission::Submission},
        id::{ProjectPath, SubmissionId},
        org::activity::Note,
    },
    service::authorize,
    store::{Tx, form::sender},
};

fn kind(tx: &Tx<'_>) -> Result<&'static Kind> {
    tx.kinds().iter().copied().find(|kind| kind.is_form()).ok_or(Error::NotFound("form"))
}

/// Whoever reads all that was sent in the project.
fn authorize(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<Granted<InProject>> {
    authorize::project(tx, actor, at, Permission::SubmissionRead)
}

/// Some of what somebody has sent, and behind which submission the rest begins, if there may be more. The address is in no audit trail.
///
/// # Errors
/// Those of the gate; the fault of what is no address.
pub fn find(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, draft: &Draft) -> Result<(Vec<Submission>, Option<SubmissionId>)> {
    let granted = authorize(tx, actor, at)?;
    let kind = kind(tx)?;
    sender::of(tx, &granted, kind, &draft.check()?, draft.after)
}

/// How much somebody has sent, and the last of it.
///
/// # Errors
/// As [`find`].
pub fn count(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, draft: &Draft) -> Result<(usize, Option<SubmissionId>)> {
    let granted = authorize(tx, actor, at)?;
    let (kind, wanted) = (kind(tx)?, draft.check()?);
    let (mut many, mut last, mut after) = (0, None, draft.after);
    loop {
        let (some, next) = sender::of(tx, &granted, kind, &wanted, after)?;
        many += some.len();
        last = some.last().map(|one| one.id).or(last);
        if next.is_none() {
            return Ok((many, last));
        }
        after = next;
    }
}

/// Erases some of what somebody has sent, with what was told of it: how many submissions that were, and behind which the rest begins, if there may be
/// more. What came after `last` stays, where that is given. The audit trail tells how many, and not whose.
///
/// # Errors
/// Those of the gate; the fault of what is no address.
pub fn erase(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: ProjectPath,
    draft: &Draft,
    last: Option<SubmissionId>,
) -> Result<(usize, Option<SubmissionId>)> {
    authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let granted = authorize(tx, actor, at)?;
    let (kind, wanted) = (kind(tx)?, draft.check()?);
    let (mut gone, next) = sender::of(tx, &granted, kind, &wanted, draft.after)?;
    gone.retain(|one| last.is_none_or(|last| one.id <= last));
    gone.iter().try_for_each(|one| sender::drop(tx, &granted, one))?;
    if !gone.is_empty() {
        tx.note(&granted, Note::new("submission.erased", kind.content_type).with("count", gone.len()))?;
    }
    Ok((gone.len(), next.filter(|next| last.is_none_or(|last| *next < last))))
}
