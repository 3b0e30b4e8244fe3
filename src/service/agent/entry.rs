//! An entry by its id alone, in a project.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::Entry,
        id::{AppPath, EntryId, ProjectPath},
    },
    service::content::place::located::{ById, Located, located},
    store::{
        Tx,
        content::{
            entry,
            version::{self, VersionMeta},
        },
    },
};

/// An entry as it is, or as it was.
#[derive(Debug, Clone)]
pub struct Read {
    /// Where it lies.
    pub at: AppPath,
    /// The entry. As it was, it still has the slug, the status and the dates that it has now.
    pub entry: Entry,
    /// The version that it is shown in, if not that of now.
    pub version: Option<VersionMeta>,
}

/// One entry; as it was in a version, if one is named.
///
/// # Errors
/// Those of the gate; not found, also for a version that is not kept any more.
pub fn read(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: EntryId, number: Option<i64>) -> Result<Read> {
    let Located { at, kind, app: granted, .. } = located(tx, actor, at, ById::Entry(id), Permission::ProjectRead)?;
    let mut found = entry::get(tx, &granted, kind, id)?;
    let Some(number) = number.filter(|number| *number != found.version) else { return Ok(Read { at, entry: found, version: None }) };
    let (meta, held) = version::numbered(tx, &granted, id, number)?.ok_or(Error::NotFound("version"))?;
    held.apply(&mut found)?;
    Ok(Read { at, entry: found, version: Some(meta) })
}
