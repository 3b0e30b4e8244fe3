//! What a link of an entry may lead to, looked for by the words in it.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::{Kind, held_by, kinds::names::link_scheme},
        id::{AppId, EntryId},
        search::Query,
        text,
    },
    service::{
        authorize,
        content::{
            checked::{At, enter_write},
            reference,
            search::{self, Wanted},
        },
    },
    store::Tx,
};

/// Most that are told.
const MOST: u32 = 12;

/// An entry that a link may lead to.
#[derive(Debug, Clone)]
pub struct Place {
    /// What it is.
    pub kind: &'static Kind,
    /// Its id.
    pub id: EntryId,
    /// Its name.
    pub name: String,
    /// The app that it is in.
    pub app: AppId,
}

/// What answers these words, the best first: in the whole project for whoever may read all of it, else in the app.
///
/// # Errors
/// Those of the gate for whoever may write entries of this kind.
pub fn find(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind, words: &str) -> Result<Vec<Place>> {
    enter_write(tx, actor, at, kind)?;
    let kinds: Vec<_> = tx.kinds().iter().copied().filter(|kind| link_scheme(kind).is_some()).collect();
    let wanted = Wanted { query: Query::of(words), kinds: Some(kinds), page: (1, MOST), ..Wanted::default() };
    match authorize::project(tx, actor, (at.0, at.1), Permission::ProjectRead) {
        Ok(_) => {
            let found = search::find(tx, actor, (at.0, at.1), &wanted)?.items.into_iter().map(|found| found.entry);
            Ok(found.map(|entry| Place { kind: entry.kind, id: entry.id, name: entry.name, app: entry.app }).collect())
        }
        Err(Error::NotFound(_) | Error::Denied(_)) => in_app(tx, actor, at, kind, words),
        Err(error) => Err(error),
    }
}

/// The same among the names of one app.
fn in_app(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind, words: &str) -> Result<Vec<Place>> {
    let words = text::fold(words);
    let mut all = Vec::new();
    for of in held_by(tx.kinds(), kind.app_type).filter(|of| link_scheme(of).is_some() && !words.is_empty()) {
        let named = reference::choices(tx, actor, at, kind, of.content_type)?.into_iter();
        let held = named.filter(|(_, name)| text::fold(name).contains(&words));
        all.extend(held.map(|(id, name)| Place { kind: of, id, name, app: at.2 }));
    }
    all.truncate(MOST as usize);
    Ok(all)
}
