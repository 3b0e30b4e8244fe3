//! The bytes of files: in pieces while they come in, whole once for all files of a project that have the same, and gone some time after nothing
//! refers to them any more.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        file::blob::{Blob, BlobPlace, GRACE},
        id::{BlobId, FileId, ProjectId, ProjectPath},
        time::Instant,
    },
    store::{
        Tx,
        row::{Row, Value},
    },
};

/// Whether a blob is one that a file, a version or a smaller picture of one, or what came with a submission refers to.
macro_rules! referred {
    () => {
        "(EXISTS (SELECT 1 FROM files f WHERE f.blob_id = blobs.id) OR EXISTS (SELECT 1 FROM file_variants v WHERE v.blob_id = blobs.id)
         OR EXISTS (SELECT 1 FROM file_versions h WHERE h.blob_id = blobs.id)
         OR EXISTS (SELECT 1 FROM submission_files s WHERE s.blob_id = blobs.id))"
    };
}

statements! {
    BEGIN = "INSERT INTO blobs (id, organization_id, project_id, hash, size, place, drop_at) VALUES ($1, $2, $3, NULL, 0, $4, $5)";
    TOUCH = "UPDATE blobs SET drop_at = $3 WHERE id = $1 AND project_id = $2 AND hash IS NULL AND drop_at > $4";
    KEEP = "INSERT INTO blob_chunks (blob_id, n, bytes) VALUES ($1, $2, $3)
            ON CONFLICT (blob_id, n) DO UPDATE SET bytes = excluded.bytes";
    SAME = "SELECT b.id, b.hash, b.size, b.place FROM blobs b WHERE b.project_id = $1 AND b.hash = $2";
    USE = "UPDATE blobs SET drop_at = NULL WHERE id = $1 AND project_id = $2";
    READY = "UPDATE blobs SET hash = $3, size = $4, drop_at = NULL WHERE id = $1 AND project_id = $2 AND hash IS NULL";
    PLACE = "SELECT b.place FROM blobs b WHERE b.id = $1 AND b.project_id = $2";
    ABANDON = "UPDATE blobs SET drop_at = $3 WHERE id = $1 AND project_id = $2 AND hash IS NULL";
    LET_GO = concat!("UPDATE blobs SET drop_at = $2 WHERE id = $1 AND hash IS NOT NULL AND NOT ", referred!());
    PIECE = "SELECT c.bytes FROM blob_chunks c WHERE c.blob_id = $1 AND c.n = $2";
    STALE = "UPDATE blobs SET drop_at = $1 WHERE hash IS NULL AND drop_at > $1 AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.blob_id = blobs.id)";
    DUE = "SELECT b.drop_at, b.id FROM blobs b WHERE b.drop_at <= $1 ORDER BY b.drop_at, b.id LIMIT 50";
    DUE_BEHIND = "SELECT b.drop_at, b.id FROM blobs b WHERE b.drop_at <= $1 AND (b.drop_at, b.id) > ($2, $3) ORDER BY b.drop_at, b.id LIMIT 50";
    NEXT_DUE = "SELECT b.drop_at FROM blobs b WHERE b.drop_at > $1 ORDER BY b.drop_at LIMIT 1";
    GOING = "SELECT b.project_id, b.hash, b.size, b.place FROM blobs b WHERE b.id = $1 AND b.drop_at <= $2";
    REFERRED = concat!("UPDATE blobs SET drop_at = NULL WHERE id = $1 AND ", referred!());
    UNNAME = "UPDATE blobs SET hash = NULL WHERE id = $1";
    DROP_PIECES = "DELETE FROM blob_chunks WHERE blob_id = $1 AND n IN (SELECT c.n FROM blob_chunks c WHERE c.blob_id = $1 ORDER BY c.n LIMIT 16)";
    DROP_UPLOAD = "DELETE FROM uploads WHERE blob_id = $1";
    DROP = "DELETE FROM blobs WHERE id = $1";
    LEFTOVERS = "SELECT blob_id FROM blob_leftovers ORDER BY blob_id LIMIT 100";
    FORGET_LEFTOVER = "DELETE FROM blob_leftovers WHERE blob_id = $1";
    ELSEWHERE = "SELECT b.id, b.hash, b.size, b.place FROM blobs b WHERE b.hash IS NOT NULL AND b.drop_at IS NULL AND b.place = $1 AND b.id > $2
                 ORDER BY b.id LIMIT 50";
    WHOLE = "SELECT b.id, b.hash, b.size, b.place FROM blobs b WHERE b.hash IS NOT NULL AND b.drop_at IS NULL AND b.id > $1 ORDER BY b.id LIMIT 50";
    FILES = "SELECT f.id, f.original_filename FROM files f WHERE f.blob_id = $1 ORDER BY f.id LIMIT 10";
    STRANDED = "SELECT b.id, b.hash, b.size, b.place FROM blobs b WHERE b.hash IS NOT NULL AND b.place = 'folder'
                AND b.id > $1 AND EXISTS (SELECT 1 FROM blob_chunks c WHERE c.blob_id = b.id) ORDER BY b.id LIMIT 50";
    PLACED = "UPDATE blobs SET place = $2 WHERE id = $1 AND hash IS NOT NULL";
    ADOPT = "UPDATE files SET blob_id = $2 WHERE blob_id = $1";
    ADOPT_VARIANTS = "UPDATE file_variants SET blob_id = $2 WHERE blob_id = $1";
    ADOPT_VERSIONS = "UPDATE file_versions SET blob_id = $2 WHERE blob_id = $1";
    ADOPT_ATTACHED = "UPDATE submission_files SET blob_id = $2 WHERE blob_id = $1";
    LEAVE = "INSERT INTO blob_leftovers (blob_id) VALUES ($1) ON CONFLICT (blob_id) DO NOTHING";
}

/// The total of the bytes that a project keeps; the same bytes count once.
const BYTES: &str = "file-bytes";

fn blob(row: &mut Row) -> Result<Blob> {
    let table = "blobs";
    Ok(Blob {
        id: row.take(table, "id")?,
        hash: row.take(table, "hash")?,
        size: row.take(table, "size")?,
        place: row.take(table, "place")?,
    })
}

/// Begins bytes that come in. They go at `until`, unless more of them come.
pub fn begin(tx: &mut Tx<'_>, at: &Granted<InProject>, id: BlobId, place: BlobPlace, until: Instant) -> Result<()> {
    begin_in(tx, (at.org(), at.project()), id, place, until)
}

/// The same for bytes that the server makes itself.
pub(super) fn begin_in(tx: &mut Tx<'_>, (org, project): ProjectPath, id: BlobId, place: BlobPlace, until: Instant) -> Result<()> {
    let args = [id.into(), org.into(), project.into(), place.into(), until.into()];
    tx.run(&BEGIN, &args)?;
    Ok(())
}

/// Keeps those that come in until later.
///
/// # Errors
/// Not found, where they have gone or are on their way.
pub fn touch(tx: &mut Tx<'_>, at: &Granted<InProject>, id: BlobId, until: Instant) -> Result<()> {
    let now = tx.now();
    tx.run_one(&TOUCH, &[id.into(), at.project().into(), until.into(), now.into()], "upload")
}

/// Keeps the piece of this number, or puts it in the place of the one that was there.
///
/// # Errors
/// Not found, where those before it have gone.
pub fn keep(tx: &mut Tx<'_>, at: &Granted<InProject>, (id, n): (BlobId, u64), bytes: &[u8], until: Instant) -> Result<()> {
    touch(tx, at, id, until)?;
    tx.run(&KEEP, &[id.into(), n.into(), bytes.to_vec().into()])?;
    Ok(())
}

/// The bytes of this hash, if the project has them.
pub fn find_by_hash(tx: &mut Tx<'_>, at: &Granted<InProject>, hash: &str) -> Result<Option<Blob>> {
    same_in(tx, at.project(), hash)
}

fn same_in(tx: &mut Tx<'_>, project: ProjectId, hash: &str) -> Result<Option<Blob>> {
    tx.one(&SAME, &[project.into(), hash.into()])?.map(|mut row| blob(&mut row)).transpose()
}

/// The bytes that came in are whole. Where the project has the same already, those are taken and the new ones go.
/// Whoever calls it refers to what it returns in the same transaction.
///
/// # Errors
/// Not found, where they have gone.
pub fn ready(tx: &mut Tx<'_>, at: &Granted<InProject>, id: BlobId, hash_and_size: (&str, u64)) -> Result<Blob> {
    ready_in(tx, at.project(), id, hash_and_size)
}

/// The same for bytes that the server makes itself.
pub(super) fn ready_in(tx: &mut Tx<'_>, at: ProjectId, id: BlobId, (hash, size): (&str, u64)) -> Result<Blob> {
    let (now, project): (_, Value) = (tx.now(), at.into());
    let known = same_in(tx, at, hash)?;
    if let Some(lost) = known.as_ref().filter(|known| known.place == BlobPlace::Nowhere) {
        // Whatever has those bytes gets them back.
        tx.run(&UNNAME, &[lost.id.into()])?;
        tx.run_one(&READY, &[id.into(), project, hash.into(), size.into()], "upload")?;
        tx.run(&ADOPT, &[lost.id.into(), id.into()])?;
        tx.run(&ADOPT_VARIANTS, &[lost.id.into(), id.into()])?;
        tx.run(&ADOPT_VERSIONS, &[lost.id.into(), id.into()])?;
        tx.run(&ADOPT_ATTACHED, &[lost.id.into(), id.into()])?;
        tx.run(&DROP, &[lost.id.into()])?;
        return find_blob(tx, at, id, (hash, size));
    }
    if let Some(same) = known {
        tx.run_one(&USE, &[same.id.into(), project.clone()], "upload")?;
        tx.run_one(&ABANDON, &[id.into(), project, now.into()], "upload")?;
        tx.effects.files = true;
        return Ok(same);
    }
    tx.run_one(&READY, &[id.into(), project, hash.into(), size.into()], "upload")?;
    tx.count(at, BYTES, i64::try_from(size).unwrap_or(i64::MAX));
    find_blob(tx, at, id, (hash, size))
}

fn find_blob(tx: &mut Tx<'_>, at: ProjectId, id: BlobId, (hash, size): (&str, u64)) -> Result<Blob> {
    let place = tx.one(&PLACE, &[id.into(), at.into()])?.map(|mut row| row.take("blobs", "place")).transpose()?;
    Ok(Blob { id, hash: hash.to_owned(), size, place: place.ok_or(Error::NotFound("upload"))? })
}

/// What came in so far goes.
pub fn abandon(tx: &mut Tx<'_>, at: &Granted<InProject>, id: BlobId) -> Result<()> {
    let now = tx.now();
    tx.run(&ABANDON, &[id.into(), at.project().into(), now.into()])?;
    tx.effects.files = true;
    Ok(())
}

/// Something that referred to it does not any more. Where nothing else does it goes, once whoever reads it has had time to end.
pub(super) fn let_go(tx: &mut Tx<'_>, id: BlobId) -> Result<()> {
    unguarded_let_go(tx, id)
}

/// The same for what belongs to nobody any more.
pub fn unguarded_let_go(tx: &mut Tx<'_>, id: BlobId) -> Result<()> {
    let until = tx.now() + GRACE;
    tx.run(&LET_GO, &[id.into(), until.into()])?;
    Ok(())
}

/// How many bytes the project keeps.
pub fn bytes_used(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<u64> {
    tx.total(at.project(), BYTES)
}

/// A piece of bytes that the caller has found by something that refers to them.
pub fn unguarded_piece(tx: &mut Tx<'_>, id: BlobId, n: u64) -> Result<Option<Vec<u8>>> {
    Ok(tx.one(&PIECE, &[id.into(), n.into()])?.map(|mut row| row.take("blob_chunks", "bytes")).transpose()?)
}

/// What was coming in when this server, which alone has the database, began: nobody sends more of it, but for long uploads in parts.
pub fn unguarded_abandon_all(tx: &mut Tx<'_>) -> Result<usize> {
    let now = tx.now();
    Ok(tx.run(&STALE, &[now.into()])?)
}

/// Some bytes that may go, in their order, behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, BlobId)>) -> Result<Vec<(Instant, BlobId)>> {
    let rows = match behind {
        None => tx.rows(&DUE, &[now.into()])?,
        Some((at, id)) => tx.rows(&DUE_BEHIND, &[now.into(), at.into(), id.into()])?,
    };
    rows.into_iter().map(|mut row| Ok((row.take("blobs", "drop_at")?, row.take("blobs", "id")?))).collect()
}

/// When the next ones may go.
pub fn unguarded_next_due(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT_DUE, &[after.into()])?.map(|mut row| row.take("blobs", "drop_at")).transpose()?)
}

/// How far a blob has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It stays.
    Stays,
    /// Some of it has gone.
    Partly,
    /// All of it.
    Wholly,
}

/// Drops some of a blob, if it is due still and nothing refers to it: a few pieces in each transaction, so that the log stays short.
pub fn unguarded_drop_some(tx: &mut Tx<'_>, id: BlobId) -> Result<Gone> {
    let now = tx.now();
    let Some(mut row) = tx.one(&GOING, &[id.into(), now.into()])? else { return Ok(Gone::Stays) };
    let project: ProjectId = row.take("blobs", "project_id")?;
    let (hash, size): (Option<String>, i64) = (row.take("blobs", "hash")?, row.take("blobs", "size")?);
    let place: BlobPlace = row.take("blobs", "place")?;
    if tx.run(&REFERRED, &[id.into()])? > 0 {
        return Ok(Gone::Stays);
    }
    if hash.is_some() {
        tx.run(&UNNAME, &[id.into()])?;
        tx.count(project, BYTES, -size);
    }
    if tx.run(&DROP_PIECES, &[id.into()])? > 0 {
        return Ok(Gone::Partly);
    }
    tx.run(&DROP_UPLOAD, &[id.into()])?;
    tx.run(&DROP, &[id.into()])?;
    if place == BlobPlace::Folder {
        tx.run(&LEAVE, &[id.into()])?;
    }
    Ok(Gone::Wholly)
}

/// Bytes in the folder that no row speaks of any more.
pub fn unguarded_leftovers(tx: &mut Tx<'_>) -> Result<Vec<BlobId>> {
    tx.rows(&LEFTOVERS, &[])?.into_iter().map(|mut row| Ok(row.take("blob_leftovers", "blob_id")?)).collect()
}

/// They are gone.
pub fn unguarded_forget_leftover(tx: &mut Tx<'_>, id: BlobId) -> Result<()> {
    tx.run(&FORGET_LEFTOVER, &[id.into()])?;
    Ok(())
}

/// Some bytes that do not lie where they are to lie, or not only there: in their order, behind one of them.
pub fn unguarded_elsewhere(tx: &mut Tx<'_>, to: BlobPlace, behind: Option<BlobId>) -> Result<Vec<Blob>> {
    let from = if to == BlobPlace::Rows { BlobPlace::Folder } else { BlobPlace::Rows };
    let behind = behind.map(|id| id.to_string()).unwrap_or_default();
    let mut rows = tx.rows(&ELSEWHERE, &[from.into(), behind.as_str().into()])?;
    if to == BlobPlace::Folder {
        rows.extend(tx.rows(&STRANDED, &[behind.as_str().into()])?);
    }
    let mut found = rows.into_iter().map(|mut row| blob(&mut row)).collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|blob| blob.id);
    found.truncate(50);
    Ok(found)
}

/// Some bytes that are whole and referred to, behind one of them, in their order.
pub fn unguarded_whole(tx: &mut Tx<'_>, behind: Option<BlobId>) -> Result<Vec<Blob>> {
    let behind = behind.map(|id| id.to_string()).unwrap_or_default();
    tx.rows(&WHOLE, &[behind.as_str().into()])?.into_iter().map(|mut row| blob(&mut row)).collect()
}

/// Some of the files that have these bytes, each with its name.
pub fn unguarded_files(tx: &mut Tx<'_>, id: BlobId) -> Result<Vec<(FileId, String)>> {
    let rows = tx.rows(&FILES, &[id.into()])?.into_iter();
    rows.map(|mut row| Ok((row.take("files", "id")?, row.take("files", "original_filename")?))).collect()
}

/// Keeps a piece of bytes that are whole elsewhere.
pub fn unguarded_put_piece(tx: &mut Tx<'_>, id: BlobId, n: u64, bytes: &[u8]) -> Result<()> {
    tx.run(&KEEP, &[id.into(), n.into(), bytes.to_vec().into()])?;
    Ok(())
}

/// They are whole there; what is in the folder beside that goes.
pub fn unguarded_placed(tx: &mut Tx<'_>, id: BlobId, at: BlobPlace) -> Result<()> {
    let there = tx.run(&PLACED, &[id.into(), at.into()])?;
    if there == 0 || at == BlobPlace::Rows {
        tx.run(&LEAVE, &[id.into()])?;
        tx.effects.files = true;
    }
    Ok(())
}

/// Drops some of the pieces of bytes that lie elsewhere, too; how many.
pub fn unguarded_drop_pieces(tx: &mut Tx<'_>, id: BlobId) -> Result<usize> {
    Ok(tx.run(&DROP_PIECES, &[id.into()])?)
}
