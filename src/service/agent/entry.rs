//! An entry by its id alone, in a project.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::{Entry, Kind},
        id::{EntryId, OrgId, ProjectId},
    },
    service::{authorize, content::checked::At},
    store::{
        Tx,
        content::{
            entry,
            version::{self, VersionMeta},
        },
    },
};

/// What an entry is called that may be of any kind.
const NOUN: &str = "entry";

/// Where an entry lies, and of which kind it is.
///
/// # Errors
/// Not found, for whoever may do this in the project; else what whoever may not is told.
pub fn locate(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), id: EntryId, may: Permission) -> Result<(At, &'static Kind)> {
    let see = authorize::project(tx, actor, at, Permission::ProjectSee)?;
    let place = entry::place_of(tx, &see, id)?;
    let granted = authorize::app_of_found(tx, actor, at, (place.map(|(app, _)| app), NOUN), may)?;
    let (_, kind) = place.ok_or(Error::NotFound(NOUN))?;
    Ok(((at.0, at.1, granted.app()), kind))
}

/// An entry as it is, or as it was.
#[derive(Debug, Clone)]
pub struct Read {
    /// Where it lies.
    pub at: At,
    /// The entry. As it was, it still has the slug, the status and the dates that it has now.
    pub entry: Entry,
    /// The version that it is shown in, if not that of now.
    pub version: Option<VersionMeta>,
}

/// One entry; as it was in a version, if one is named.
///
/// # Errors
/// Those of the gate; not found, also for a version that is not kept any more.
pub fn read(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), id: EntryId, number: Option<i64>) -> Result<Read> {
    let (at, kind) = locate(tx, actor, at, id, Permission::ProjectRead)?;
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let mut found = entry::get(tx, &granted, kind, id)?;
    let Some(number) = number.filter(|number| *number != found.version) else { return Ok(Read { at, entry: found, version: None }) };
    let (meta, held) = version::numbered(tx, &granted, id, number)?.ok_or(Error::NotFound("version"))?;
    held.apply(&mut found)?;
    Ok(Read { at, entry: found, version: Some(meta) })
}
