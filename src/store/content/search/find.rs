//! Entries that answer a query, by the full-text index.

use std::collections::{BTreeSet, HashMap};

use crate::{
    domain::{
        Result,
        access::{Granted, InProject, Role},
        content::{Entry, Kind, Kinds, Status},
        id::{AppId, EntryId},
        search::Query,
    },
    store::{Tx, content::entry, engine::MatchQuery, row::Value, sql},
};

use super::index;

statements! {
    APPS = "SELECT a.id FROM apps a WHERE a.project_id = $1 AND a.deleted_at IS NULL ORDER BY a.id";
    OWN_APPS = "SELECT a.id FROM app_members m JOIN apps a ON a.id = m.app_id
                WHERE m.user_id = $2 AND a.project_id = $1 AND a.deleted_at IS NULL ORDER BY a.id";
}

/// Documents that are ranked: the newest that match.
pub const RANKED: usize = 2_000;

/// Entries by their ids, whole.
pub const FOUND: &str = concat!("SELECT ", entry::whole!(), " FROM entries e WHERE e.deleted_at IS NULL AND e.id IN (?*)");

/// What is looked for, besides words.
#[derive(Debug, Clone, Default)]
pub struct Narrowed {
    /// Only these kinds; all when none is named.
    pub kinds: Option<Vec<&'static Kind>>,
    /// Only entries with this status.
    pub status: Option<Status>,
    /// Only entries with a block of one of these types; all when empty.
    pub blocks: Vec<String>,
    /// Only this app.
    pub app: Option<AppId>,
    /// Only texts in this language; with `true` plain texts, too.
    pub locale: Option<(String, bool)>,
    /// Whether one of the words is enough.
    pub any: bool,
}

/// An entry in which a query was found.
#[derive(Debug, Clone)]
pub struct FoundEntry {
    /// The entry.
    pub id: EntryId,
    /// The language in which it was found best, as the index calls it.
    pub locale: String,
}

/// What a query finds.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The entries, the best first.
    pub all: Vec<FoundEntry>,
    /// Whether there may be more that match than were ranked.
    pub is_cut: bool,
}

/// The best of the newest entries that answer a query, of the apps of a project that the caller may read: at most [`RANKED`].
pub fn find(tx: &mut Tx<'_>, at: &Granted<InProject>, query: &Query, narrowed: &Narrowed) -> Result<Places> {
    let own = apps(tx, at)?.into_iter().filter(|app| narrowed.app.is_none_or(|only| only == *app));
    let mut scope = vec![own.map(|app| index::of_app(&app)).collect()];
    if let Some(kinds) = &narrowed.kinds {
        scope.push(kinds.iter().map(|kind| index::of_kind(kind)).collect());
    }
    if let Some(status) = narrowed.status {
        scope.push(vec![index::of_status(status)]);
    }
    if !narrowed.blocks.is_empty() {
        scope.push(narrowed.blocks.iter().map(|word| index::of_block(word)).collect());
    }
    let locale = narrowed.locale.as_ref().map(|(tag, and_plain)| (tag.as_str(), *and_plain));
    places(tx, &MatchQuery { terms: query.terms(), any: narrowed.any, scope: &scope, locale, most: RANKED })
}

/// The entries that match, each once.
pub(super) fn places(tx: &mut Tx<'_>, wanted: &MatchQuery<'_>) -> Result<Places> {
    let mut found: Vec<FoundEntry> = Vec::new();
    let mut seen = BTreeSet::new();
    let matches = tx.session.matches(wanted)?;
    let is_cut = matches.len() >= wanted.most;
    for matched in matches {
        if let Ok(id) = matched.of.parse::<EntryId>()
            && seen.insert(id)
        {
            found.push(FoundEntry { id, locale: matched.locale });
        }
    }
    Ok(Places { all: found, is_cut })
}

/// These entries, whole, in their order. Of what is not there any more nothing is said.
pub fn read(tx: &mut Tx<'_>, at: &Granted<InProject>, places: &[FoundEntry]) -> Result<Vec<(Entry, String)>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Value> = places.iter().map(|place| place.id.into()).collect();
    let kinds: Kinds = tx.kinds();
    let mut found = HashMap::new();
    for mut row in sql::among(tx, (FOUND, &ids))? {
        let entry = entry::entry(kinds, &mut row, true)?;
        if entry.project == at.project() {
            found.insert(entry.id, entry);
        }
    }
    Ok(places.iter().filter_map(|place| Some((found.remove(&place.id)?, place.locale.clone()))).collect())
}

/// The apps of the project that the caller may read: for whoever was added to single apps only, those.
fn apps(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<Vec<AppId>> {
    let rows = if at.role() < Role::Viewer {
        tx.rows(&OWN_APPS, &[at.project().into(), at.actor().id.into()])?
    } else {
        tx.rows(&APPS, &[at.project().into()])?
    };
    rows.into_iter().map(|mut row| Ok(row.take("apps", "id")?)).collect()
}
