//! Scheduled entries: which are due, when the next is, and how one is published.

use crate::{
    domain::{
        Result,
        content::{Entry, Status},
        id::EntryId,
        time::Instant,
    },
    store::Tx,
};

use super::{
    count,
    entry::{self, whole},
    search::index,
};

statements! {
    DUE = "SELECT e.scheduled_at, e.id FROM entries e JOIN apps a ON a.id = e.app_id JOIN projects p ON p.id = e.project_id
           JOIN organizations o ON o.id = e.organization_id
           WHERE e.status = 'scheduled' AND e.deleted_at IS NULL AND e.scheduled_at <= $1 AND a.deleted_at IS NULL
           AND p.deleted_at IS NULL AND o.deleted_at IS NULL AND (e.scheduled_at > $2 OR (e.scheduled_at = $2 AND e.id > $3))
           ORDER BY e.scheduled_at, e.id LIMIT 100";
    DUE_ONE = concat!("SELECT ", whole!(), " FROM entries e JOIN apps a ON a.id = e.app_id
                      JOIN projects p ON p.id = e.project_id JOIN organizations o ON o.id = e.organization_id
                      WHERE e.id = $2 AND e.status = 'scheduled' AND e.deleted_at IS NULL AND e.scheduled_at <= $1 AND a.deleted_at IS NULL
                      AND p.deleted_at IS NULL AND o.deleted_at IS NULL");
    NEXT = "SELECT MIN(e.scheduled_at) FROM entries e JOIN apps a ON a.id = e.app_id JOIN projects p ON p.id = e.project_id
            JOIN organizations o ON o.id = e.organization_id
            WHERE e.status = 'scheduled' AND e.scheduled_at > $1 AND e.deleted_at IS NULL AND a.deleted_at IS NULL
            AND p.deleted_at IS NULL AND o.deleted_at IS NULL";
    PUBLISH = "UPDATE entries SET status = 'published', published_at = $2, scheduled_at = NULL, version = version + 1, updated_at = $2
               WHERE id = $1 AND status = 'scheduled'";
}

/// Scheduled entries whose time has come by `now`, at most 100, those behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EntryId)>) -> Result<Vec<(Instant, EntryId)>> {
    let (at, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(at, id)| (at, id.to_string()));
    let rows = tx.rows(&DUE, &[now.into(), at.into(), id.into()])?;
    rows.into_iter().map(|mut row| Ok((row.take("entries", "scheduled_at")?, row.take("entries", "id")?))).collect()
}

/// One of them, if it still is.
pub fn unguarded_due_one(tx: &mut Tx<'_>, id: EntryId) -> Result<Option<Entry>> {
    let now = tx.now();
    entry::one(tx, &DUE_ONE, &[now.into(), id.into()])
}

/// When the next entry publishes itself after a moment.
pub fn unguarded_next_due(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT, &[after.into()])?.map(|mut row| row.take::<Option<Instant>>("entries", "scheduled_at")).transpose()?.flatten())
}

/// Publishes a scheduled entry.
pub fn unguarded_publish(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let now = tx.now();
    tx.run_one(&PUBLISH, &[entry.id.into(), now.into()], entry.kind.noun)?;
    let published = Entry { status: Status::Published, ..entry.clone() };
    count::recount(tx, entry.app, &entry.into(), &published);
    tx.changed(&published, entry.status);
    index::put(tx, &published, &published.derived()?)
}
