//! Files that came with submissions: their rows. They go with their submission, whoever deletes that, and their bytes some time after them.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp, InProject},
        file::blob::Blob,
        form::{attachment::Attachment, submission::Submission},
        id::{AttachmentId, SubmissionId},
    },
    store::{
        Tx,
        file::blob,
        row::{Row, Value},
        sql,
    },
};

macro_rules! columns {
    () => {
        "SELECT f.submission_id, f.id, f.field, f.filename, f.mime_type, b.id, b.hash, b.size, b.place FROM submission_files f JOIN blobs b ON b.id = f.blob_id "
    };
}

statements! {
    GET = concat!(columns!(), "JOIN submissions s ON s.id = f.submission_id WHERE f.id = $1 AND f.submission_id = $2 AND s.app_id = $3");
    INSERT = "INSERT INTO submission_files (id, project_id, submission_id, n, field, filename, mime_type, blob_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ANY_LEFT = "SELECT 1 FROM submission_files WHERE submission_id IS NULL LIMIT 1";
    LEFT = "SELECT f.id, f.blob_id FROM submission_files f WHERE f.submission_id IS NULL LIMIT 500";
    DROP = "DELETE FROM submission_files WHERE id = $1";
}

const OF_ALL: &str = concat!(columns!(), "WHERE f.submission_id IN (?*) ORDER BY f.submission_id, f.n");

fn attachment(row: &mut Row) -> Result<(SubmissionId, Attachment)> {
    let table = "submission_files";
    let of = row.take(table, "submission_id")?;
    let (id, field) = (row.take(table, "id")?, row.take(table, "field")?);
    let (filename, mime_type) = (row.take(table, "filename")?, row.take(table, "mime_type")?);
    let blob = Blob {
        id: row.take("blobs", "id")?,
        hash: row.take("blobs", "hash")?,
        size: row.take("blobs", "size")?,
        place: row.take("blobs", "place")?,
    };
    Ok((of, Attachment { id, field, filename, mime_type, blob }))
}

/// Adds to submissions the files that came with them.
pub(super) fn fill(tx: &mut Tx<'_>, submissions: &mut [Submission]) -> Result<()> {
    let args: Vec<Value> = submissions.iter().map(|one| one.id.into()).collect();
    if args.is_empty() {
        return Ok(());
    }
    for mut row in sql::among(tx, (OF_ALL, &args))? {
        let (of, attachment) = attachment(&mut row)?;
        if let Some(one) = submissions.iter_mut().find(|one| one.id == of) {
            one.files.push(attachment);
        }
    }
    Ok(())
}

/// One of a submission.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, submission: SubmissionId, id: AttachmentId) -> Result<Attachment> {
    let row = tx.one(&GET, &[id.into(), submission.into(), at.app().into()])?;
    row.map(|mut row| attachment(&mut row)).transpose()?.map(|(_, found)| found).ok_or(Error::NotFound("file"))
}

/// Stores one, the `n`th of a new submission. Its bytes are ready, and are referred to by this.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InProject>, submission: SubmissionId, (n, new): (usize, &Attachment)) -> Result<()> {
    let args = [
        new.id.into(),
        at.project().into(),
        submission.into(),
        (n as u64).into(),
        new.field.as_str().into(),
        new.filename.as_str().into(),
        new.mime_type.as_str().into(),
        new.blob.id.into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(())
}

/// Whether some are left of submissions that are gone.
pub fn unguarded_any_left(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.one(&ANY_LEFT, &[])?.is_some())
}

/// Drops some of them; how many.
pub fn unguarded_drop_left(tx: &mut Tx<'_>) -> Result<usize> {
    let rows = tx.rows(&LEFT, &[])?;
    let many = rows.len();
    for mut row in rows {
        let id: AttachmentId = row.take("submission_files", "id")?;
        tx.run(&DROP, &[id.into()])?;
        blob::unguarded_let_go(tx, row.take("submission_files", "blob_id")?)?;
    }
    Ok(many)
}
