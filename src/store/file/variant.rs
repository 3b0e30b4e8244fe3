//! The smaller pictures of files: their rows, and which of them are to be made.

use crate::{
    domain::{
        Result,
        access::{Granted, InProject},
        file::{
            blob::{Blob, BlobPlace},
            file::File,
            picture::variant::{Made, State, Undrawn, Variant, is_drawn},
        },
        id::{BlobId, FileId, ProjectPath},
        time::Instant,
    },
    store::{
        Tx,
        row::{Row, Value},
        sql,
    },
};

use super::{
    blob,
    row::{columns, file, from},
};

macro_rules! made {
    () => {
        "SELECT v.file_id, v.name, v.width, v.height, b.id, b.hash, b.size, b.place FROM file_variants v JOIN blobs b ON b.id = v.blob_id "
    };
}

statements! {
    ONE = concat!(made!(), "WHERE v.file_id = $1 AND v.name = $2");
    BEGIN = "UPDATE files SET variants_state = $3, variants_fault = NULL, variants_due = $4, variants_tries = 0 WHERE id = $1 AND project_id = $2";
    BLOBS = "SELECT v.blob_id FROM file_variants v WHERE v.file_id = $1 ORDER BY v.name";
    DROP = "DELETE FROM file_variants WHERE file_id = $1";
    PUT = "INSERT INTO file_variants (file_id, name, blob_id, width, height) VALUES ($1, $2, $3, $4, $5)";
    DUE = "SELECT f.variants_due, f.id FROM files f WHERE f.variants_due <= $1 ORDER BY f.variants_due, f.id LIMIT 50";
    DUE_BEHIND = "SELECT f.variants_due, f.id FROM files f WHERE f.variants_due <= $1 AND (f.variants_due, f.id) > ($2, $3)
                  ORDER BY f.variants_due, f.id LIMIT 50";
    NEXT_DUE = "SELECT f.variants_due FROM files f WHERE f.variants_due > $1 ORDER BY f.variants_due LIMIT 1";
    DUE_ONE = concat!("SELECT ", columns!(), ", f.variants_tries", from!(), "WHERE f.id = $1 AND f.variants_due <= $2");
    TRY = "UPDATE files SET variants_state = $2, variants_tries = $3 WHERE id = $1";
    END = "UPDATE files SET variants_state = $2, variants_fault = $3, variants_due = NULL, variants_tries = 0 WHERE id = $1";
}

const OF_ALL: &str = concat!(made!(), "WHERE v.file_id IN (?*)");

fn variant_of(row: &mut Row) -> Result<(FileId, Made)> {
    let table = "file_variants";
    let file = row.take(table, "file_id")?;
    let (variant, width, height) = (row.take(table, "name")?, row.take(table, "width")?, row.take(table, "height")?);
    let blob = Blob {
        id: row.take("blobs", "id")?,
        hash: row.take("blobs", "hash")?,
        size: row.take("blobs", "size")?,
        place: row.take("blobs", "place")?,
    };
    Ok((file, Made { variant, width, height, blob }))
}

/// Adds to files the smaller pictures that there are of them. Those whose bytes a backup left out are not told.
pub(super) fn fill(tx: &mut Tx<'_>, files: &mut [File]) -> Result<()> {
    let args: Vec<Value> = files.iter().filter(|file| is_drawn(&file.mime_type)).map(|file| file.id.into()).collect();
    if args.is_empty() {
        return Ok(());
    }
    for mut row in sql::among(tx, (OF_ALL, &args))? {
        let (of, made) = variant_of(&mut row)?;
        // A page may tell one file twice.
        for file in files.iter_mut().filter(|file| file.id == of && made.blob.place != BlobPlace::Nowhere) {
            file.variants.made.push(made.clone());
        }
    }
    files.iter_mut().for_each(|file| file.variants.made.sort_by_key(|made| made.variant));
    Ok(())
}

/// A smaller picture of a file that the caller has found, if it is there.
pub fn unguarded_one(tx: &mut Tx<'_>, file: &File, variant: Variant) -> Result<Option<Made>> {
    let row = tx.one(&ONE, &[file.id.into(), variant.into()])?;
    Ok(row.map(|mut row| variant_of(&mut row)).transpose()?.map(|(_, made)| made))
}

/// Those of a file are to be made, or made anew; until then those that are there stay, unless its bytes are others now.
pub(super) fn begin(tx: &mut Tx<'_>, at: &Granted<InProject>, file: &File, are_others: bool) -> Result<()> {
    if are_others {
        drop_all(tx, file.id)?;
    }
    let due = (file.variants.state == State::Pending).then_some(tx.now());
    tx.run(&BEGIN, &[file.id.into(), at.project().into(), file.variants.state.into(), due.into()])?;
    tx.effects.pictures |= due.is_some();
    Ok(())
}

/// Those of a file go.
pub(super) fn drop_all(tx: &mut Tx<'_>, id: FileId) -> Result<()> {
    let rows = tx.rows(&BLOBS, &[id.into()])?;
    tx.run(&DROP, &[id.into()])?;
    rows.into_iter().try_for_each(|mut row| blob::let_go(tx, row.take("file_variants", "blob_id")?))
}

/// Some files whose smaller pictures are to be made, in their order, behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, FileId)>) -> Result<Vec<(Instant, FileId)>> {
    let rows = match behind {
        None => tx.rows(&DUE, &[now.into()])?,
        Some((at, id)) => tx.rows(&DUE_BEHIND, &[now.into(), at.into(), id.into()])?,
    };
    rows.into_iter().map(|mut row| Ok((row.take("files", "variants_due")?, row.take("files", "id")?))).collect()
}

/// When the next ones are.
pub fn unguarded_next_due(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT_DUE, &[after.into()])?.map(|mut row| row.take("files", "variants_due")).transpose()?)
}

/// A file whose smaller pictures are to be made still, and how often that was begun and did not end.
pub fn unguarded_due_one(tx: &mut Tx<'_>, id: FileId) -> Result<Option<(File, u32)>> {
    let now = tx.now();
    let Some(mut row) = tx.one(&DUE_ONE, &[id.into(), now.into()])? else { return Ok(None) };
    Ok(Some((file(&mut row)?, row.take("files", "variants_tries")?)))
}

/// It is begun for the time of this number; or given back, as if it had not been.
pub fn unguarded_try(tx: &mut Tx<'_>, id: FileId, state: State, tries: u32) -> Result<()> {
    tx.run(&TRY, &[id.into(), state.into(), tries.into()])?;
    Ok(())
}

/// It has ended, well or not.
pub fn unguarded_end(tx: &mut Tx<'_>, id: FileId, state: State, fault: Option<Undrawn>) -> Result<()> {
    tx.run(&END, &[id.into(), state.into(), fault.into()])?;
    Ok(())
}

/// Begins bytes that the server makes itself, with all their pieces. They go at `until`, unless something refers to them by then.
pub fn unguarded_keep(tx: &mut Tx<'_>, of: ProjectPath, (id, place): (BlobId, BlobPlace), pieces: &[&[u8]], until: Instant) -> Result<()> {
    blob::begin_in(tx, of, id, place, until)?;
    pieces.iter().zip(0..).try_for_each(|(piece, n)| blob::unguarded_put_piece(tx, id, n, piece))
}

/// Smaller pictures of a file take the place of those that were there.
pub fn unguarded_put(tx: &mut Tx<'_>, file: &File, all: &[Made]) -> Result<()> {
    drop_all(tx, file.id)?;
    for made in all {
        let blob = blob::ready_in(tx, file.project, made.blob.id, (&made.blob.hash, made.blob.size))?;
        tx.run(&PUT, &[file.id.into(), made.variant.into(), blob.id.into(), made.width.into(), made.height.into()])?;
    }
    Ok(())
}
