//! Scheduled entries publish themselves at their time; what fell due while the server was down, at its start.

use crate::{
    domain::{Result, content::Entry, id::EntryId, org::activity::Note, time::Instant},
    store::{
        Tx,
        content::{schedule, version},
    },
};

/// Entries whose time has come, those behind one of them.
///
/// # Errors
/// Those of the store.
pub fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EntryId)>) -> Result<Vec<(Instant, EntryId)>> {
    schedule::unguarded_due(tx, now, behind)
}

/// Publishes an entry if it is due still; whether it was.
///
/// # Errors
/// Those of the store.
pub fn publish(tx: &mut Tx<'_>, id: EntryId) -> Result<bool> {
    let Some(scheduled) = schedule::unguarded_due_one(tx, id)? else { return Ok(false) };
    schedule::unguarded_publish(tx, &scheduled)?;
    let now = tx.now();
    let published = Entry { version: scheduled.version + 1, updated_at: now, ..scheduled.clone() };
    version::unguarded_keep(tx, &published)?;
    let note = Note::new("entry.published", scheduled.kind.content_type).of(scheduled.id, &scheduled.name);
    tx.unguarded_note_system(scheduled.org, Some(scheduled.project), note)?;
    Ok(true)
}

/// When the next entry is due after a moment.
///
/// # Errors
/// Those of the store.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    schedule::unguarded_next_due(tx, after)
}
