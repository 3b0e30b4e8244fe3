//! Step 39: what is written in which language is found out of all entries, those in the trash, too, and the totals of the languages in which
//! they are complete are counted anew. What each app has one of is not found by the name of its kind any more.

use std::collections::BTreeMap;

use crate::{
    domain::content::{Entry, KINDS, Written, of_type},
    store::{content::search::index, engine::Session, error::StoreError, row::Value},
};

use super::rows::each;

statements! {
    ENTRIES = "SELECT id, kind, app_id, name, deleted_at, fields, content FROM entries WHERE id > $1 ORDER BY id LIMIT 500";
    WRITTEN = "UPDATE entries SET written = $2, locales = $3 WHERE id = $1";
    FORGET = "DELETE FROM counters WHERE what >= $1 AND what < $2";
    ADD = "INSERT INTO counters (owner, what, slot, n) VALUES ($1, $2, 0, $3)";
}

/// Finds it out, and counts.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    let mut totals = BTreeMap::<(String, String), i64>::new();
    each(session, &ENTRIES, |session, id, row| {
        // A kind that nobody knows any more is in no list.
        let Some(kind) = of_type(KINDS, &row.take::<String>("entries", "kind")?) else { return Ok(()) };
        let (app, name): (String, String) = (row.take("entries", "app_id")?, row.take("entries", "name")?);
        let is_there = row.take::<Option<i64>>("entries", "deleted_at")?.is_none();
        let (fields, content) = (row.take("entries", "fields")?, row.take("entries", "content")?);
        let entry = Entry { name, fields, content, ..Entry::blank(kind) };
        let broken = |_| StoreError::Shape("entries", "content");
        let written = Written::of(&entry).map_err(broken)?;
        let complete = written.complete();
        session.run(&WRITTEN, &[id.into(), written.to_string().into(), complete.as_str().into()])?;
        if is_there {
            *totals.entry((app.clone(), format!("{}/locales/{complete}", kind.content_type))).or_default() += 1;
        }
        if is_there && kind.is_single() {
            let app = app.parse().map_err(|_| StoreError::Shape("entries", "app_id"))?;
            session.index(id, &index::documents(&Entry { app, ..entry }).map_err(broken)?)?;
        }
        Ok(())
    })?;
    for kind in KINDS {
        let (from, to) = (format!("{}/locales/", kind.content_type), format!("{}/locales0", kind.content_type));
        session.run(&FORGET, &[from.into(), to.into()])?;
    }
    for ((app, what), n) in totals {
        session.run(&ADD, &[app.into(), what.into(), Value::Int(n)])?;
    }
    Ok(())
}
