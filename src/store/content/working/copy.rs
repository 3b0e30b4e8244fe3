//! Working copies: one for each person and entry, with the steps that can be taken back.

use std::collections::HashSet;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp},
        content::{Entry, working::copy::WorkingCopy},
        id::{EntryId, UserId},
        time::Instant,
    },
    store::{Tx, content::upkeep, row::Row},
};

statements! {
    GET = "SELECT w.base_version, w.changes, w.content, w.updated_at FROM working_copies w JOIN entries e ON e.id = w.entry_id
           WHERE w.entry_id = $1 AND w.user_id = $2 AND e.app_id = $3";
    OWN = "SELECT w.entry_id FROM working_copies w JOIN entries e ON e.id = w.entry_id WHERE w.user_id = $1 AND e.app_id = $2";
    PUT = "INSERT INTO working_copies (entry_id, user_id, base_version, changes, content, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (entry_id, user_id) DO UPDATE SET base_version = excluded.base_version, changes = excluded.changes,
           content = excluded.content, updated_at = excluded.updated_at";
    DELETE = "DELETE FROM working_copies WHERE entry_id = $1 AND user_id = $2";
    LAST = "SELECT step, content FROM working_copy_steps WHERE entry_id = $1 AND user_id = $2 ORDER BY step DESC LIMIT 1";
    PUSH = "INSERT INTO working_copy_steps (entry_id, user_id, step, content) VALUES ($1, $2, $3, $4)";
    POP = "DELETE FROM working_copy_steps WHERE entry_id = $1 AND user_id = $2 AND step = $3";
    FORGET = "DELETE FROM working_copy_steps WHERE entry_id = $1 AND user_id = $2 AND step <= $3";
    OLD = "SELECT w.entry_id, w.user_id FROM working_copies w JOIN entries e ON e.id = w.entry_id
           WHERE w.updated_at < $1 AND e.updated_at > w.updated_at ORDER BY w.updated_at, w.entry_id, w.user_id LIMIT 100";
    HELD = "SELECT base_version FROM working_copies WHERE entry_id = $1";
}

const TABLE: &str = "working_copies";

/// Most steps that can be taken back.
const STEPS: i64 = 30;

/// The copy of a person, if there is one.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: EntryId, user: UserId) -> Result<Option<WorkingCopy>> {
    let Some(mut row) = tx.one(&GET, &[entry.into(), user.into(), at.app().into()])? else { return Ok(None) };
    let base = row.take(TABLE, "base_version")?;
    let changes: String = row.take(TABLE, "changes")?;
    let changes = serde_json::from_str(&changes).map_err(|_| Error::Internal("unexpected value in working_copies.changes".into()))?;
    Ok(Some(WorkingCopy { base, changes, content: row.take(TABLE, "content")?, updated_at: row.take(TABLE, "updated_at")? }))
}

/// The entries of the app of which a person has a copy: few, since each is one that they have not finished.
pub fn own(tx: &mut Tx<'_>, at: &Granted<InApp>, user: UserId) -> Result<HashSet<EntryId>> {
    tx.rows(&OWN, &[user.into(), at.app().into()])?.into_iter().map(|mut row| Ok(row.take(TABLE, "entry_id")?)).collect()
}

/// Keeps the copy of a person of an entry that was read in this transaction.
pub fn put(tx: &mut Tx<'_>, _: &Granted<InApp>, entry: &Entry, user: UserId, copy: &WorkingCopy) -> Result<()> {
    let changes = serde_json::to_string(&copy.changes).map_err(|error| Error::Internal(error.to_string()))?;
    let args = [entry.id.into(), user.into(), copy.base.into(), changes.into(), copy.content.as_deref().into(), copy.updated_at.into()];
    tx.run(&PUT, &args)?;
    Ok(())
}

/// Drops the copy of a person, and all steps of it.
pub fn delete(tx: &mut Tx<'_>, _: &Granted<InApp>, entry: &Entry, user: UserId) -> Result<()> {
    drop_one(tx, entry.id, user)
}

fn drop_one(tx: &mut Tx<'_>, entry: EntryId, user: UserId) -> Result<()> {
    tx.run(&DELETE, &[entry.into(), user.into()])?;
    tx.run(&FORGET, &[entry.into(), user.into(), i64::MAX.into()])?;
    // The version that it was begun from need not be kept for it any longer.
    upkeep::mark(tx, entry)
}

fn find_older_than(tx: &mut Tx<'_>, until: Instant) -> Result<Vec<(EntryId, UserId)>> {
    tx.rows(&OLD, &[until.into()])?.into_iter().map(|mut row| Ok((row.take(TABLE, "entry_id")?, row.take(TABLE, "user_id")?))).collect()
}

/// Whether there are copies that nobody has touched since this moment or longer, and whose entries have changed since.
pub fn unguarded_any_old(tx: &mut Tx<'_>, until: Instant) -> Result<bool> {
    Ok(!find_older_than(tx, until)?.is_empty())
}

/// Drops some of them; how many.
pub fn unguarded_forget(tx: &mut Tx<'_>, until: Instant) -> Result<usize> {
    let gone = find_older_than(tx, until)?;
    gone.iter().try_for_each(|(entry, user)| drop_one(tx, *entry, *user))?;
    Ok(gone.len())
}

fn last(tx: &mut Tx<'_>, entry: EntryId, user: UserId) -> Result<Option<(i64, Option<String>)>> {
    let row = tx.one(&LAST, &[entry.into(), user.into()])?;
    let of_row = |mut row: Row| Ok((row.take("working_copy_steps", "step")?, row.take("working_copy_steps", "content")?));
    row.map(of_row).transpose()
}

/// Whether there is a step to take back.
pub fn has_step(tx: &mut Tx<'_>, _: &Granted<InApp>, entry: &Entry, user: UserId) -> Result<bool> {
    Ok(last(tx, entry.id, user)?.is_some())
}

/// Keeps what the content was before a step; none where it was untouched. The oldest steps are forgotten.
pub fn push_step(tx: &mut Tx<'_>, _: &Granted<InApp>, entry: &Entry, user: UserId, content: Option<&str>) -> Result<()> {
    let step = last(tx, entry.id, user)?.map_or(1, |(step, _)| step + 1);
    tx.run(&PUSH, &[entry.id.into(), user.into(), step.into(), content.into()])?;
    tx.run(&FORGET, &[entry.id.into(), user.into(), (step - STEPS).into()])?;
    Ok(())
}

/// Takes the last step back: what the content was before it.
pub fn pop_step(tx: &mut Tx<'_>, _: &Granted<InApp>, entry: &Entry, user: UserId) -> Result<Option<Option<String>>> {
    let Some((step, content)) = last(tx, entry.id, user)? else { return Ok(None) };
    tx.run(&POP, &[entry.id.into(), user.into(), step.into()])?;
    Ok(Some(content))
}

/// The versions that working copies of an entry were begun from: they are kept as long as these are.
pub fn unguarded_base_versions(tx: &mut Tx<'_>, entry: EntryId) -> Result<Vec<i64>> {
    tx.rows(&HELD, &[entry.into()])?.into_iter().map(|mut row| Ok(row.take(TABLE, "base_version")?)).collect()
}
