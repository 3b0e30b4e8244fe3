//! Scheduled entries publish themselves at their time; what fell due while the server was down, at its start.

use crate::{
    domain::{Result, content::Entry, id::EntryId, org::activity::Note, time::Instant},
    store::{
        Store, Tx,
        content::{schedule, version},
    },
};

/// Publishes an entry if it is still due.
fn publish(tx: &mut Tx<'_>, id: EntryId) -> Result<()> {
    let Some(scheduled) = schedule::unguarded_due_one(tx, id)? else { return Ok(()) };
    schedule::unguarded_publish(tx, &scheduled)?;
    let now = tx.now();
    let published = Entry { version: scheduled.version + 1, updated_at: now, ..scheduled.clone() };
    version::unguarded_keep(tx, &published)?;
    let note = Note::new("entry.published", scheduled.kind.content_type).of(scheduled.id, &scheduled.name);
    tx.unguarded_note_system(scheduled.org, Some(scheduled.project), note)
}

/// Publishes what is due, each entry by itself, so that none which fails holds up the others.
///
/// # Errors
/// Those of reading the store.
pub async fn publish_due(store: &Store) -> Result<()> {
    let mut behind = None;
    loop {
        let due = store.read(|tx| schedule::unguarded_due(tx, behind))?;
        for (_, id) in &due {
            let id = *id;
            if let Err(error) = store.write(move |tx| publish(tx, id)).await {
                tracing::warn!(entry = %id, ?error, "a scheduled entry could not be published; tried again soon");
            }
        }
        behind = due.last().copied();
        if behind.is_none() {
            return Ok(());
        }
    }
}

/// When the next entry is due after a moment.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    schedule::unguarded_next_due(tx, after)
}
