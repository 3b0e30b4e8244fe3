//! Rows gone through, some at a time.

use crate::{
    domain::text::fold,
    store::{
        engine::{Session, Sql},
        error::StoreError,
        row::{Row, Value},
    },
};

/// Rows that are read at once.
const BATCH: usize = 500;

/// Folds the second column of what `read` finds, and writes it.
pub(super) fn refold(session: &mut dyn Session, read: &Sql, write: &Sql) -> Result<(), StoreError> {
    each(session, read, |session, id, row| {
        let text: Option<String> = row.take("any", "text")?;
        let folded = text.map_or(Value::Null, |text| fold(&text).into());
        session.run(write, &[id.into(), folded]).map(drop)
    })
}

/// Goes through all rows of a statement that reads [`BATCH`] of them behind an id, which comes first; hands on each with its id.
pub(super) fn each(
    session: &mut dyn Session,
    read: &Sql,
    mut take: impl FnMut(&mut dyn Session, &str, &mut Row) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut last = String::new();
    loop {
        let rows = session.rows(read, &[last.as_str().into()])?;
        let full = rows.len() == BATCH;
        for mut row in rows {
            last = row.take("any", "id")?;
            take(session, &last, &mut row)?;
        }
        if !full {
            return Ok(());
        }
    }
}
