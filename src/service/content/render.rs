//! An entry as HTML: what its content refers to is looked up among what readers may see.

use std::{
    cell::RefCell,
    collections::{
        HashMap,
        hash_map::Entry::{Occupied, Vacant},
    },
    sync::Arc,
};

use serde_json::Value;
use uuid::Uuid;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Entry, Kind, Locales, held_by,
            render::{
                links::{Card, Links, Wanted},
                tree::{Rendered, render},
            },
        },
        id::EntryId,
    },
    service::authorize,
    store::{
        Tx,
        content::{
            entry,
            link::{self, Linked},
        },
    },
};

use super::checked::{At, locales, project_of};

/// The content of an entry that the caller has read, in a language, or in the project's default one.
///
/// # Errors
/// Those of the gate.
pub fn html(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, entry: &Entry, locale: Option<&str>) -> Result<Rendered> {
    let granted = authorize::app(tx, actor, at, Some(entry.kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let locales = locales(&project);
    let locale = locale.unwrap_or(locales.default);
    let finder = Finder {
        at: &granted,
        locale,
        locales: &locales,
        rows: RefCell::new(Rows { tx, entries: HashMap::new(), lists: HashMap::new(), failed: None }),
    };
    let rendered = render(&entry.content, locale, &locales, &finder);
    match finder.rows.into_inner().failed {
        Some(failed) => Err(failed),
        None => rendered.map_err(|_| Error::Internal("unexpected value in entries.content".into())),
    }
}

/// Looks up what content refers to while that is rendered.
struct Finder<'a, 't, 's> {
    at: &'a Granted<InApp>,
    locale: &'a str,
    locales: &'a Locales<'a>,
    rows: RefCell<Rows<'t, 's>>,
}

/// The rows, and what was found among them: a page asks for the same more than once.
struct Rows<'t, 's> {
    tx: &'t mut Tx<'s>,
    entries: HashMap<Uuid, Option<String>>,
    /// The newest entries of a kind, or the oldest.
    lists: HashMap<(&'static str, bool), Vec<Linked>>,
    /// The first failure. Nothing is looked up after it.
    failed: Option<Error>,
}

impl Rows<'_, '_> {
    fn look<T: Default>(&mut self, find: impl FnOnce(&mut Self) -> Result<T>) -> T {
        if self.failed.is_some() {
            return T::default();
        }
        find(self).unwrap_or_else(|failed| {
            self.failed = Some(failed);
            T::default()
        })
    }

    fn list(&mut self, at: &Granted<InApp>, kind: &'static Kind, oldest: bool) -> Result<&[Linked]> {
        match self.lists.entry((kind.content_type, oldest)) {
            Occupied(known) => Ok(known.into_mut()),
            Vacant(new) => Ok(new.insert(link::entries(self.tx, at, kind, oldest)?)),
        }
    }
}

impl Links for Finder<'_, '_, '_> {
    fn entry(&self, id: Uuid) -> Option<String> {
        self.rows.borrow_mut().look(|rows| match rows.entries.entry(id) {
            Occupied(known) => Ok(known.get().clone()),
            Vacant(new) => Ok(new.insert(link::path(rows.tx, self.at, EntryId::from_uuid(id))?).clone()),
        })
    }

    fn file(&self, _: Uuid) -> Option<String> {
        None
    }

    fn sidebar(&self, id: Uuid) -> Option<String> {
        self.rows.borrow_mut().look(|rows| link::tree(rows.tx, self.at, EntryId::from_uuid(id)))
    }

    fn entries(&self, wanted: &Wanted) -> Vec<Card> {
        self.rows.borrow_mut().look(|rows| cards(rows, self.at, wanted, |linked| card(linked, self.locale, self.locales)))
    }
}

/// The entries of a list, among the newest of their kinds, or the oldest.
fn cards(rows: &mut Rows<'_, '_>, at: &Granted<InApp>, wanted: &Wanted, card: impl Fn(&Linked) -> Card) -> Result<Vec<Card>> {
    // In what is in the trash nothing is listed.
    if let Some(id) = wanted.category.as_deref().and_then(|id| id.parse().ok())
        && !entry::is_there(rows.tx, at, id)?
    {
        return Ok(Vec::new());
    }
    let holds = |linked: &Linked, name: &str, word: &str| {
        linked.fields.get(name).and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| one == word))
    };
    let is_wanted = |linked: &&Linked| {
        wanted.tags.iter().all(|tag| holds(linked, "tags", tag))
            && wanted.category.iter().all(|category| holds(linked, "categoryIds", category))
    };
    let mut all = Vec::new();
    for app_type in crate::domain::project::app::AppType::ALL {
        for kind in held_by(rows.tx.kinds(), app_type).filter(|kind| kind.has_slug()) {
            if wanted.kind.as_deref().is_none_or(|word| word == kind.content_type) {
                let listed = rows.list(at, kind, wanted.order == "oldest")?.iter().filter(is_wanted);
                all.extend(listed.map(|linked| (linked.name.clone(), card(linked))));
            }
        }
    }
    if wanted.order == "name" {
        all.sort_by(|a, b| a.0.cmp(&b.0));
    }
    Ok(all.into_iter().take(wanted.limit).map(|(_, card)| card).collect())
}

fn card(linked: &Linked, locale: &str, locales: &Locales<'_>) -> Card {
    let text = |name: &str| linked.fields.get(name).and_then(|value| locales.text(value, locale)).unwrap_or_default().to_owned();
    let title = Some(text("title")).filter(|title| !title.is_empty()).unwrap_or_else(|| linked.name.clone());
    Card { title, href: linked.path.clone(), excerpt: text("excerpt") }
}
