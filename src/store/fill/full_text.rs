//! Step 37: the entries that are there are written into the full-text index of step 31, but those in the trash.

use crate::{
    domain::content::{Entry, KINDS, Status, of_type},
    store::{content::search::index, engine::Session, error::StoreError},
};

use super::rows::each;

statements! {
    ENTRIES = "SELECT id, kind, app_id, status, name, slug, author_name, fields, content FROM entries
               WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT 500";
}

/// Writes them.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    each(session, &ENTRIES, |session, id, row| {
        // A kind that nobody knows any more is not found.
        let Some(kind) = of_type(KINDS, &row.take::<String>("entries", "kind")?) else { return Ok(()) };
        let entry = Entry {
            app: row.take("entries", "app_id")?,
            status: row.take::<String>("entries", "status").map(|word| Status::from_word(&word).unwrap_or(Status::Draft))?,
            name: row.take("entries", "name")?,
            slug: row.take("entries", "slug")?,
            author_name: row.take("entries", "author_name")?,
            fields: row.take("entries", "fields")?,
            content: row.take("entries", "content")?,
            ..Entry::blank(kind)
        };
        let documents = index::documents(&entry).map_err(|_| StoreError::Shape("entries", "content"))?;
        session.index(id, &documents)
    })
}
