//! Entries in the full-text index: written with each of them, in its transaction.

use crate::{
    domain::{
        Result,
        content::{Derived, Entry, Kind, Status},
        id::{AppId, EntryId},
    },
    store::{Tx, engine::IndexDocument},
};

/// Writes an entry into the index, as it is now.
pub(in crate::store) fn put(tx: &mut Tx<'_>, entry: &Entry, derived: &Derived) -> Result<()> {
    Ok(tx.session.index(&entry.id.to_string(), &scoped(entry, derived))?)
}

/// Takes an entry out of the index: one that is in the trash is not found.
pub(in crate::store) fn remove(tx: &mut Tx<'_>, id: EntryId) -> Result<()> {
    Ok(tx.session.index(&id.to_string(), &[])?)
}

/// What the index holds of an entry.
pub(in crate::store) fn documents(entry: &Entry) -> Result<Vec<IndexDocument>> {
    Ok(scoped(entry, &entry.derived()?))
}

fn scoped(entry: &Entry, derived: &Derived) -> Vec<IndexDocument> {
    let mut scope = [of_app(&entry.app), of_kind(entry.kind), of_status(entry.status)].join(" ");
    for word in &derived.blocks {
        scope.push(' ');
        scope.push_str(&of_block(word));
    }
    let documents = derived.documents.iter().cloned();
    documents.map(|one| IndexDocument { locale: one.locale, title: one.title, body: one.body, scope: scope.clone() }).collect()
}

/// The words of the scope, each with a letter before it that says what it is: of what belongs to an app.
pub(super) fn of_app(app: &AppId) -> String {
    format!("a{}", plain(&app.to_string()))
}

/// Of what is of a kind.
pub(super) fn of_kind(kind: &Kind) -> String {
    format!("k{}", plain(kind.content_type))
}

/// Of what has a status.
pub(super) fn of_status(status: Status) -> String {
    format!("s{}", status.word())
}

/// Of what has a block of a type.
pub(super) fn of_block(word: &str) -> String {
    format!("b{}", plain(word))
}

/// The letters and digits of a word: what else may stand in one would part it.
fn plain(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect()
}
