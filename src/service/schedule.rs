//! Scheduled entries publish themselves at their time; what fell due while the server was down, at its start.

use crate::{
    domain::{Result, activity::Note, content::Entry, time::Instant},
    store::{Tx, entry, version},
};

/// Publishes what is due and says how many entries that were.
pub fn publish_due(tx: &mut Tx<'_>) -> Result<usize> {
    let due = entry::unguarded_due(tx)?;
    for scheduled in &due {
        entry::unguarded_publish(tx, scheduled)?;
        let now = tx.now();
        let published = Entry { version: scheduled.version + 1, updated_at: now, ..scheduled.clone() };
        version::unguarded_keep(tx, &published)?;
        let note = Note::new("entry.published", scheduled.kind.content_type).of(scheduled.id, &scheduled.name);
        tx.unguarded_note_system(scheduled.org, Some(scheduled.project), note)?;
    }
    Ok(due.len())
}

/// When the next entry is due.
pub fn next(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    entry::unguarded_next_due(tx)
}
