//! Versions of an entry: listed, read, compared, and brought back.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use crate::{
    domain::{
        Result,
        access::{Actor, ActorKind, Permission},
        content::{
            Entry, Kind,
            version::{
                difference::{self, Difference},
                references::{self, Reference},
                snapshot::Snapshot,
            },
        },
        error::Fault,
        id::{AppPath, EntryId, ProjectPath, UserId, VersionId},
        listing::Listing,
        page::Page,
    },
    service::authorize,
    store::{
        Tx,
        content::{
            entry,
            version::{self, Source, VersionMeta},
            working::copy,
        },
        project::project,
    },
};

use super::{
    checked::locales,
    entry::{audit_note, current, write},
    place::located::{ById, Located, located},
};

/// Where versions are asked for: they have an address of their own in the project.
pub type InProject = ProjectPath;

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
    let found = located(tx, actor, at, ById::Kept(kind, id), Permission::ProjectRead)?;
    version::list(tx, &found.app, id, listing)
}

/// Names and kinds of those who made versions.
pub type Editors = HashMap<UserId, (String, ActorKind)>;

/// The same with the names of those who made them.
pub fn list_with_editors(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: AppPath,
    (kind, id): (&'static Kind, EntryId),
    listing: &Listing,
) -> Result<(Page<VersionMeta>, Editors)> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let page = version::list(tx, &granted, id, listing)?;
    let editors = entry::editors(tx, &granted, page.items.iter().map(|one| one.created_by))?;
    Ok((page, editors))
}

/// One version.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: VersionId) -> Result<Version> {
    let Located { app: granted, kind, .. } = located(tx, actor, at, ById::Version(id), Permission::ProjectRead)?;
    let (meta, held) = version::get(tx, &granted, id)?;
    Ok(Version { kind, meta, held })
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
    let Located { app: granted, project, kind, .. } = located(tx, actor, at, ById::Version(id), Permission::ProjectRead)?;
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
    let project = project::get_without_apps(tx, &project)?;
    let difference = difference::between(&earlier, &held, &locales(&project))?;
    let tree = |held: &Snapshot| serde_json::from_str(&held.content).unwrap_or_default();
    let trees = [tree(&held), tree(&earlier)];
    Ok(Compared { kind, against, version, difference, trees })
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
    /// Whether the actor has changes of it that are not saved: those stay over what came back.
    pub has_working_copy: bool,
}

/// Brings content and fields of a version back, in all languages. Slug, status and dates stay, and so do the later versions. It was
/// stored before, so only what its parts need of each other is checked.
pub fn restore(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: VersionId, seen: Option<i64>) -> Result<Restored> {
    let Located { app: granted, kind, entry: of, .. } = located(tx, actor, at, ById::Version(id), Permission::EntryWrite)?;
    let (meta, held) = version::get(tx, &granted, id)?;
    let mut changed = current(tx, &granted, (kind, of), seen)?;
    let before = changed.clone();
    held.apply(&mut changed)?;
    changed.touch(actor.id, tx.now());
    write(tx, &granted, &before, &changed)?;
    version::keep(tx, &granted, &changed, Source::Revert)?;
    tx.note(&granted, audit_note("entry.reverted", &changed).with("version", meta.version))?;
    let mut missing = Vec::new();
    for reference in references::of(&changed)? {
        if !entry::is_there(tx, &granted, reference.to)? {
            missing.push(reference);
        }
    }
    let has_working_copy = copy::get(tx, &granted, of, actor.id)?.is_some_and(|copy| !copy.is_empty());
    Ok(Restored { entry: changed, from: meta.version, missing, has_working_copy })
}

/// The version that a change of its entry must find.
pub fn current_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: InProject, id: VersionId) -> Result<i64> {
    let Located { app: granted, kind, entry: of, .. } = located(tx, actor, at, ById::Version(id), Permission::EntryWrite)?;
    Ok(entry::get(tx, &granted, kind, of)?.version)
}
