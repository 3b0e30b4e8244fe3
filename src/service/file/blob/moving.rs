//! Bytes of files on their way between the database and the folder beside it, while they are served: those of one blob after the other, and of each
//! nothing goes where it was before it is whole where it is to be. Those that are not what they were stay where they are, and hold up no others.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        Error, Result,
        file::blob::{Blob, BlobPlace, PIECE, pieces},
        id::BlobId,
    },
    store::file::blob,
};

use super::{bytes::Blobs, store::BlobStore};

/// Bytes that one step goes through, or a few more.
pub(super) const STEP: u64 = 64 * 1024 * 1024;

/// How much a step has moved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Blobs.
    pub blobs: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Those whose bytes are not the ones that were kept, or are not there: they stay where they are.
    pub bad: Vec<BlobId>,
    /// The last one that was looked at, behind which the next step goes on; none once there is nothing left to move.
    pub last: Option<BlobId>,
}

/// Moves some bytes to where they are to be, behind one of them.
///
/// # Errors
/// Busy, when a disk is full, or no folder is set.
pub fn move_next(blobs: &Blobs, to: BlobPlace, behind: Option<BlobId>) -> Result<Moved> {
    let folder = &**blobs.outside()?;
    let mut moved = Moved::default();
    for one in blobs.store().read_now(|tx| blob::unguarded_elsewhere(tx, to, behind))? {
        let done = match to {
            BlobPlace::Rows => into_rows(blobs, folder, &one),
            _ => into_folder(blobs, folder, &one),
        };
        moved.last = Some(one.id);
        match done {
            Ok(()) => {
                moved.blobs += 1;
                moved.bytes += one.size;
            }
            Err(Error::Internal(_)) => {
                undo(blobs, folder, &one)?;
                moved.bad.push(one.id);
            }
            Err(other) => return Err(other),
        }
        if moved.bytes >= STEP {
            break;
        }
    }
    Ok(moved)
}

/// What came of it goes again from where it was to be.
fn undo(blobs: &Blobs, folder: &dyn BlobStore, one: &Blob) -> Result<()> {
    let id = one.id;
    if one.place == BlobPlace::Rows {
        return folder.remove(id);
    }
    while blobs.store().write_now(move |tx| blob::unguarded_drop_pieces(tx, id))? > 0 {}
    Ok(())
}

fn into_folder(blobs: &Blobs, folder: &dyn BlobStore, one: &Blob) -> Result<()> {
    let id = one.id;
    // One that was broken off is there already, and has rows still.
    if one.place == BlobPlace::Rows {
        let mut hash = blake3::Hasher::new();
        for n in 0..pieces(one.size) {
            let piece = blobs.read(one, n * PIECE as u64, PIECE as u64)?;
            hash.update(&piece);
            folder.keep(id, n * PIECE as u64, &piece)?;
        }
        is_the_same(one, &hash)?;
        folder.settle(id)?;
        blobs.store().write_now(move |tx| blob::unguarded_placed(tx, id, BlobPlace::Folder))?;
    }
    while blobs.store().write_now(move |tx| blob::unguarded_drop_pieces(tx, id))? > 0 {}
    Ok(())
}

fn into_rows(blobs: &Blobs, folder: &dyn BlobStore, one: &Blob) -> Result<()> {
    let (id, mut hash) = (one.id, blake3::Hasher::new());
    for n in 0..pieces(one.size) {
        let piece = folder.read(id, n * PIECE as u64, PIECE)?.unwrap_or_default();
        hash.update(&piece);
        blobs.store().write_now(move |tx| blob::unguarded_put_piece(tx, id, n, &piece))?;
    }
    is_the_same(one, &hash)?;
    blobs.store().write_now(move |tx| blob::unguarded_placed(tx, id, BlobPlace::Rows))
}

fn is_the_same(one: &Blob, hash: &blake3::Hasher) -> Result<()> {
    if hash.finalize().to_hex().as_str() == one.hash {
        return Ok(());
    }
    Err(Error::Internal(format!("the bytes {} are not those that were kept", one.id)))
}
