//! What a link of an entry may lead to, looked for by the words in it.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::Actor,
        content::{Kind, kinds::names::link_scheme},
        id::{AppId, AppPath, EntryId},
        search::Query,
    },
    service::content::{
        checked::authorize_write,
        search::{self, ContentSearch},
    },
    store::Tx,
};

/// Most that are told.
const MOST: u32 = 12;

/// An entry that a link may lead to.
#[derive(Debug, Clone)]
pub struct LinkTarget {
    /// What it is.
    pub kind: &'static Kind,
    /// Its id.
    pub id: EntryId,
    /// Its name.
    pub name: String,
    /// The app that it is in.
    pub app: AppId,
}

/// What answers these words, the best first: in all apps of the project that whoever asks may read.
///
/// # Errors
/// Those of the gate for whoever may write entries of this kind.
pub fn find(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind, words: &str) -> Result<Vec<LinkTarget>> {
    authorize_write(tx, actor, at, kind)?;
    let kinds: Vec<_> = tx.kinds().iter().copied().filter(|kind| link_scheme(kind).is_some()).collect();
    let wanted = ContentSearch { query: Query::of(words), kinds: Some(kinds), page: (1, MOST), ..ContentSearch::default() };
    let found = search::find_own(tx, actor, (at.0, at.1), &wanted)?.page.items.into_iter().map(|found| found.entry);
    Ok(found.map(|entry| LinkTarget { kind: entry.kind, id: entry.id, name: entry.name, app: entry.app }).collect())
}
