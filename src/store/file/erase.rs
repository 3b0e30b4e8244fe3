//! What is deleted for good: files and folders of the trash, some at a time.

use crate::{
    domain::{
        Result,
        access::{Granted, InProject},
        file::{file::File, trash::Moved},
        id::{BlobId, FileId, FolderId, ProjectId},
        time::Instant,
    },
    store::{Tx, engine::Sql, row::Value},
};

use super::{blob, search, variant, version};

/// Folders of the trash with nothing in them.
macro_rules! empty_folders {
    () => {
        "FROM folders d WHERE d.deleted_at <= $1 AND NOT EXISTS (SELECT 1 FROM files f WHERE f.project_id = d.project_id AND f.folder_id = d.id)
         AND NOT EXISTS (SELECT 1 FROM folders c WHERE c.project_id = d.project_id AND c.parent_id = d.id)"
    };
}

statements! {
    OLD_FILES = "SELECT f.id, f.blob_id FROM files f WHERE f.project_id = $1 AND f.deleted_at <= $2 ORDER BY f.deleted_at, f.id LIMIT $3";
    OLD_FOLDERS = concat!("SELECT d.id ", empty_folders!(), " AND d.project_id = $2 ORDER BY d.deleted_at, d.id LIMIT $3");
    OLD_FILES_OF_ALL = "SELECT f.id, f.blob_id FROM files f WHERE f.deleted_at <= $1 ORDER BY f.deleted_at, f.id LIMIT 50";
    OLD_FOLDERS_OF_ALL = concat!("SELECT d.id ", empty_folders!(), " ORDER BY d.deleted_at, d.id LIMIT 50");
    FILES_IN = "SELECT f.id, f.blob_id FROM files f WHERE f.project_id = $1 AND f.folder_id = $2 ORDER BY f.id LIMIT $3";
    FOLDER_IN = "SELECT d.id FROM folders d WHERE d.project_id = $1 AND d.parent_id = $2 ORDER BY d.id LIMIT 1";
    OF_PROJECT = "SELECT f.id FROM files f WHERE f.project_id = $1 LIMIT 100";
    FOLDERS_OF_PROJECT = "SELECT d.id FROM folders d WHERE d.project_id = $1 AND NOT EXISTS (SELECT 1 FROM folders c WHERE c.project_id = $1 AND c.parent_id = d.id)
                          LIMIT 100";
    FILE = "DELETE FROM files WHERE id = $1";
    FOLDER = "DELETE FROM folders WHERE id = $1";
    COUNTERS = "DELETE FROM counters WHERE owner = $1";
}

/// A file in the trash goes for good.
pub fn file(tx: &mut Tx<'_>, _: &Granted<InProject>, gone: &File) -> Result<()> {
    erase_file(tx, gone.id, gone.blob.id)
}

fn erase_file(tx: &mut Tx<'_>, id: FileId, blob: BlobId) -> Result<()> {
    search::erase(tx, id)?;
    variant::drop_all(tx, id)?;
    version::drop_all(tx, id)?;
    tx.run(&FILE, &[id.into()])?;
    blob::let_go(tx, blob)
}

fn erase_folder(tx: &mut Tx<'_>, id: FolderId) -> Result<()> {
    // Before totals are written, of which nothing is counted here.
    tx.run(&COUNTERS, &[id.into()])?;
    tx.run(&FOLDER, &[id.into()])?;
    Ok(())
}

/// Some of what is in a folder of the trash goes for good, and the folder itself last; how much went, and whether the folder did.
pub fn some_of_folder(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FolderId, most: u64) -> Result<(Moved, bool)> {
    let (mut moved, mut path) = (Moved::default(), vec![id]);
    while let Some(folder) = path.last().copied() {
        let left = most.saturating_sub(moved.files + moved.folders);
        if left == 0 {
            return Ok((moved, false));
        }
        let args = [at.project().into(), folder.into()];
        if let Some(mut row) = tx.one(&FOLDER_IN, &args)? {
            path.push(row.take("folders", "id")?);
            continue;
        }
        let files = files(tx, &FILES_IN, &[at.project().into(), folder.into(), left.into()])?;
        if files.is_empty() {
            erase_folder(tx, folder)?;
            moved.folders += 1;
            path.pop();
        }
        for (id, blob) in files {
            erase_file(tx, id, blob)?;
            moved.files += 1;
        }
    }
    Ok((moved, true))
}

/// Some of what is in the trash of the project since this moment or longer goes for good; how much went.
pub fn some_old(tx: &mut Tx<'_>, at: &Granted<InProject>, until: Instant, most: u64) -> Result<Moved> {
    let files = files(tx, &OLD_FILES, &[at.project().into(), until.into(), most.into()])?;
    let folders = if files.is_empty() { folders(tx, &OLD_FOLDERS, &[until.into(), at.project().into(), most.into()])? } else { Vec::new() };
    erase(tx, files, folders)
}

fn erase(tx: &mut Tx<'_>, files: Vec<(FileId, BlobId)>, folders: Vec<FolderId>) -> Result<Moved> {
    let moved = Moved { files: files.len() as u64, folders: folders.len() as u64 };
    files.into_iter().try_for_each(|(id, blob)| erase_file(tx, id, blob))?;
    folders.into_iter().try_for_each(|id| erase_folder(tx, id))?;
    Ok(moved)
}

fn files(tx: &mut Tx<'_>, statement: &Sql, args: &[Value]) -> Result<Vec<(FileId, BlobId)>> {
    let rows = tx.rows(statement, args)?;
    rows.into_iter().map(|mut row| Ok((row.take("files", "id")?, row.take("files", "blob_id")?))).collect()
}

fn folders(tx: &mut Tx<'_>, statement: &Sql, args: &[Value]) -> Result<Vec<FolderId>> {
    tx.rows(statement, args)?.into_iter().map(|mut row| Ok(row.take("folders", "id")?)).collect()
}

/// Whether something has been in the trash since this moment or longer.
pub fn unguarded_any_old(tx: &mut Tx<'_>, until: Instant) -> Result<bool> {
    Ok(!files(tx, &OLD_FILES_OF_ALL, &[until.into()])?.is_empty() || !folders(tx, &OLD_FOLDERS_OF_ALL, &[until.into()])?.is_empty())
}

/// Deletes some of it for good; how many.
pub fn unguarded_forget(tx: &mut Tx<'_>, until: Instant) -> Result<usize> {
    let (files, folders) = (files(tx, &OLD_FILES_OF_ALL, &[until.into()])?, folders(tx, &OLD_FOLDERS_OF_ALL, &[until.into()])?);
    let gone = files.len() + folders.len();
    erase(tx, files, folders).map(|_| gone)
}

/// Some files and folders of a project that goes; how many.
pub(in crate::store) fn some_of_project(tx: &mut Tx<'_>, project: ProjectId) -> Result<usize> {
    let mut gone = 0;
    for mut row in tx.rows(&OF_PROJECT, &[project.into()])? {
        let id: FileId = row.take("files", "id")?;
        search::erase(tx, id)?;
        variant::drop_all(tx, id)?;
        version::drop_all(tx, id)?;
        gone += tx.run(&FILE, &[id.into()])?;
    }
    if gone == 0 {
        for id in folders(tx, &FOLDERS_OF_PROJECT, &[project.into()])? {
            erase_folder(tx, id)?;
            gone += 1;
        }
    }
    Ok(gone)
}
