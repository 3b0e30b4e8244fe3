//! Versions of an entry: listed, read, compared, and brought back.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind, Granted, InApp, Permission},
        content::{
            Entry, Kind,
            version::{
                difference::{self, Difference},
                references::{self, Reference},
                snapshot::Snapshot,
            },
        },
        error::Fault,
        id::{EntryId, OrgId, ProjectId, UserId, VersionId},
        listing::Listing,
        page::Page,
    },
    service::authorize,
    store::{
        Tx,
        content::{
            count::Before,
            entry,
            version::{self, Source, VersionMeta, VersionPlace},
        },
    },
};

use super::{
    checked::{At, locales, project_of},
    entry::{audit_note, current},
};

/// Where versions are asked for: they have an address of their own in the project.
pub type InProject = (OrgId, ProjectId);

/// A version of an entry of this kind.
#[derive(Debug, Clone)]
pub struct Version {
    /// The kind of the entry.
    pub kind: &'static Kind,
    /// All but what it holds.
    pub meta: VersionMeta,
    /// What it holds.
    pub held: Snapshot,
}

/// The versions of an entry, also of one in the trash.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: InProject,
    (kind, id): (&'static Kind, EntryId),
    listing: &Listing,
) -> Result<Page<VersionMeta>> {
    let see = authorize::project(tx, actor, at, Permission::ProjectSee)?;
    let app = version::app_of(tx, &see, kind, id)?;
    let granted = authorize::app_of_found(tx, actor, at, (app, kind.noun), Permission::ProjectRead)?;
    version::list(tx, &granted, id, listing)
}

/// Names and kinds of those who made versions.
pub type Editors = HashMap<UserId, (String, ActorKind)>;

/// The same with the names of those who made them.
pub fn list_with_editors(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: At,
    (kind, id): (&'static Kind, EntryId),
    listing: &Listing,
) -> Result<(Page<VersionMeta>, Editors)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let page = version::list(tx, &granted, id, listing)?;
    let editors = entry::editors(tx, &granted, page.items.iter().map(|one| one.created_by))?;
    Ok((page, editors))
}

/// Where a version belongs, for whoever may do something with it there.
fn enter(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: VersionId, may: Permission) -> Result<(Granted<InApp>, VersionPlace)> {
    let see = authorize::project(tx, actor, at, Permission::ProjectSee)?;
    let place = version::place(tx, &see, id)?;
    let granted = authorize::app_of_found(tx, actor, at, (place.map(|place| place.app), "version"), may)?;
    Ok((granted, place.ok_or(Error::NotFound("version"))?))
}

/// One version.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: VersionId) -> Result<Version> {
    let (granted, place) = enter(tx, actor, at, id, Permission::ProjectRead)?;
    let (meta, held) = version::get(tx, &granted, id)?;
    Ok(Version { kind: place.kind, meta, held })
}

/// A version beside an earlier one.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The kind of the entry.
    pub kind: &'static Kind,
    /// The version that it is compared with; none if this is the first that is kept.
    pub against: Option<VersionMeta>,
    /// This one.
    pub version: VersionMeta,
    /// What is different in this one.
    pub difference: Difference,
    /// The content of this one, and of the earlier one.
    pub trees: [Vec<Value>; 2],
}

/// What is different in a version beside another one of the same entry; that before it, if none is named.
pub fn compare(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: VersionId, against: Option<VersionId>) -> Result<Compared> {
    let (granted, place) = enter(tx, actor, at, id, Permission::ProjectRead)?;
    let (version, held) = version::get(tx, &granted, id)?;
    let against = match against {
        Some(id) => Some(id),
        None => version::before(tx, &granted, &version)?,
    };
    let (against, earlier) = match against {
        Some(id) => {
            let (meta, held) = version::get(tx, &granted, id)?;
            if meta.entry != version.entry {
                return Err(Fault::new("against", "other_entry", "against must be a version of the same entry.").into());
            }
            (Some(meta), held)
        }
        None => (None, Snapshot { fields: "{}".into(), content: "[]".into() }),
    };
    let project = project_of(tx, actor, (at.0, at.1, place.app))?;
    let difference = difference::between(&earlier, &held, &locales(&project))?;
    let tree = |held: &Snapshot| serde_json::from_str(&held.content).unwrap_or_default();
    let trees = [tree(&held), tree(&earlier)];
    Ok(Compared { kind: place.kind, against, version, difference, trees })
}

/// What became of an entry that was brought back.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The entry as it is now.
    pub entry: Entry,
    /// The number of the version that came back.
    pub from: i64,
    /// What it leads to, and is not there any more.
    pub missing: Vec<Reference>,
}

/// Brings content and fields of a version back, in all languages. Slug, status and dates stay, and so do the later versions. Nothing is
/// checked: it was stored before.
pub fn restore(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: VersionId, seen: Option<i64>) -> Result<Restored> {
    let (granted, place) = enter(tx, actor, at, id, Permission::EntryWrite)?;
    let (meta, held) = version::get(tx, &granted, id)?;
    let mut changed = current(tx, &granted, (place.kind, place.entry), seen)?;
    let before = Before::from(&changed);
    held.apply(&mut changed)?;
    changed.touch(actor.id, tx.now());
    entry::update(tx, &granted, &changed, &before)?;
    version::keep(tx, &granted, &changed, Source::Revert)?;
    tx.note(&granted, audit_note("entry.reverted", &changed).with("version", meta.version))?;
    let mut missing = Vec::new();
    for reference in references::of(&changed)? {
        if !entry::is_there(tx, &granted, reference.to)? {
            missing.push(reference);
        }
    }
    Ok(Restored { entry: changed, from: meta.version, missing })
}

/// The version that a change of its entry must find.
pub fn current_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: VersionId) -> Result<i64> {
    let (granted, place) = enter(tx, actor, at, id, Permission::EntryWrite)?;
    Ok(entry::get(tx, &granted, place.kind, place.entry)?.version)
}
