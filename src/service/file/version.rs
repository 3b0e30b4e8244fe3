//! Versions of a file: what was in it before, listed, brought back, and forgotten.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::version::upkeep::{self, VersionRetention},
        file::{blob::BlobPlace, file::File, picture::variant::Variants, version::FileVersion},
        id::{FileId, FileVersionId, ProjectPath},
        listing::Listing,
        page::Page,
    },
    service::authorize,
    store::{
        Tx,
        file::{file, version},
    },
};

use super::{
    blob::bytes::Blobs,
    file::{audit_note, text_of},
};

/// A version, with its file.
pub type VersionPath = (FileId, FileVersionId);

/// The versions of a file.
///
/// # Errors
/// Those of the gate; not found.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId, listing: &Listing) -> Result<(File, Page<FileVersion>)> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    Ok((file::get(tx, &granted, id)?, version::list(tx, &granted, id, listing)?))
}

/// A version, with its file.
///
/// # Errors
/// Those of the gate; not found.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, of: VersionPath) -> Result<(File, FileVersion)> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    Ok((file::get(tx, &granted, of.0)?, version::get(tx, &granted, of)?))
}

/// Brings the bytes of a version back into its file. Those that are in it now become a version themselves; nothing that is said of the file changes.
///
/// # Errors
/// Those of the gate; not found, also where a backup left the bytes out.
pub fn restore(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, of: VersionPath, blobs: &Blobs) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let (before, held) = (file::get(tx, &granted, of.0)?, version::get(tx, &granted, of)?);
    if held.blob.place == BlobPlace::Nowhere {
        return Err(Error::NotFound("content"));
    }
    if held.blob == before.blob {
        return Ok(before);
    }
    let text = text_of(&held.mime_type, &blobs.piece_in(tx, &held.blob, 0)?);
    let FileVersion { version, mime_type, blob, dimensions, .. } = held;
    let changed = File { dimensions, variants: Variants::begin(&mime_type), mime_type, blob, updated_at: tx.now(), ..before.clone() };
    file::update(tx, &granted, &changed, &before, Some(text.as_deref()))?;
    tx.note(&granted, audit_note("file.reverted", &changed).with("version", version))?;
    Ok(changed)
}

/// Forgets a version for good: its bytes go, unless something else has the same.
///
/// # Errors
/// Those of the gate; not found.
pub fn erase(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, of: VersionPath) -> Result<()> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let (file, gone) = (file::get(tx, &granted, of.0)?, version::get(tx, &granted, of)?);
    version::drop(tx, &granted, &gone)?;
    tx.note(&granted, audit_note("file-version.erased", &file).with("version", gone.version))
}

/// Whether versions of some file may become fewer.
///
/// # Errors
/// Those of the store.
pub fn any_due(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(!version::unguarded_due(tx)?.is_empty())
}

/// Those of some files become fewer, as those of entries do; of how many files.
///
/// # Errors
/// Those of the store.
pub fn thin(tx: &mut Tx<'_>, kept: VersionRetention) -> Result<usize> {
    let (due, now) = (version::unguarded_due(tx)?, tx.now());
    for id in &due {
        let stored = version::unguarded_stored(tx, *id)?;
        let plan = upkeep::plan(&stored, &[], kept, now, usize::MAX);
        version::unguarded_thin(tx, *id, &plan.drop, plan.next)?;
    }
    Ok(due.len())
}
