//! What entries refer to: checked when it is written, told by name, and where one is used.

use std::{collections::HashMap, sync::Arc};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::{
            Entry, Kind,
            kinds::reference::{self, Named},
            of_type,
        },
        error::{Fault, Faults},
        id::EntryId,
    },
    service::authorize,
    store::{
        Tx,
        content::{
            entry,
            reference::{self as refs, Use},
        },
    },
};

use super::checked::At;

/// The names of what frames an entry; none of those that are gone, or that it has none of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// The name of its layout.
    pub layout: Option<String>,
    /// The name of its header.
    pub header: Option<String>,
    /// The name of its footer.
    pub footer: Option<String>,
}

/// Names that were looked up already.
pub(super) type Known = HashMap<EntryId, Option<String>>;

/// Refuses what an entry refers to by a field if that is not there. What was so `before` stays as it is.
pub(super) fn check(tx: &mut Tx<'_>, at: &Granted<InApp>, before: &Named, entry: &Entry) -> Result<()> {
    let mut faults = Faults::default();
    let (kinds, now) = (tx.kinds(), reference::named(entry)?);
    for named in now.entries {
        let (field, content_type, id) = named;
        // What is in another type of app may be in any of the project.
        let elsewhere = of_type(kinds, content_type).is_some_and(|kind| kind.app_type != entry.kind.app_type);
        let is_there = |app| elsewhere || app == entry.app;
        if !before.entries.contains(&named) && !refs::found(tx, at, content_type, id)?.is_some_and(|(app, _)| is_there(app)) {
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

/// The names of what frames an entry. One without a frame costs nothing.
pub(super) fn frame(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry, known: &mut Known) -> Result<Frame> {
    if entry.layout_id.or(entry.header_id).or(entry.footer_id).is_none() {
        return Ok(Frame::default());
    }
    let named = reference::by_field(entry);
    let mut name_of = |id: Option<EntryId>| {
        let Some((_, content_type, id)) = named.iter().find(|(_, _, found)| Some(*found) == id) else { return Ok(None) };
        if let Some(name) = known.get(id) {
            return Ok(name.clone());
        }
        let name = refs::found(tx, at, content_type, *id)?.map(|(_, name)| name);
        known.insert(*id, name.clone());
        Ok::<_, Error>(name)
    };
    Ok(Frame { layout: name_of(entry.layout_id)?, header: name_of(entry.header_id)?, footer: name_of(entry.footer_id)? })
}

/// Where an entry is used, as far as the reader may see it.
pub fn uses(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, (kind, id): (&'static Kind, EntryId)) -> Result<Vec<Use>> {
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
pub fn choices(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, kind: &'static Kind, content_type: &str) -> Result<Vec<(EntryId, String)>> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let elsewhere = of_type(tx.kinds(), content_type).is_some_and(|of| of.app_type != kind.app_type);
    if elsewhere { refs::choices_in_project(tx, &granted, content_type) } else { refs::choices(tx, &granted, content_type) }
}
