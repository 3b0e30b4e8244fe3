//! Bytes on their way in: in pieces, each kept before the next is taken, so that a file is never in memory. What is broken off leaves nothing.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        file::{
            blob::{Blob, BlobPlace, GRACE, PIECE},
            picture::metadata,
        },
        id::{BlobId, ProjectPath},
        time::Instant,
    },
    service::authorize,
    store::{Tx, file::blob},
};

use super::bytes::Blobs;

/// Bytes that come in one after the other.
pub struct Staging {
    held: StagedRows,
    hash: blake3::Hasher,
    size: u64,
    piece: Vec<u8>,
    first: Vec<u8>,
}

/// Bytes that came in as a whole. Unless a file takes them, they go with their last holder.
pub struct Staged {
    held: StagedRows,
    /// BLAKE3 of all of them, in hexadecimal digits.
    pub hash: String,
    /// How many they are.
    pub size: u64,
    /// The first of them: a piece.
    pub first: Vec<u8>,
    /// Whether they are a picture that is shown turned by a quarter.
    pub is_turned: bool,
}

/// Files that came in with a form.
pub struct Received {
    /// When they began to: whoever might send them then may do so until the end, unless their rights have gone since.
    pub began: Instant,
    /// What stands in the form beside them: names and values.
    pub fields: Vec<(String, String)>,
    /// The files.
    pub files: Vec<ReceivedFile>,
}

/// A file that came in with a form.
pub struct ReceivedFile {
    /// What it was called where it comes from.
    pub name: String,
    /// The type that it came with.
    pub kind: Option<String>,
    /// Its bytes.
    pub bytes: Staged,
}

/// Rows of bytes that nothing refers to yet.
struct StagedRows {
    blobs: Arc<Blobs>,
    at: Granted<InProject>,
    id: BlobId,
    place: BlobPlace,
    is_taken: AtomicBool,
}

impl Drop for StagedRows {
    fn drop(&mut self) {
        if !self.is_taken.load(Ordering::Relaxed) {
            let (at, id) = (self.at.clone(), self.id);
            self.blobs.store().write_aside(move |tx| blob::abandon(tx, &at, id));
        }
    }
}

impl Staging {
    /// Begins bytes that `who` sends.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn begin(
        blobs: &Arc<Blobs>,
        at: ProjectPath,
        who: impl Fn(&mut Tx<'_>) -> Result<Arc<Actor>> + Send + 'static,
    ) -> Result<Self> {
        let enter = blobs.store().read(move |tx| {
            let actor = who(tx)?;
            authorize::project(tx, &actor, at, Permission::EntryWrite)
        });
        Self::begin_at(blobs, enter.await?).await
    }

    async fn begin_at(blobs: &Arc<Blobs>, at: Granted<InProject>) -> Result<Self> {
        let (place, granted) = (blobs.place(), at.clone());
        let begun = blobs.store().write(move |tx| {
            let (id, until) = (BlobId::new(tx.now(), tx.entropy()), tx.now() + GRACE);
            blob::begin(tx, &granted, id, place, until)?;
            Ok(id)
        });
        let id = begun.await?;
        let held = StagedRows { blobs: blobs.clone(), at, id, place, is_taken: AtomicBool::new(false) };
        Ok(Self { held, hash: blake3::Hasher::new(), size: 0, piece: Vec::new(), first: Vec::new() })
    }

    /// Takes some more.
    ///
    /// # Errors
    /// Too large for a file; busy, when the disk is full.
    pub async fn push(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.held.blobs.bounds.admit(self.size.saturating_add(bytes.len() as u64))?;
        self.size += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.piece.len()));
            if self.piece.capacity() == 0 && self.size > PIECE as u64 {
                self.piece.reserve_exact(PIECE);
            }
            self.piece.extend_from_slice(now);
            if self.piece.len() == PIECE {
                self.flush().await?;
            }
            bytes = later;
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<()> {
        let piece = std::mem::take(&mut self.piece);
        self.hash.update(&piece);
        if self.first.is_empty() {
            self.first.clone_from(&piece);
        }
        // All before this one are as long as each other.
        let n = (self.hash.count() - piece.len() as u64) / PIECE as u64;
        self.held.blobs.keep(&self.held.at, (self.held.place, self.held.id, n), piece, |now| now + GRACE).await
    }

    /// No more come. What cameras write into a picture beside what is seen goes at once, so that nobody is ever given it.
    ///
    /// # Errors
    /// Busy, when the disk is full.
    pub async fn end(self) -> Result<Staged> {
        let staged = self.settle().await?;
        let blob = Blob { id: staged.held.id, hash: String::new(), size: staged.size, place: staged.held.place };
        match cleaned(&staged.held.blobs, &staged.held.at, blob, &staged.first).await? {
            (Some(cleaned), _) => Ok(cleaned),
            (None, is_turned) => Ok(Staged { is_turned, ..staged }),
        }
    }

    async fn settle(mut self) -> Result<Staged> {
        if !self.piece.is_empty() {
            self.flush().await?;
        }
        self.held.blobs.settle(self.held.place, self.held.id).await?;
        let hash = self.hash.finalize().to_hex().to_string();
        Ok(Staged { held: self.held, hash, size: self.size, first: self.first, is_turned: false })
    }

    /// Bytes that are there already as a whole.
    ///
    /// # Errors
    /// As [`Staging::begin`] and [`Staging::push`].
    pub async fn whole(
        blobs: &Arc<Blobs>,
        at: ProjectPath,
        who: impl Fn(&mut Tx<'_>) -> Result<Arc<Actor>> + Send + 'static,
        bytes: &[u8],
    ) -> Result<Staged> {
        blobs.bounds.admit(bytes.len() as u64)?;
        let mut staging = Self::begin(blobs, at, who).await?;
        staging.push(bytes).await?;
        staging.end().await
    }
}

/// A picture without what is not seen of it, where there is such; and whether it is shown turned by a quarter. One after the other, since each is
/// looked through as a whole.
pub(in crate::service::file) async fn cleaned(
    blobs: &Arc<Blobs>,
    at: &Granted<InProject>,
    blob: Blob,
    first: &[u8],
) -> Result<(Option<Staged>, bool)> {
    if !metadata::is_known(first) || blob.size > metadata::BYTES_MAX {
        return Ok((None, false));
    }
    let _turn = blobs.turn().await?;
    let reader = blobs.clone();
    let read = tokio::task::spawn_blocking(move || reader.read_all(&blob).map(metadata::clean)).await;
    let cleaned = read.map_err(|error| Error::Internal(error.to_string()))??;
    let Some(bytes) = cleaned.bytes else { return Ok((None, cleaned.is_turned)) };
    let mut staging = Staging::begin_at(blobs, at.clone()).await?;
    staging.push(&bytes).await?;
    let staged = staging.settle().await?;
    Ok((Some(Staged { is_turned: cleaned.is_turned, ..staged }), cleaned.is_turned))
}

impl Staged {
    /// Its rows.
    pub const fn id(&self) -> BlobId {
        self.held.id
    }

    /// How many bytes may be kept.
    pub fn bounds(&self) -> super::bytes::Bounds {
        self.held.blobs.bounds
    }

    /// A file has taken them, and that is committed.
    pub fn mark_taken(&self) {
        self.held.is_taken.store(true, Ordering::Relaxed);
    }
}
