//! The full-text index: FTS5, beside a table that says of which thing a document is. The words come folded and parted, so its own
//! tokenizer has nothing to do but to see the blanks.

use std::cell::RefCell;

use rusqlite::{Connection, Result, params};

use crate::store::engine::IndexDocument;

use super::sent;

const OLD: &str = "SELECT id FROM search_docs WHERE entry_id = ?1";
const DROP: &str = "DELETE FROM search_index WHERE rowid = ?1";
const DROP_DOCS: &str = "DELETE FROM search_docs WHERE entry_id = ?1";
const DOC: &str = "INSERT INTO search_docs (entry_id, locale) VALUES (?1, ?2)";
const INSERT: &str = "INSERT INTO search_index (rowid, title, body, scope) VALUES (?1, ?2, ?3, ?4)";

/// Stands in the scope before each word of the title. In which documents a word stands there is a list of its own then, and is known without
/// going through all those that have it elsewhere.
pub(super) const TITLE: &str = "¶";

/// Something that an index is to hold from now on, of the thing with this id.
enum Change {
    Documents(Vec<IndexDocument>),
    /// What a visitor has sent: the form, and the words.
    Sent(Option<(String, String)>),
}

/// What goes into the indices at the end of its transaction. FTS5 writes what it has gathered whenever a savepoint begins, and so
/// would for each write of a batch; this way it gathers those of all.
#[derive(Default)]
pub(super) struct Pending(RefCell<Vec<(String, Change)>>);

impl Pending {
    /// The documents of a thing are to become these.
    pub fn add(&self, of: &str, documents: &[IndexDocument]) {
        self.0.borrow_mut().push((of.to_owned(), Change::Documents(documents.to_vec())));
    }

    /// The words of something that was sent are to become these.
    pub fn add_sent(&self, of: &str, words: Option<(&str, &str)>) {
        let words = words.map(|(form, words)| (form.to_owned(), words.to_owned()));
        self.0.borrow_mut().push((of.to_owned(), Change::Sent(words)));
    }

    /// How many things wait.
    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Forgets those that were added since so many waited: what they are of was undone.
    pub fn truncate(&self, len: usize) {
        self.0.borrow_mut().truncate(len);
    }

    /// Puts them into the indices, in the order in which they came.
    pub fn write(&self, db: &Connection) -> Result<()> {
        let all = self.0.take();
        all.iter().try_for_each(|(of, change)| match change {
            Change::Documents(documents) => index(db, of, documents),
            Change::Sent(words) => sent::index(db, of, words.as_ref().map(|(form, words)| (form.as_str(), words.as_str()))),
        })
    }
}

/// Replaces the documents of a thing.
pub(super) fn index(db: &Connection, of: &str, documents: &[IndexDocument]) -> Result<()> {
    let mut old = db.prepare_cached(OLD)?;
    let old = old.query_map([of], |row| row.get(0))?.collect::<Result<Vec<i64>>>()?;
    for id in &old {
        db.prepare_cached(DROP)?.execute([id])?;
    }
    if !old.is_empty() {
        db.prepare_cached(DROP_DOCS)?.execute([of])?;
    }
    for IndexDocument { locale, title, body, scope } in documents {
        let id = db.prepare_cached(DOC)?.insert([of, locale])?;
        let mut scope = scope.clone();
        title.split_ascii_whitespace().for_each(|word| scope.extend([" ", TITLE, word]));
        db.prepare_cached(INSERT)?.execute(params![id, title, body, scope])?;
    }
    Ok(())
}
