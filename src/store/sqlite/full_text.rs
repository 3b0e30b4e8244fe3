//! The full-text index: FTS5, beside a table that says of which thing a document is. The words come folded and parted, so its own
//! tokenizer has nothing to do but to see the blanks.

use rusqlite::{Connection, Result, params};

use crate::store::engine::Document;

const OLD: &str = "SELECT id FROM search_docs WHERE entry_id = ?1";
const DROP: &str = "DELETE FROM search_index WHERE rowid = ?1";
const DROP_DOCS: &str = "DELETE FROM search_docs WHERE entry_id = ?1";
const DOC: &str = "INSERT INTO search_docs (entry_id, locale) VALUES (?1, ?2)";
const INSERT: &str = "INSERT INTO search_index (rowid, title, body, scope) VALUES (?1, ?2, ?3, ?4)";

/// Stands in the scope before each word of the title. In which documents a word stands there is a list of its own then, and is known without
/// going through all those that have it elsewhere.
pub(super) const TITLE: &str = "¶";

/// Replaces the documents of a thing.
pub(super) fn index(db: &Connection, of: &str, documents: &[Document]) -> Result<()> {
    let mut old = db.prepare_cached(OLD)?;
    let old = old.query_map([of], |row| row.get(0))?.collect::<Result<Vec<i64>>>()?;
    for id in &old {
        db.prepare_cached(DROP)?.execute([id])?;
    }
    if !old.is_empty() {
        db.prepare_cached(DROP_DOCS)?.execute([of])?;
    }
    for Document { locale, title, body, scope } in documents {
        let id = db.prepare_cached(DOC)?.insert([of, locale])?;
        let mut scope = scope.clone();
        title.split_ascii_whitespace().for_each(|word| scope.extend([" ", TITLE, word]));
        db.prepare_cached(INSERT)?.execute(params![id, title, body, scope])?;
    }
    Ok(())
}
