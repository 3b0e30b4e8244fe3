//! The trash: where entries go that were deleted, and from where they come back.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp},
        content::{Entry, Kind},
        id::EntryId,
    },
    store::Tx,
};

use super::{
    count,
    entry::{self, whole},
};

statements! {
    GET = concat!("SELECT ", whole!(), " FROM entries e WHERE e.id = $1 AND e.app_id = $2 AND e.kind = $3 AND e.deleted_at IS NOT NULL");
    DELETE = "UPDATE entries SET deleted_at = $3 WHERE id = $1 AND app_id = $2 AND deleted_at IS NULL";
    RESTORE = "UPDATE entries SET deleted_at = NULL WHERE id = $1 AND app_id = $2 AND deleted_at IS NOT NULL";
}

/// An entry of this kind in the trash.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, id: EntryId) -> Result<Entry> {
    entry::one(tx, &GET, &[id.into(), at.app().into(), kind.content_type.into()])?.ok_or(Error::NotFound(kind.noun))
}

/// Moves an entry to the trash; its slug is free again.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    let now = tx.now();
    tx.run_one(&DELETE, &[entry.id.into(), at.app().into(), now.into()], entry.kind.noun)?;
    count::count(tx, at.app(), entry.kind, &entry.into(), -1);
    Ok(())
}

/// Takes an entry out of the trash, as it was.
///
/// # Errors
/// A conflict on `slug` when another entry has taken it since.
pub fn restore(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    let touched = tx.run(&RESTORE, &[entry.id.into(), at.app().into()]).map_err(|error| entry::on_slug(error, entry))?;
    if touched != 1 {
        return Err(Error::NotFound(entry.kind.noun));
    }
    entry::there(tx, at, entry)
}
