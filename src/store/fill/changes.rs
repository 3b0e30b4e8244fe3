//! Step 34: what is published already has its numbers, too, in the order in which it was made.

use std::collections::BTreeMap;

use crate::store::{engine::Session, error::StoreError};

use super::rows::each;

statements! {
    PUBLISHED = "SELECT id, project_id, app_id, kind, updated_at FROM entries
                 WHERE id > $1 AND status = 'published' AND deleted_at IS NULL ORDER BY id LIMIT 500";
    CHANGE = "INSERT INTO changes (entry_id, project_id, app_id, kind, n, gone, changed_at) VALUES ($1, $2, $3, $4, $5, NULL, $6)";
    NUMBER = "INSERT INTO change_numbers (project_id, n, dropped) VALUES ($1, $2, 0)";
}

/// Numbers it.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    each(session, &PUBLISHED, |session, id, row| {
        let project: String = row.take("entries", "project_id")?;
        let (app, kind): (String, String) = (row.take("entries", "app_id")?, row.take("entries", "kind")?);
        let at: i64 = row.take("entries", "updated_at")?;
        let n = last.entry(project.clone()).or_default();
        *n += 1;
        session.run(&CHANGE, &[id.into(), project.into(), app.into(), kind.into(), (*n).into(), at.into()]).map(drop)
    })?;
    last.into_iter().try_for_each(|(project, n)| session.run(&NUMBER, &[project.into(), n.into()]).map(drop))
}
