//! Long uploads that come in parts.

use std::collections::BTreeSet;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        file::{blob::BlobPlace, draft::About},
        id::{BlobId, UploadId, UserId},
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        time::Instant,
    },
    store::{
        Tx,
        row::Row,
        sql::{self, Table, column},
    },
};

macro_rules! columns {
    () => {
        "u.id, u.blob_id, b.place, u.user_id, u.size, u.about, u.parts, u.created_at"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM uploads u JOIN blobs b ON b.id = u.blob_id
           WHERE u.id = $1 AND u.project_id = $2");
    INSERT = "INSERT INTO uploads (id, organization_id, project_id, blob_id, user_id, size, about, parts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    PARTS = "UPDATE uploads SET parts = $3 WHERE id = $1 AND project_id = $2";
    DELETE = "DELETE FROM uploads WHERE id = $1 AND project_id = $2";
    COUNT = "SELECT COUNT(*) AS n FROM uploads u WHERE u.project_id = $1";
    COUNT_OF = "SELECT COUNT(*) AS n FROM uploads u WHERE u.project_id = $1 AND u.user_id = $2";
    IDLE = "SELECT u.id, u.blob_id FROM uploads u JOIN blobs b ON b.id = u.blob_id WHERE u.project_id = $1 AND b.drop_at < $2 ORDER BY b.drop_at, u.id LIMIT 1";
    TO_COME = "SELECT COALESCE(CAST(SUM(u.size) AS BIGINT), 0) AS n FROM uploads u WHERE u.project_id = $1";
}

/// `list_file_uploads`, the newest first.
pub const UPLOADS: Spec =
    Spec { fields: &[Field::filter("startedBy", Holds::Id), Field::both("createdAt", Holds::Instant)], search: &[], order: Order::NEWEST };

const TABLE: Table = Table {
    select: columns!(),
    from: "uploads u JOIN blobs b ON b.id = u.blob_id",
    id: "u.id",
    columns: &[column("startedBy", "u.user_id"), column("createdAt", "u.created_at")],
    search: &[],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&UPLOADS, &TABLE)];

/// A long upload.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// Id.
    pub id: UploadId,
    /// Its bytes.
    pub blob: BlobId,
    /// Where they come in.
    pub place: BlobPlace,
    /// Who sends it.
    pub user: UserId,
    /// How many bytes it will have.
    pub size: u64,
    /// What is said of the file.
    pub about: About,
    /// The numbers of the parts that came, from 1 on.
    pub parts: BTreeSet<u64>,
    /// When it began.
    pub created_at: Instant,
}

fn upload(row: &mut Row) -> Result<Upload> {
    let table = "uploads";
    Ok(Upload {
        id: row.take(table, "id")?,
        blob: row.take(table, "blob_id")?,
        place: row.take("blobs", "place")?,
        user: row.take(table, "user_id")?,
        size: row.take(table, "size")?,
        about: sql::json(&row.take::<String>(table, "about")?, table, "about")?,
        parts: sql::json(&row.take::<String>(table, "parts")?, table, "parts")?,
        created_at: row.take(table, "created_at")?,
    })
}

/// One of the project, whoever sends it.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InProject>, id: UploadId) -> Result<Upload> {
    upload(&mut tx.one(&GET, &[id.into(), at.project().into()])?.ok_or(Error::NotFound("upload"))?)
}

/// Those of the project; with `of` only what this one sends.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, of: Option<UserId>, listing: &Listing) -> Result<Page<Upload>> {
    let (project, user) = ([at.project().into()], of.map(|of| [of.into()]));
    let mut scope: Vec<sql::Condition<'_>> = vec![("u.project_id = ?", &project)];
    scope.extend(user.iter().map(|user| -> sql::Condition<'_> { ("u.user_id = ?", user) }));
    sql::list(tx, &TABLE, &scope, listing, None)?.try_map(|mut row| upload(&mut row))
}

/// The one of the project of which nothing has come for longest, if what came last of it is to go before this moment.
pub fn idle(tx: &mut Tx<'_>, at: &Granted<InProject>, before: Instant) -> Result<Option<(UploadId, BlobId)>> {
    let row = tx.one(&IDLE, &[at.project().into(), before.into()])?;
    row.map(|mut row| Ok((row.take("uploads", "id")?, row.take("uploads", "blob_id")?))).transpose()
}

/// How many of the caller's there are.
pub fn count_of_caller(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<u64> {
    sql::number(tx.one(&COUNT_OF, &[at.project().into(), at.actor().id.into()])?, "uploads")
}

/// How many of the project there are.
pub fn count(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<u64> {
    sql::number(tx.one(&COUNT, &[at.project().into()])?, "uploads")
}

/// How many bytes those of the project will have together.
pub fn to_come(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<u64> {
    sql::number(tx.one(&TO_COME, &[at.project().into()])?, "uploads")
}

/// Stores a new one.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InProject>, upload: &Upload) -> Result<()> {
    let about = serde_json::to_string(&upload.about).map_err(|error| Error::Internal(error.to_string()))?;
    let args = [
        upload.id.into(),
        at.org().into(),
        at.project().into(),
        upload.blob.into(),
        upload.user.into(),
        upload.size.into(),
        about.into(),
        parts(&upload.parts)?.into(),
        upload.created_at.into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(())
}

/// Notes which parts have come.
pub fn set_parts(tx: &mut Tx<'_>, at: &Granted<InProject>, upload: &Upload) -> Result<()> {
    tx.run_one(&PARTS, &[upload.id.into(), at.project().into(), parts(&upload.parts)?.into()], "upload")
}

fn parts(all: &BTreeSet<u64>) -> Result<String> {
    serde_json::to_string(all).map_err(|error| Error::Internal(error.to_string()))
}

/// It has ended, one way or the other.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InProject>, id: UploadId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into(), at.project().into()], "upload")
}
