//! What entries refer to: checked when it is written, told by name, and where one is used.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Entry, FieldType, Kind,
            kinds::reference::{self, References},
            of_type,
        },
        error::{Fault, Faults},
        id::{AppPath, EntryId},
    },
    service::authorize,
    store::{
        Tx,
        content::{
            entry,
            reference::{self as refs, Use},
        },
        form::submission,
    },
};

use super::place::nested::{self, Branch};

/// What other entries are to one: the names of what frames it, none of those that are gone, and what stands below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// The name of its layout.
    pub layout: Option<String>,
    /// The name of its header.
    pub header: Option<String>,
    /// The name of its footer.
    pub footer: Option<String>,
    /// What stands below it.
    pub children: Vec<Branch>,
    /// How many submissions a form has.
    pub submissions: u64,
}

/// What was looked up already.
#[derive(Debug, Default)]
pub(super) struct KnownNames {
    /// Names.
    names: HashMap<EntryId, Option<String>>,
    /// What stands below each other.
    nested: nested::All,
}

/// Refuses what an entry refers to by a field if that is not there. What was so `before` stays as it is.
pub(super) fn check(tx: &mut Tx<'_>, at: &Granted<InApp>, before: &References, entry: &Entry) -> Result<()> {
    let mut faults = Faults::default();
    let (kinds, now) = (tx.kinds(), reference::references_of(entry)?);
    for named in now.entries {
        let (field, content_type, id) = named;
        // What is in another type of app may be in any of the project.
        let elsewhere = of_type(kinds, content_type).is_some_and(|kind| kind.app_type != entry.kind.app_type);
        let is_there = |app| elsewhere || app == entry.app;
        if !before.entries.contains(&named) && !refs::app_and_name(tx, at, content_type, id)?.is_some_and(|(app, _)| is_there(app)) {
            let noun = of_type(kinds, content_type).map_or("entry", |kind| kind.noun);
            faults.push(Fault::new(field, "unknown_reference", format!("{field} must be the id of a {noun} that is there.")));
        }
    }
    for named in now.apps {
        let (field, of, id) = named;
        if !before.apps.contains(&named) && !refs::app_is_there(tx, at, of, id)? {
            faults.push(Fault::new(field, "unknown_reference", format!("{field} must be the id of a {} app that is there.", of.word())));
        }
    }
    faults.into_result()
}

/// What other entries are to one. It names only those that are there from here on. One that has nothing to do with others costs nothing.
pub(super) fn frame(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &mut Entry, known: &mut KnownNames) -> Result<Frame> {
    let mut frame = Frame::default();
    if entry.kind.references().is_some() {
        forget_gone(tx, at, entry, known)?;
    }
    if entry.kind.is_nested() {
        frame.children = nested::below(tx, at, entry, &mut known.nested)?;
    }
    if entry.kind.is_form() {
        frame.submissions = submission::count(tx, entry)?;
    }
    if entry.layout_id.or(entry.header_id).or(entry.footer_id).is_none() {
        return Ok(frame);
    }
    let named = reference::by_field(entry);
    let mut name_of = |id: Option<EntryId>| {
        let Some((_, content_type, id)) = named.iter().find(|(_, _, found)| Some(*found) == id) else { return Ok(None) };
        if let Some(name) = known.names.get(id) {
            return Ok(name.clone());
        }
        let name = refs::app_and_name(tx, at, content_type, *id)?.map(|(_, name)| name);
        known.names.insert(*id, name.clone());
        Ok::<_, Error>(name)
    };
    let [layout, header, footer] = [name_of(entry.layout_id)?, name_of(entry.header_id)?, name_of(entry.footer_id)?];
    Ok(Frame { layout, header, footer, ..frame })
}

/// Takes out of an entry those that it names several of and that are in the trash, or gone; which they were.
pub(super) fn forget_gone(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &mut Entry, known: &mut KnownNames) -> Result<Vec<EntryId>> {
    let all = entry.references();
    let Some(FieldType::References { of, .. }) = entry.kind.references().map(|field| field.holds) else { return Ok(Vec::new()) };
    let mut gone = Vec::new();
    for id in &all {
        if !known.names.contains_key(id) {
            known.names.insert(*id, refs::app_and_name(tx, at, of, *id)?.map(|(_, name)| name));
        }
        gone.extend(known.names.get(id).is_some_and(Option::is_none).then_some(*id));
    }
    if !gone.is_empty() {
        let left: Vec<_> = all.into_iter().filter(|id| !gone.contains(id)).collect();
        entry.set_references(&left)?;
    }
    Ok(gone)
}

/// Where an entry is used, as far as the reader may see it.
pub fn uses(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, (kind, id): (&'static Kind, EntryId)) -> Result<Vec<Use>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    entry::get(tx, &granted, kind, id)?;
    let mut uses = refs::uses(tx, &granted, id)?;
    let mut closed = Vec::new();
    for app in uses.iter().map(|one| one.app).filter(|app| *app != at.2) {
        if !closed.contains(&app) && authorize::app_role(tx, actor, (at.0, at.1, app))?.is_none() {
            closed.push(app);
        }
    }
    uses.retain(|one| !closed.contains(&one.app));
    Ok(uses)
}

/// What a field of an entry of this kind in this app may refer to, by name; in any app of the project, where such a thing is in another type
/// of app.
pub fn choices(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    kind: &'static Kind,
    content_type: &str,
) -> Result<Vec<(EntryId, String)>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let elsewhere = of_type(tx.kinds(), content_type).is_some_and(|of| of.app_type != kind.app_type);
    if elsewhere { refs::choices_in_project(tx, &granted, content_type) } else { refs::choices(tx, &granted, content_type) }
}

/// The names of the entries whose ids stand among these values, by their ids.
///
/// # Errors
/// Those of the gate.
pub fn names<'a>(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    values: impl IntoIterator<Item = &'a Value>,
) -> Result<BTreeMap<String, String>> {
    let granted = authorize::app(tx, actor, at, None, Permission::ProjectRead)?;
    let mut names = BTreeMap::new();
    for text in values.into_iter().flat_map(texts) {
        let Ok(id) = text.parse::<EntryId>() else { continue };
        if !names.contains_key(text) {
            names.extend(refs::name(tx, &granted, id)?.map(|name| (text.to_owned(), name)));
        }
    }
    Ok(names)
}

/// A text itself, or those of a list.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}
