//! An entry as HTML: what its content refers to is looked up among what readers may see.

use std::{collections::hash_map, sync::Arc};

use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Entry, Locales, held_by,
            render::{
                links::{Asked, Card, Found, Known, Wanted},
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

/// How often it is rendered at the most: once, unless something is asked for that the text of the tree does not show, such as a list.
const ROUNDS: usize = 3;

/// The content of an entry that the caller has read, in a language, or in the project's default one.
///
/// # Errors
/// Those of the gate.
pub fn html(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, entry: &Entry, locale: Option<&str>) -> Result<Rendered> {
    let granted = authorize::app(tx, actor, at, Some(entry.kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    let locales = locales(&project);
    let locale = locale.unwrap_or(locales.default);
    let (mut found, mut asked, mut rounds) = (Found::default(), Asked::of(&entry.content), ROUNDS);
    loop {
        look_up(tx, &granted, asked, (locale, &locales), &mut found)?;
        let known = Known::new(&found);
        let rendered = render_tree(&entry.content, locale, &locales, &known)?;
        rounds -= 1;
        match known.missing() {
            Some(missing) if rounds > 0 => asked = missing,
            _ => return Ok(rendered),
        }
    }
}

fn render_tree(content: &str, locale: &str, locales: &Locales<'_>, known: &Known<'_>) -> Result<Rendered> {
    render(content, locale, locales, known).map_err(|_| Error::Internal("unexpected value in entries.content".into()))
}

fn look_up(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    mut asked: Asked,
    (locale, locales): (&str, &Locales<'_>),
    found: &mut Found,
) -> Result<()> {
    for id in asked.sidebars {
        if let hash_map::Entry::Vacant(new) = found.sidebars.entry(id) {
            let tree = new.insert(link::tree(tx, at, EntryId::from_uuid(id))?);
            asked.entries.extend(tree.iter().flat_map(|tree| Asked::of(tree).entries));
        }
    }
    for id in asked.entries {
        if let hash_map::Entry::Vacant(new) = found.entries.entry(id) {
            new.insert(link::path(tx, at, EntryId::from_uuid(id))?);
        }
    }
    for wanted in asked.lists {
        let cards = cards(tx, at, &wanted, |linked| card(linked, locale, locales))?;
        found.lists.insert(wanted, cards);
    }
    Ok(())
}

/// The entries of a list, among the newest of their kinds, or the oldest.
fn cards(tx: &mut Tx<'_>, at: &Granted<InApp>, wanted: &Wanted, card: impl Fn(&Linked) -> Card) -> Result<Vec<Card>> {
    let mut all = Vec::new();
    // In what is in the trash nothing is listed.
    if let Some(id) = wanted.category.as_deref().and_then(|id| id.parse().ok())
        && !entry::is_there(tx, at, id)?
    {
        return Ok(all.iter().map(card).collect());
    }
    for app_type in crate::domain::project::app::AppType::ALL {
        for kind in held_by(tx.kinds(), app_type).filter(|kind| kind.has_slug()) {
            if wanted.kind.as_deref().is_none_or(|word| word == kind.content_type) {
                all.extend(link::entries(tx, at, kind, wanted.order == "oldest")?);
            }
        }
    }
    let holds = |linked: &Linked, name: &str, word: &str| {
        linked.fields.get(name).and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| one == word))
    };
    all.retain(|linked| {
        wanted.tags.iter().all(|tag| holds(linked, "tags", tag))
            && wanted.category.iter().all(|category| holds(linked, "categoryIds", category))
    });
    if wanted.order == "name" {
        all.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(all.iter().take(wanted.limit).map(card).collect())
}

fn card(linked: &Linked, locale: &str, locales: &Locales<'_>) -> Card {
    let text = |name: &str| linked.fields.get(name).and_then(|value| locales.text(value, locale)).unwrap_or_default().to_owned();
    let title = Some(text("title")).filter(|title| !title.is_empty()).unwrap_or_else(|| linked.name.clone());
    Card { title, href: linked.path.clone(), excerpt: text("excerpt") }
}
