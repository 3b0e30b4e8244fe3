//! Long uploads that come in parts.

use std::collections::BTreeSet;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        file::{blob::Place, draft::About},
        id::{BlobId, UploadId, UserId},
        time::Instant,
    },
    store::{Tx, sql},
};

statements! {
    GET = "SELECT u.id, u.blob_id, b.place, u.user_id, u.size, u.about, u.parts, u.created_at FROM uploads u JOIN blobs b ON b.id = u.blob_id
           WHERE u.id = $1 AND u.project_id = $2 AND u.user_id = $3";
    INSERT = "INSERT INTO uploads (id, organization_id, project_id, blob_id, user_id, size, about, parts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    PARTS = "UPDATE uploads SET parts = $3 WHERE id = $1 AND project_id = $2";
    DELETE = "DELETE FROM uploads WHERE id = $1 AND project_id = $2";
    COUNT = "SELECT COUNT(*) AS n FROM uploads u WHERE u.project_id = $1";
    TO_COME = "SELECT COALESCE(CAST(SUM(u.size) AS BIGINT), 0) AS n FROM uploads u WHERE u.project_id = $1";
}

/// A long upload.
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    /// Id.
    pub id: UploadId,
    /// Its bytes.
    pub blob: BlobId,
    /// Where they come in.
    pub place: Place,
    /// Who sends it; nobody else finds it.
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

/// One of the caller's.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InProject>, id: UploadId) -> Result<Upload> {
    let (table, args) = ("uploads", [id.into(), at.project().into(), at.actor().id.into()]);
    let mut row = tx.one(&GET, &args)?.ok_or(Error::NotFound("upload"))?;
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

/// A part came.
pub fn came(tx: &mut Tx<'_>, at: &Granted<InProject>, upload: &Upload) -> Result<()> {
    tx.run_one(&PARTS, &[upload.id.into(), at.project().into(), parts(&upload.parts)?.into()], "upload")
}

fn parts(all: &BTreeSet<u64>) -> Result<String> {
    serde_json::to_string(all).map_err(|error| Error::Internal(error.to_string()))
}

/// It has ended, one way or the other.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InProject>, id: UploadId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into(), at.project().into()], "upload")
}
