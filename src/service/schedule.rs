//! Scheduled entries publish themselves at their time; what fell due while the server was down, at its start.

use crate::{
    domain::{Result, activity::Note, content::Entry, id::EntryId, time::Instant},
    store::{Tx, entry, version},
};

/// What is due, at most 100, beginning behind an entry that was looked at before. Each is published by itself, so that none which
/// fails holds up the others.
pub fn due(tx: &mut Tx<'_>, behind: Option<(Instant, EntryId)>) -> Result<Vec<(Instant, EntryId)>> {
    entry::unguarded_due(tx, behind)
}

/// Publishes an entry if it is still due.
pub fn publish(tx: &mut Tx<'_>, id: EntryId) -> Result<()> {
    let Some(scheduled) = entry::unguarded_due_one(tx, id)? else { return Ok(()) };
    entry::unguarded_publish(tx, &scheduled)?;
    let now = tx.now();
    let published = Entry { version: scheduled.version + 1, updated_at: now, ..scheduled.clone() };
    version::unguarded_keep(tx, &published)?;
    let note = Note::new("entry.published", scheduled.kind.content_type).of(scheduled.id, &scheduled.name);
    tx.unguarded_note_system(scheduled.org, Some(scheduled.project), note)
}

/// Publishes what is due in one transaction, and says how many entries that were.
pub fn publish_due(tx: &mut Tx<'_>) -> Result<usize> {
    let due = due(tx, None)?;
    due.iter().try_for_each(|(_, id)| publish(tx, *id))?;
    Ok(due.len())
}

/// When the next entry is due after a moment.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    entry::unguarded_next_due(tx, after)
}
