//! Step 30: the versions of entries that were changed before are looked after, too.

use crate::store::{engine::Session, error::StoreError};

use super::rows::each;

statements! {
    CHANGED = "SELECT id, version, updated_at FROM entries WHERE id > $1 ORDER BY id LIMIT 500";
    DUE = "INSERT INTO version_upkeep (entry_id, due_at) VALUES ($1, $2)";
}

/// Whatever has more than one version is due.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    each(session, &CHANGED, |session, id, row| {
        let (version, at): (i64, i64) = (row.take("entries", "version")?, row.take("entries", "updated_at")?);
        if version > 1 {
            session.run(&DUE, &[id.into(), at.into()])?;
        }
        Ok(())
    })
}
