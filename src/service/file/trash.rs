//! The trash of files: what was deleted, its way back, and its end.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        file::{
            file::File,
            folder::Folder,
            trash::{Moved, TrashItem},
        },
        id::{FileId, FolderId, ProjectPath},
        listing::Listing,
        org::activity::Note,
        page::Page,
        text,
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        file::{
            erase, file, folder,
            trash::{self, TRASH},
        },
    },
};

use super::{
    file::audit_note,
    folder::{audit_note as folder_note, fits},
};

/// Most things that one step deletes for good.
const STEP: u64 = 100;

/// Moves a file to the trash; what it was.
///
/// # Errors
/// Those of the gate; not found.
pub fn delete_file(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    put_file(tx, &granted, id)
}

/// The same for several: all of them, or none.
///
/// # Errors
/// The same.
pub fn delete_files(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, ids: &[FileId]) -> Result<()> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    ids.iter().try_for_each(|id| put_file(tx, &granted, *id).map(drop))
}

fn put_file(tx: &mut Tx<'_>, granted: &Granted<InProject>, id: FileId) -> Result<File> {
    let gone = file::get(tx, granted, id)?;
    trash::put_file(tx, granted, &gone)?;
    tx.note(granted, audit_note("file.deleted", &gone))?;
    Ok(gone)
}

/// Moves a folder to the trash with all that is in it; what it was, and how much went.
///
/// # Errors
/// Those of the gate; not found.
pub fn delete_folder(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FolderId) -> Result<(Folder, Moved)> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let gone = folder::get(tx, &granted, id)?;
    let moved = trash::put_folder(tx, &granted, id)?;
    tx.note(&granted, folder_note("file-folder.deleted", &gone).with("files", moved.files).with("folders", moved.folders))?;
    Ok((gone, moved))
}

/// What is in the trash.
///
/// # Errors
/// Those of the gate.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<TrashItem>> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    trash::list(tx, &granted, listing)
}

/// Takes a file out of the trash: into its folder, or to the root where that is in the trash itself.
///
/// # Errors
/// Those of the gate; not found.
pub fn restore_file(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId) -> Result<File> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    take_file(tx, &granted, id)
}

/// The same for several: all of them, or none; the folder that the last of them lies in.
///
/// # Errors
/// The same.
pub fn restore_files(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, ids: &[FileId]) -> Result<Option<FolderId>> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    ids.iter().try_fold(None, |_, id| Ok(take_file(tx, &granted, *id)?.folder))
}

fn take_file(tx: &mut Tx<'_>, granted: &Granted<InProject>, id: FileId) -> Result<File> {
    let mut back = trash::file(tx, granted, id)?;
    back.folder = living(tx, granted, back.folder)?;
    back.deleted_at = None;
    trash::restore_file(tx, granted, &back)?;
    tx.note(granted, audit_note("file.restored", &back))?;
    Ok(back)
}

/// Takes a folder out of the trash, and with `contents` what went there with it; how much came back. Where it would lie too deep, it is at the root.
///
/// # Errors
/// Those of the gate; not found.
pub fn restore_folder(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FolderId, contents: bool) -> Result<Moved> {
    let granted = authorize::project(tx, actor, at, Permission::EntryWrite)?;
    let (mut back, since) = trash::folder(tx, &granted, id)?;
    back.parent = living(tx, &granted, back.parent)?;
    // While it was in the trash another may have taken its name.
    let (parent, name) = (back.parent, back.name.clone());
    back.name = free_name(&name, |name| Ok::<_, Error>(folder::find_by_name(tx, &granted, parent, name)?.is_some()))?;
    trash::restore_folder(tx, &granted, &back)?;
    let mut moved = if contents { trash::restore_contents(tx, &granted, id, since)? } else { Moved::default() };
    moved.folders += 1;
    if !fits(tx, &granted, &back)? {
        // It was moved meanwhile, or what it lay in was: at the root it lies not too deep.
        back.parent = None;
        back.name = free_name(&name, |name| Ok::<_, Error>(folder::find_by_name(tx, &granted, None, name)?.is_some()))?;
        folder::update(tx, &granted, &back)?;
    }
    tx.note(&granted, folder_note("file-folder.restored", &back).with("files", moved.files).with("folders", moved.folders))?;
    Ok(moved)
}

/// `name`, or else `name (2)`, `name (3)`, ...
fn free_name(name: &str, mut taken: impl FnMut(&str) -> Result<bool>) -> Result<String> {
    let slug = text::free_slug("name", |slug| match slug.strip_prefix("name-") {
        None => taken(name),
        Some(number) => taken(&format!("{name} ({number})")),
    })?;
    Ok(slug.strip_prefix("name-").map_or_else(|| name.to_owned(), |number| format!("{name} ({number})")))
}

/// The folder, unless it is in the trash.
fn living(tx: &mut Tx<'_>, at: &Granted<InProject>, id: Option<FolderId>) -> Result<Option<FolderId>> {
    let Some(id) = id else { return Ok(None) };
    match folder::get(tx, at, id) {
        Ok(_) => Ok(Some(id)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Deletes a file in the trash for good.
///
/// # Errors
/// Those of the gate; not found.
pub fn erase_file(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FileId) -> Result<()> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let gone = trash::file(tx, &granted, id)?;
    erase::file(tx, &granted, &gone)?;
    tx.note(&granted, audit_note("file.erased", &gone))
}

/// Deletes some of what is in a folder of the trash for good, and the folder itself last; whether that is done.
///
/// # Errors
/// Those of the gate; not found.
pub fn erase_folder(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: FolderId) -> Result<bool> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let (gone, _) = trash::folder(tx, &granted, id)?;
    let (_, is_done) = erase::some_of_folder(tx, &granted, id, STEP)?;
    if is_done {
        tx.note(&granted, folder_note("file-folder.erased", &gone))?;
    }
    Ok(is_done)
}

/// Deletes for good as much of what is in the trash now as one step does; whether nothing is left.
///
/// # Errors
/// Those of the gate.
pub fn empty_some(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<bool> {
    let now = tx.now();
    empty(tx, actor, at, (now, true))?;
    let first = Listing { page_size: 1, order: TRASH.order, ..Listing::default() };
    Ok(list(tx, actor, at, &first)?.total == 0)
}

/// Deletes some of what has been in the trash since `until` or longer for good; how much. `first` says that this has deleted nothing before.
///
/// # Errors
/// Those of the gate.
pub fn empty(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, (until, first): (Instant, bool)) -> Result<Moved> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let moved = erase::some_old(tx, &granted, until, STEP)?;
    if first && moved != Moved::default() {
        tx.note(&granted, Note::new("file-trash.emptied", "fileTrash"))?;
    }
    Ok(moved)
}
