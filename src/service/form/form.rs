//! Forms: switched on and off, and made once more.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::{Entry, Kind},
        id::{AppPath, EntryId},
    },
    service::{
        authorize,
        content::entry::{self, Localized, audit_note},
    },
    store::{
        Tx,
        content::{count::Before, entry as entries},
    },
};

/// Says whether a form takes what visitors send. What is so already stays as it is.
///
/// # Errors
/// Those of the gate; stale, where the form is not of the version that was `seen`.
pub fn set_active(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, id): (&'static Kind, EntryId),
    is_active: bool,
    seen: Option<i64>,
) -> Result<Localized<Entry>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    let mut form = entries::get(tx, &granted, kind, id)?;
    if seen.is_some_and(|version| version != form.version) {
        return Err(Error::Stale);
    }
    if form.is_active != is_active {
        let before = Before::from(&form);
        form.is_active = is_active;
        form.touch(actor.id, tx.now());
        entries::update(tx, &granted, &form, &before)?;
        tx.note(&granted, audit_note(if is_active { "form.activated" } else { "form.deactivated" }, &form))?;
    }
    entry::get(tx, actor, at, kind, id, None)
}

/// Makes a form that asks the same, in all languages, with the same settings; it is active if the first one is. The ids of its blocks are the
/// same, since conditions may name them. Without a slug it has one that is made of its name.
///
/// # Errors
/// Those of the gate; a conflict on `slug`.
pub fn duplicate(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, id): (&'static Kind, EntryId),
    (name, slug): (&str, Option<&str>),
) -> Result<Localized<Entry>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::EntryWrite)?;
    let form = entries::get(tx, &granted, kind, id)?;
    let mut body: Map<String, Value> = form.writable()?;
    body.insert("name".into(), name.into());
    body.shift_remove("slug");
    body.extend(slug.map(|slug| ("slug".to_owned(), slug.into())));
    body.insert("content".into(), form.tree()?.into());
    body.insert("isActive".into(), form.is_active.into());
    entry::create_of(tx, actor, at, kind, &body, None)
}
