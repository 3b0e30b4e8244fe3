//! Whether bytes of files are those that were kept: of one blob after the other, while they are served. Nothing is changed.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        Error, Result,
        file::blob::{Blob, PIECE, pieces},
        id::{BlobId, FileId},
    },
    store::file::blob,
};

use super::{bytes::Blobs, moving::STEP};

/// How much a step has looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedBlobs {
    /// Blobs.
    pub blobs: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Those whose bytes are not the ones that were kept, or are not there.
    pub bad: Vec<BadBlob>,
    /// The last one that was looked at, behind which the next step goes on; none once there is nothing left.
    pub last: Option<BlobId>,
}

/// Bytes that are damaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadBlob {
    /// Their id, which is their name in the folder as well.
    pub id: BlobId,
    /// Some of the files that have them, each with its name; none, where only a version, a smaller picture or a submission has.
    pub files: Vec<(FileId, String)>,
}

/// Looks at some bytes, behind one blob.
///
/// # Errors
/// Those of the store; of the folder, where it cannot be read.
pub fn check_next(blobs: &Blobs, behind: Option<BlobId>) -> Result<CheckedBlobs> {
    let mut checked = CheckedBlobs { last: behind, ..CheckedBlobs::default() };
    let whole = blobs.store().read_now(|tx| blob::unguarded_whole(tx, behind))?;
    let is_end = whole.is_empty();
    for one in whole {
        match hash(blobs, &one) {
            Ok(hash) if hash == one.hash => {}
            Ok(_) | Err(Error::Internal(_)) => checked.bad.extend(damaged(blobs, &one, checked.last)?),
            Err(other) => return Err(other),
        }
        checked.last = Some(one.id);
        checked.blobs += 1;
        checked.bytes += one.size;
        if checked.bytes >= STEP {
            break;
        }
    }
    checked.last = checked.last.filter(|_| !is_end);
    Ok(checked)
}

/// BLAKE3 of the bytes as they are, in hexadecimal digits.
fn hash(blobs: &Blobs, one: &Blob) -> Result<String> {
    let mut hash = blake3::Hasher::new();
    for n in 0..pieces(one.size) {
        hash.update(&blobs.read(one, n * PIECE as u64, PIECE as u64)?);
    }
    Ok(hash.finalize().to_hex().to_string())
}

/// Which files have damaged bytes; nothing where they were let go meanwhile, and so are rightly not there.
fn damaged(blobs: &Blobs, one: &Blob, behind: Option<BlobId>) -> Result<Option<BadBlob>> {
    blobs.store().read_now(|tx| {
        let is_kept = blob::unguarded_whole(tx, behind)?.iter().any(|kept| kept.id == one.id);
        if is_kept { Ok(Some(BadBlob { id: one.id, files: blob::unguarded_files(tx, one.id)? })) } else { Ok(None) }
    })
}
