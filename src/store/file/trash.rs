//! The trash of files: files and folders that were deleted, their way back, and their end.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        file::{
            file::File,
            folder::Folder,
            trash::{ItemId, ItemType, Moved, TrashItem},
        },
        fold::fold,
        id::{FileId, FolderId},
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        time::Instant,
    },
    store::{
        Tx,
        row::Row,
        sql::{self, Table, column, nullable},
    },
};

use super::{
    file, folder,
    row::{self, columns, from},
};

statements! {
    FOLDERS_IN = "SELECT d.id FROM folders d WHERE d.project_id = $1 AND d.parent_id = $2 AND d.deleted_at IS NULL";
    TRASHED_FOLDERS_IN = "SELECT d.id FROM folders d WHERE d.project_id = $1 AND d.parent_id = $2 AND d.deleted_at = $3";
    FILE = concat!("SELECT ", columns!(), from!(), "WHERE f.id = $1 AND f.project_id = $2 AND f.deleted_at IS NOT NULL");
    FOLDER = concat!("SELECT ", folder::columns!(), ", d.deleted_at FROM folders d WHERE d.id = $1 AND d.project_id = $2 AND d.deleted_at IS NOT NULL");
    TRASH_FILE = "UPDATE files SET deleted_at = $3, deleted_by = $4 WHERE id = $1 AND project_id = $2 AND deleted_at IS NULL";
    TRASH_FOLDER = "UPDATE folders SET deleted_at = $3, deleted_by = $4 WHERE id = $1 AND project_id = $2 AND deleted_at IS NULL";
    TRASH_FILES_IN = "UPDATE files SET deleted_at = $3, deleted_by = $4 WHERE folder_id = $1 AND project_id = $2 AND deleted_at IS NULL";
    RESTORE_FILE = "UPDATE files SET deleted_at = NULL, deleted_by = NULL, folder_id = $3 WHERE id = $1 AND project_id = $2 AND deleted_at IS NOT NULL";
    RESTORE_FOLDER = "UPDATE folders SET deleted_at = NULL, deleted_by = NULL, parent_id = $3, name = $4, name_fold = $5
                      WHERE id = $1 AND project_id = $2 AND deleted_at IS NOT NULL";
    RESTORE_WITH = "UPDATE folders SET deleted_at = NULL, deleted_by = NULL WHERE id = $1 AND project_id = $2 AND deleted_at = $3";
    RESTORE_FILES_IN = "UPDATE files SET deleted_at = NULL, deleted_by = NULL WHERE folder_id = $1 AND project_id = $2 AND deleted_at = $3";
}

/// `list_file_trash`.
pub const TRASH: Spec = Spec {
    fields: &[
        Field::both("type", Holds::Word(ItemType::WORDS)),
        Field::filter("mimeType", Holds::Text),
        Field::filter("parentId", Holds::Id),
        Field::filter("deletedBy", Holds::Id),
        Field::both("deletedAt", Holds::Instant),
        Field::sort("name", Holds::Text),
    ],
    search: &["name"],
    order: Order { field: "deletedAt", descending: true },
};

const TABLE: Table = Table {
    select: "t.id, t.item, t.name, t.parent_id, t.deleted_at, t.deleted_by, t.mime_type, t.size",
    from: "(SELECT f.id AS id, 'file' AS item, f.project_id AS project_id, f.original_filename AS name, f.filename_fold AS name_fold, f.folder_id AS parent_id,
            f.deleted_at AS deleted_at, f.deleted_by AS deleted_by, f.mime_type AS mime_type, f.size AS size FROM files f WHERE f.deleted_at IS NOT NULL
            UNION ALL SELECT d.id, 'folder', d.project_id, d.name, d.name_fold, d.parent_id, d.deleted_at, d.deleted_by, NULL, NULL FROM folders d
            WHERE d.deleted_at IS NOT NULL) t",
    id: "t.id",
    columns: &[
        column("type", "t.item"),
        nullable("mimeType", "t.mime_type"),
        nullable("parentId", "t.parent_id"),
        nullable("deletedBy", "t.deleted_by"),
        column("deletedAt", "t.deleted_at"),
        column("name", "t.name").folded("t.name_fold"),
    ],
    search: &["t.name_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&TRASH, &TABLE)];

fn item(row: &mut Row) -> Result<TrashItem> {
    let (id, kind): (uuid::Uuid, ItemType) = (row.take::<FileId>("files", "id")?.uuid(), row.take("files", "item")?);
    Ok(TrashItem {
        id: match kind {
            ItemType::File => ItemId::File(FileId::from_uuid(id)),
            ItemType::Folder => ItemId::Folder(FolderId::from_uuid(id)),
        },
        name: row.take("files", "name")?,
        parent: row.take("files", "parent_id")?,
        deleted_at: row.take("files", "deleted_at")?,
        deleted_by: row.take("files", "deleted_by")?,
        mime_type: row.take("files", "mime_type")?,
        size: row.take("files", "size")?,
    })
}

/// The trash of the project.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing) -> Result<Page<TrashItem>> {
    let project = [at.project().into()];
    sql::list(tx, &TABLE, &[("t.project_id = ?", &project)], listing, None)?.try_map(|mut row| item(&mut row))
}

/// A file in the trash.
pub fn file(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FileId) -> Result<File> {
    let mut row = tx.one(&FILE, &[id.into(), at.project().into()])?.ok_or(Error::NotFound("file in the trash"))?;
    row::file(&mut row)
}

/// A folder in the trash, and since when it is there.
pub fn folder(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FolderId) -> Result<(Folder, Instant)> {
    let mut row = tx.one(&FOLDER, &[id.into(), at.project().into()])?.ok_or(Error::NotFound("folder in the trash"))?;
    Ok((folder::folder(&mut row)?, row.take("folders", "deleted_at")?))
}

/// Moves a file to the trash.
pub fn put_file(tx: &mut Tx<'_>, at: &Granted<InProject>, file: &File) -> Result<()> {
    let now = tx.now();
    tx.run_one(&TRASH_FILE, &[file.id.into(), at.project().into(), now.into(), at.actor().id.into()], "file")?;
    file::count(tx, at, file.folder, -1);
    Ok(())
}

/// Moves a folder to the trash with all that is in it; how much that is.
pub fn put_folder(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FolderId) -> Result<Moved> {
    let (now, mut moved, mut left) = (tx.now(), Moved::default(), vec![id]);
    while let Some(id) = left.pop() {
        let args = [id.into(), at.project().into(), now.into(), at.actor().id.into()];
        let files = tx.run(&TRASH_FILES_IN, &args)?;
        file::count(tx, at, Some(id), -i64::try_from(files).unwrap_or(i64::MAX));
        tx.run_one(&TRASH_FOLDER, &args, "folder")?;
        moved.files += files as u64;
        moved.folders += 1;
        for mut row in tx.rows(&FOLDERS_IN, &[at.project().into(), id.into()])? {
            left.push(row.take("folders", "id")?);
        }
    }
    Ok(moved)
}

/// Takes a file out of the trash, into the folder that it names.
pub fn restore_file(tx: &mut Tx<'_>, at: &Granted<InProject>, file: &File) -> Result<()> {
    tx.run_one(&RESTORE_FILE, &[file.id.into(), at.project().into(), file.folder.into()], "file in the trash")?;
    file::count(tx, at, file.folder, 1);
    Ok(())
}

/// Takes a folder out of the trash, into the folder and under the name that it has here.
pub fn restore_folder(tx: &mut Tx<'_>, at: &Granted<InProject>, folder: &Folder) -> Result<()> {
    let args = [folder.id.into(), at.project().into(), folder.parent.into(), folder.name.as_str().into(), fold(&folder.name).into()];
    tx.run_one(&RESTORE_FOLDER, &args, "folder in the trash")
}

/// Takes out of the trash what went there with a folder at this moment; how much that is, beside the folder itself.
pub fn restore_contents(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FolderId, with: Instant) -> Result<Moved> {
    let (mut moved, mut left) = (Moved::default(), vec![id]);
    while let Some(id) = left.pop() {
        let files = tx.run(&RESTORE_FILES_IN, &[id.into(), at.project().into(), with.into()])?;
        file::count(tx, at, Some(id), i64::try_from(files).unwrap_or(i64::MAX));
        moved.files += files as u64;
        for mut row in tx.rows(&TRASHED_FOLDERS_IN, &[at.project().into(), id.into(), with.into()])? {
            let inner: FolderId = row.take("folders", "id")?;
            tx.run_one(&RESTORE_WITH, &[inner.into(), at.project().into(), with.into()], "folder in the trash")?;
            moved.folders += 1;
            left.push(inner);
        }
    }
    Ok(moved)
}
