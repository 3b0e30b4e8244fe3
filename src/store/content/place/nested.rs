//! Entries that stand below each other, and the number of each among those beside it.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp},
        content::{
            Entry, Kind,
            kinds::reference::all as referred,
            place::{Forest, Node, Placed},
        },
        id::EntryId,
    },
    store::{
        Tx,
        content::{
            entry::{self, lite},
            reference,
        },
        row::{Row, Value},
        sql,
    },
};

statements! {
    NODES = "SELECT e.id, e.parent_id, e.position, (e.deleted_at IS NULL) FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.position IS NOT NULL";
    ALL = concat!("SELECT ", lite!(), ", e.search FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.deleted_at IS NULL");
    LAST = "SELECT MAX(e.position) FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.position IS NOT NULL";
    PLACE = "UPDATE entries SET parent_id = $3, position = $4 WHERE id = $1 AND app_id = $2 AND deleted_at IS NULL";
    NUMBER = "UPDATE entries SET position = $3 WHERE id = $1 AND app_id = $2";
    TOUCH = "UPDATE entries SET version = $3, updated_by = $4, updated_at = $5 WHERE id = $1 AND app_id = $2 AND version = $6";
    NAMED = "SELECT r.to_id, COUNT(*) FROM refs r JOIN entries e ON e.id = r.from_id WHERE e.app_id = $1 AND r.via = $2 AND e.deleted_at IS NULL
             GROUP BY r.to_id ORDER BY r.to_id";
    COUNT = "SELECT COUNT(*) FROM refs r JOIN entries e ON e.id = r.from_id AND e.deleted_at IS NULL WHERE r.to_id = $1 AND r.via = $2
             AND e.app_id = $3";
}

/// Some of them by their ids.
pub const SOME: &str = concat!("SELECT ", lite!(), " FROM entries e WHERE e.deleted_at IS NULL AND e.id IN (?*)");

/// How all of a kind stand in the app, those in the trash, too.
pub fn forest(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind) -> Result<Forest> {
    let rows = tx.rows(&NODES, &[at.app().into(), kind.content_type.into()])?;
    let node = |mut row: Row| {
        let (id, parent) = (row.take("entries", "id")?, row.take("entries", "parent_id")?);
        Ok(Node { id, parent, position: row.take("entries", "position")?, is_there: row.take("entries", "deleted_at")? })
    };
    Ok(Forest::of(kind.noun, rows.into_iter().map(node).collect::<Result<Vec<_>>>()?))
}

/// All of a kind that are there in the app, in no order, each with the text that is searched and without its content.
pub fn all(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind) -> Result<Vec<Entry>> {
    let kinds = tx.kinds();
    let rows = tx.rows(&ALL, &[at.app().into(), kind.content_type.into()])?;
    rows.into_iter()
        .map(|mut row| {
            let found = entry::entry(kinds, &mut row, false)?;
            Ok(Entry { search: row.take("entries", "search")?, ..found })
        })
        .collect()
}

/// These of the app, as far as they are there, in no order.
pub fn by_ids(tx: &mut Tx<'_>, at: &Granted<InApp>, ids: &[EntryId]) -> Result<Vec<Entry>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (kinds, ids): (_, Vec<Value>) = (tx.kinds(), ids.iter().map(|id| (*id).into()).collect());
    let rows = sql::among(tx, (SOME, &ids))?.into_iter();
    let found = rows.map(|mut row| Ok(entry::entry(kinds, &mut row, false)?)).collect::<Result<Vec<_>>>()?;
    Ok(found.into_iter().filter(|one| one.app == at.app()).collect())
}

/// The number of the last of a kind in the app.
pub fn last(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind) -> Result<Option<i64>> {
    let row = tx.one(&LAST, &[at.app().into(), kind.content_type.into()])?;
    Ok(row.map(|mut row| row.take::<Option<i64>>("entries", "position")).transpose()?.flatten())
}

/// Stores where an entry stands that was read in this transaction with the version before.
pub fn set_place(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    let place = [entry.id.into(), at.app().into(), entry.parent_id.into(), entry.position.into()];
    tx.run_one(&PLACE, &place, entry.kind.noun)?;
    let touched = [
        entry.id.into(),
        at.app().into(),
        entry.version.into(),
        entry.updated_by.into(),
        entry.updated_at.into(),
        (entry.version - 1).into(),
    ];
    if tx.run(&TOUCH, &touched)? != 1 {
        return Err(Error::Stale);
    }
    tx.changed(entry, entry.status);
    reference::update(tx, entry.id, &referred(entry))
}

/// Stores the numbers of those that have made room for another. Of one in the trash nothing else is told.
pub fn set_numbers<'p>(tx: &mut Tx<'_>, at: &Granted<InApp>, placed: impl Iterator<Item = &'p Placed>) -> Result<()> {
    let mut ids = Vec::new();
    for one in placed {
        tx.run(&NUMBER, &[one.id.into(), at.app().into(), one.position.into()])?;
        ids.push(one.id);
    }
    by_ids(tx, at, &ids)?.iter().for_each(|entry| tx.changed(entry, entry.status));
    Ok(())
}

/// How many entries of the app that are there name each in this field.
pub fn all_named(tx: &mut Tx<'_>, at: &Granted<InApp>, field: &str) -> Result<Vec<(EntryId, u64)>> {
    let rows = tx.rows(&NAMED, &[at.app().into(), field.into()])?;
    rows.into_iter().map(|mut row| Ok((row.take("refs", "to_id")?, row.take("refs", "n")?))).collect()
}

/// How many entries of the app that are there name one in this field.
pub fn count_naming(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId, field: &str) -> Result<u64> {
    sql::number(tx.one(&COUNT, &[id.into(), field.into(), at.app().into()])?, "refs")
}
