//! Where files are used.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        file::draft::Patch,
        id::{AppPath, EntryId, FileId, ProjectPath},
        listing::Listing,
        page::Page,
    },
    service::authorize,
    store::{
        Tx,
        file::{
            file,
            reference::{self, Reference},
        },
    },
};

use super::file::update_all;

/// What refers to a file.
///
/// # Errors
/// Those of the gate; not found.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId, listing: &Listing) -> Result<Page<Reference>> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    file::get(tx, &granted, id)?;
    reference::list(tx, &granted, id, listing)
}

/// The files that an entry refers to and that its readers do not see, since they are not public.
///
/// # Errors
/// Those of the gate.
pub fn private_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, entry: EntryId) -> Result<Vec<FileId>> {
    let granted = authorize::app(tx, actor, at, None, Permission::ProjectRead)?;
    reference::private_of(tx, &granted, entry)
}

/// Lets everybody see the files that an entry refers to; how many were not public.
///
/// # Errors
/// Those of the gate.
pub fn open_all_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, entry: EntryId) -> Result<usize> {
    let private = private_of(tx, actor, at, entry)?;
    let public = Patch { is_public: Some(true), ..Patch::default() };
    update_all(tx, actor, (at.0, at.1), &private, &public)?;
    Ok(private.len())
}
