//! Versions of files: their rows.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        content::version::upkeep::{Packing, Stored},
        file::{blob::Blob, version::FileVersion},
        id::{FileId, FileVersionId},
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        time::{DAY, Instant},
    },
    store::{
        Tx,
        error::StoreError,
        row::Row,
        sql::{self, Table, column, nullable},
    },
};

use super::blob;

macro_rules! columns {
    () => {
        "v.id, v.file_id, v.version, v.mime_type, v.width, v.height, v.created_at, v.created_by, b.id, b.hash, b.size, b.place"
    };
}

macro_rules! from {
    () => {
        "file_versions v JOIN blobs b ON b.id = v.blob_id"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE v.id = $1 AND v.file_id = $2 AND v.project_id = $3");
    SERVED = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE v.id = $1 AND v.file_id = $2");
    KEEP = "INSERT INTO file_versions (id, organization_id, project_id, file_id, version, blob_id, mime_type, width, height, created_at, created_by)
            SELECT $1, f.organization_id, f.project_id, f.id, f.version, f.blob_id, f.mime_type, f.width, f.height, COALESCE(f.content_at, f.created_at),
            CASE WHEN f.content_at IS NULL THEN f.created_by ELSE f.content_by END FROM files f WHERE f.id = $2 AND f.project_id = $3";
    NEXT = "UPDATE files SET version = version + 1, content_at = $3, content_by = $4, versions_due = $5 WHERE id = $1 AND project_id = $2";
    DROP = "DELETE FROM file_versions WHERE id = $1 AND project_id = $2";
    BLOBS = "SELECT v.blob_id FROM file_versions v WHERE v.file_id = $1 ORDER BY v.version";
    DROP_ALL = "DELETE FROM file_versions WHERE file_id = $1";
    DUE = "SELECT f.id FROM files f WHERE f.versions_due <= $1 ORDER BY f.versions_due, f.id LIMIT 20";
    STORED = "SELECT v.version, v.created_at FROM file_versions v WHERE v.file_id = $1 ORDER BY v.version";
    NOW = "SELECT f.version, COALESCE(f.content_at, f.created_at) AS created_at FROM files f WHERE f.id = $1";
    NUMBERED = "SELECT v.blob_id FROM file_versions v WHERE v.file_id = $1 AND v.version = $2";
    DROP_NUMBERED = "DELETE FROM file_versions WHERE file_id = $1 AND version = $2";
    DUE_AGAIN = "UPDATE files SET versions_due = $2 WHERE id = $1";
}

/// `list_file_versions`, the newest first.
pub const VERSIONS: Spec = Spec {
    fields: &[Field::both("version", Holds::Int), Field::both("createdAt", Holds::Instant), Field::filter("createdBy", Holds::Id)],
    search: &[],
    order: Order { field: "version", descending: true },
};

const TABLE: Table = Table {
    select: columns!(),
    from: from!(),
    id: "v.id",
    columns: &[column("version", "v.version"), column("createdAt", "v.created_at"), nullable("createdBy", "v.created_by")],
    search: &[],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&VERSIONS, &TABLE)];

fn version(row: &mut Row) -> std::result::Result<FileVersion, StoreError> {
    let table = "file_versions";
    Ok(FileVersion {
        id: row.take(table, "id")?,
        file: row.take(table, "file_id")?,
        version: row.take(table, "version")?,
        mime_type: row.take(table, "mime_type")?,
        dimensions: row.take::<Option<u32>>(table, "width")?.zip(row.take(table, "height")?),
        created_at: row.take(table, "created_at")?,
        created_by: row.take(table, "created_by")?,
        blob: Blob {
            id: row.take("blobs", "id")?,
            hash: row.take("blobs", "hash")?,
            size: row.take("blobs", "size")?,
            place: row.take("blobs", "place")?,
        },
    })
}

/// The versions of a file of the project.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, file: FileId, listing: &Listing) -> Result<Page<FileVersion>> {
    sql::read(tx, &TABLE, &[("v.project_id = ? AND v.file_id = ?", &[at.project().into(), file.into()])], listing, version)
}

/// One of them.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InProject>, (file, id): (FileId, FileVersionId)) -> Result<FileVersion> {
    let mut row = tx.one(&GET, &[id.into(), file.into(), at.project().into()])?.ok_or(Error::NotFound("version"))?;
    Ok(version(&mut row)?)
}

/// One at an address, whoever asks: whether they may see it is for the caller to find out.
pub fn unguarded_served(tx: &mut Tx<'_>, (file, id): (FileId, FileVersionId)) -> Result<Option<FileVersion>> {
    Ok(tx.one(&SERVED, &[id.into(), file.into()])?.map(|mut row| version(&mut row)).transpose()?)
}

/// Keeps what is in a file until now: other bytes take its place in this transaction.
pub(super) fn keep(tx: &mut Tx<'_>, at: &Granted<InProject>, file: FileId) -> Result<()> {
    let (now, project, id) = (tx.now(), at.project(), FileVersionId::new(tx.now(), tx.entropy()));
    tx.run(&KEEP, &[id.into(), file.into(), project.into()])?;
    let due = now + DAY;
    tx.run_one(&NEXT, &[file.into(), project.into(), now.into(), at.actor().id.into(), due.into()], "file")
}

/// Forgets one.
pub fn drop(tx: &mut Tx<'_>, at: &Granted<InProject>, gone: &FileVersion) -> Result<()> {
    tx.run_one(&DROP, &[gone.id.into(), at.project().into()], "version")?;
    blob::let_go(tx, gone.blob.id)
}

/// Those of a file go with it.
pub(super) fn drop_all(tx: &mut Tx<'_>, file: FileId) -> Result<()> {
    let rows = tx.rows(&BLOBS, &[file.into()])?;
    tx.run(&DROP_ALL, &[file.into()])?;
    rows.into_iter().try_for_each(|mut row| blob::let_go(tx, row.take("file_versions", "blob_id")?))
}

/// Some files of whose versions some may go.
pub fn unguarded_due(tx: &mut Tx<'_>) -> Result<Vec<FileId>> {
    let now = tx.now();
    tx.rows(&DUE, &[now.into()])?.into_iter().map(|mut row| Ok(row.take("files", "id")?)).collect()
}

/// What is to be known of the versions of a file to say which of them stay: the oldest first, and what is in it now last.
pub fn unguarded_stored(tx: &mut Tx<'_>, file: FileId) -> Result<Vec<Stored>> {
    let (older, now) = (tx.rows(&STORED, &[file.into()])?, tx.one(&NOW, &[file.into()])?);
    let one = |mut row: Row, packing| -> Result<Stored> {
        let (table, published) = ("file_versions", false);
        Ok(Stored { version: row.take(table, "version")?, created_at: row.take(table, "created_at")?, published, packing })
    };
    older.into_iter().map(|row| one(row, Packing::Alone)).chain(now.map(|row| one(row, Packing::Plain))).collect()
}

/// Those with these numbers go, and the others are looked at again then.
pub fn unguarded_thin(tx: &mut Tx<'_>, file: FileId, gone: &[i64], again: Option<Instant>) -> Result<()> {
    for number in gone {
        let args = [file.into(), (*number).into()];
        let found = tx.one(&NUMBERED, &args)?;
        tx.run(&DROP_NUMBERED, &args)?;
        if let Some(mut row) = found {
            blob::let_go(tx, row.take("file_versions", "blob_id")?)?;
        }
    }
    tx.run(&DUE_AGAIN, &[file.into(), again.into()])?;
    Ok(())
}
