//! An entry on its way out for good, and all that hangs on it: what refers to it first.

use crate::{
    domain::{Result, content::of_type, id::EntryId},
    store::{Tx, engine::Sql, form::submission},
};

use super::search::index;

statements! {
    ADDRESS = "SELECT e.kind, e.slug, e.app_id FROM entries e WHERE e.id = $1 AND e.slug IS NOT NULL AND e.deleted_at IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM entries o WHERE o.app_id = e.app_id AND o.slug = e.slug AND o.deleted_at IS NULL)";
    REDIRECTS = "DELETE FROM redirects WHERE app_id = $1 AND to_path = $2 AND source = 'auto'";
    RAISE = "UPDATE entries SET parent_id = (SELECT p.parent_id FROM entries p WHERE p.id = $1) WHERE parent_id = $1";
    UPKEEP = "DELETE FROM version_upkeep WHERE entry_id = $1";
    VERSIONS = "DELETE FROM versions WHERE entry_id = $1";
    COUNTERS = "DELETE FROM counters WHERE owner = $1";
    ENTRY = "DELETE FROM entries WHERE id = $1";
}

/// What hangs on an entry, and then the entry.
const ALL: [&Sql; 4] = [&UPKEEP, &VERSIONS, &COUNTERS, &ENTRY];

/// Drops an entry with everything that is of it alone; how many rows. Redirects that somebody made stay: where they lead may be there again.
pub(in crate::store) fn entry(tx: &mut Tx<'_>, id: EntryId) -> Result<usize> {
    let mut gone = 0;
    if let Some(mut row) = tx.one(&ADDRESS, &[id.into()])? {
        let (kind, slug): (String, String) = (row.take("entries", "kind")?, row.take("entries", "slug")?);
        let app: String = row.take("entries", "app_id")?;
        if let Some(kind) = of_type(tx.kinds(), &kind) {
            gone += tx.run(&REDIRECTS, &[app.into(), format!("{}{slug}", kind.path_prefix).into()])?;
        }
    }
    // What stood below it stands where it stood.
    tx.run(&RAISE, &[id.into()])?;
    index::remove(tx, id)?;
    gone += submission::drop_of_form(tx, id)?;
    for sql in ALL {
        gone += tx.run(sql, &[id.into()])?;
    }
    Ok(gone)
}
