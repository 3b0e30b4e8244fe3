//! Where the bytes of files lie, and how many may be kept.

use std::sync::Arc;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        file::blob::{Blob, BlobPlace, GRACE, PIECE},
        id::{BlobId, ProjectPath, UploadId},
        time::Instant,
    },
    store::{
        Store, Tx,
        file::{
            blob::{self, Gone},
            upload, variant,
        },
    },
};

use super::{
    coming::{Coming, Ended},
    store::BlobStore,
};

/// How many bytes may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Of a file.
    pub file: u64,
    /// Of all files of a project, where there is a bound.
    pub project: Option<u64>,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { file: 1 << 30, project: None }
    }
}

impl Bounds {
    /// Whether a file may have so many bytes.
    ///
    /// # Errors
    /// Too large.
    pub const fn admit(&self, size: u64) -> Result<()> {
        if size > self.file { Err(Error::FileTooLarge(self.file)) } else { Ok(()) }
    }

    /// Whether a project may keep so many bytes more, beside those of uploads that have begun.
    ///
    /// # Errors
    /// The quota is reached.
    pub fn admit_more(&self, tx: &mut Tx<'_>, at: &Granted<InProject>, more: u64) -> Result<()> {
        let Some(most) = self.project else { return Ok(()) };
        if blob::bytes_used(tx, at)?.saturating_add(upload::to_come(tx, at)?).saturating_add(more) > most {
            Err(Error::QuotaReached(most))
        } else {
            Ok(())
        }
    }
}

/// The bytes of files, wherever they lie.
#[derive(Clone)]
pub struct Blobs {
    store: Store,
    /// How many may be kept.
    pub bounds: Bounds,
    outside: Option<Arc<dyn BlobStore>>,
    coming: Arc<Coming>,
    /// Bytes that stay free on a disk, for all else that is written.
    min_free: u64,
    /// Whose turn it is to have a whole picture in memory.
    turn: Arc<Semaphore>,
}

/// How many pieces come into a folder between two writes that say so.
const TOLD: u64 = 64;

impl Blobs {
    /// Bytes in rows of this store, or in a place outside of it, where there is one.
    pub fn new(store: Store, bounds: Bounds, outside: Option<Arc<dyn BlobStore>>) -> Self {
        Self { store, bounds, outside, min_free: 0, coming: Arc::default(), turn: Arc::new(Semaphore::new(1)) }
    }

    /// The same, of which none are kept while less than this is free on the disk where they would lie.
    pub fn leaving(self, min_free: u64) -> Self {
        Self { min_free, ..self }
    }

    /// Whether the disk has room for more: what is small, and what makes room, is written in what is left.
    ///
    /// # Errors
    /// Busy, where it has not.
    pub fn has_room(&self, place: BlobPlace) -> Result<()> {
        let outside = self.outside.as_ref().filter(|_| place == BlobPlace::Folder);
        let free = outside.map_or_else(|| self.store.stats().free_bytes, |folder| folder.free());
        match free {
            Some(free) if free < self.min_free => {
                Err(Error::Busy(format!("{free} bytes are free on the disk, and min-free-disk leaves more")))
            }
            _ => Ok(()),
        }
    }

    /// Waits until nobody else has a whole picture in memory.
    ///
    /// # Errors
    /// Busy, while the server ends.
    pub async fn turn(&self) -> Result<SemaphorePermit<'_>> {
        self.turn.acquire().await.map_err(|error| Error::Busy(error.to_string()))
    }

    /// Whether an upload in parts has ended.
    pub fn end_of(&self, id: UploadId) -> Ended {
        self.coming.of(id)
    }

    /// The store that has their rows.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The folder.
    ///
    /// # Errors
    /// Busy, where none is set.
    pub fn outside(&self) -> Result<&Arc<dyn BlobStore>> {
        self.outside.as_ref().ok_or_else(|| Error::Busy("bytes of files lie in a folder, and files-dir names none".into()))
    }

    /// Where new ones are kept.
    pub const fn place(&self) -> BlobPlace {
        if self.outside.is_some() { BlobPlace::Folder } else { BlobPlace::Rows }
    }

    /// Keeps a piece of those that come in to this place.
    ///
    /// # Errors
    /// Not found, where those before it have gone; busy, when the disk is full or nearly so.
    pub async fn keep(
        &self,
        at: &Granted<InProject>,
        (place, id, n): (BlobPlace, BlobId, u64),
        bytes: Vec<u8>,
        until: impl Fn(Instant) -> Instant + Send + 'static,
    ) -> Result<()> {
        self.has_room(place)?;
        let at = at.clone();
        if place == BlobPlace::Rows {
            return self.store.write_piece(move |tx| blob::keep(tx, &at, (id, n), &bytes, until(tx.now()))).await;
        }
        if n.is_multiple_of(TOLD) {
            self.store.write_piece(move |tx| blob::touch(tx, &at, id, until(tx.now()))).await?;
        }
        self.run_outside(move |folder| folder.keep(id, n * PIECE as u64, &bytes)).await
    }

    /// Keeps bytes that the server has made itself, all at once, for a while: whoever called it refers to them then.
    ///
    /// # Errors
    /// Busy, when the disk is full.
    pub async fn keep_made(&self, of: ProjectPath, bytes: Vec<u8>) -> Result<Blob> {
        let (place, size, hash) = (self.place(), bytes.len() as u64, blake3::hash(&bytes).to_hex().to_string());
        self.has_room(place)?;
        let (bytes, kept) = (Arc::new(bytes), self.place() == BlobPlace::Rows);
        let all = bytes.clone();
        let begun = self.store.write_piece(move |tx| {
            let (id, until) = (BlobId::new(tx.now(), tx.entropy()), tx.now() + GRACE);
            let pieces: Vec<&[u8]> = if kept { all.chunks(PIECE).collect() } else { Vec::new() };
            variant::unguarded_keep(tx, of, (id, place), &pieces, until)?;
            Ok(id)
        });
        let id = begun.await?;
        if !kept {
            self.run_outside(move |folder| folder.keep(id, 0, &bytes).and_then(|()| folder.settle(id))).await?;
        }
        Ok(Blob { id, hash, size, place })
    }

    /// All of those that came in to this place are on the disk before a row says so.
    ///
    /// # Errors
    /// Busy, when the disk is full.
    pub async fn settle(&self, place: BlobPlace, id: BlobId) -> Result<()> {
        if place == BlobPlace::Folder { self.run_outside(move |folder| folder.settle(id)).await } else { Ok(()) }
    }

    async fn run_outside(&self, work: impl FnOnce(&dyn BlobStore) -> Result<()> + Send + 'static) -> Result<()> {
        let folder = self.outside()?.clone();
        let done = tokio::task::spawn_blocking(move || work(&*folder)).await;
        done.map_err(|error| Error::Busy(error.to_string()))?
    }

    /// Some bytes of a blob, from `from` on: as many as there are up to the end of a piece, and at most `most`. Each is a read of its own, so that
    /// whoever reads slowly holds up nobody. They may have been moved since the caller learnt where they are.
    ///
    /// # Errors
    /// Internal, where they are not there.
    pub fn read(&self, of: &Blob, from: u64, most: u64) -> Result<Vec<u8>> {
        let left = PIECE as u64 - from % PIECE as u64;
        let most = usize::try_from(most.min(left)).unwrap_or(PIECE);
        let found = match of.place {
            BlobPlace::Folder => {
                self.in_folder(of.id, from, most)?.map_or_else(|| self.in_rows(of.id, from, most), |bytes| Ok(Some(bytes)))?
            }
            _ => self.in_rows(of.id, from, most)?.map_or_else(|| self.in_folder(of.id, from, most), |bytes| Ok(Some(bytes)))?,
        };
        let bytes = found.ok_or_else(|| Error::Internal(format!("the bytes {} are not there", of.id)))?;
        if bytes.is_empty() && most > 0 {
            return Err(Error::Internal(format!("the bytes {} end at {from}", of.id)));
        }
        Ok(bytes)
    }

    fn in_rows(&self, id: BlobId, from: u64, most: usize) -> Result<Option<Vec<u8>>> {
        let n = from / PIECE as u64;
        let Some(mut piece) = self.store.read_now(|tx| blob::unguarded_piece(tx, id, n))? else { return Ok(None) };
        let skipped = usize::try_from(from % PIECE as u64).unwrap_or(usize::MAX).min(piece.len());
        piece.drain(..skipped);
        piece.truncate(most);
        Ok(Some(piece))
    }

    fn in_folder(&self, id: BlobId, from: u64, most: usize) -> Result<Option<Vec<u8>>> {
        self.outside.as_ref().map_or(Ok(None), |folder| folder.read(id, from, most))
    }

    /// A piece of a blob, as a transaction finds it.
    ///
    /// # Errors
    /// Internal, where it is not there.
    pub fn piece_in(&self, tx: &mut Tx<'_>, of: &Blob, n: u64) -> Result<Vec<u8>> {
        let found = match of.place {
            _ if of.size == 0 => Some(Vec::new()),
            BlobPlace::Folder => self.in_folder(of.id, n * PIECE as u64, PIECE)?,
            _ => blob::unguarded_piece(tx, of.id, n)?,
        };
        found.ok_or_else(|| Error::Internal(format!("the bytes {} are not there", of.id)))
    }

    /// All bytes of a blob that is short.
    ///
    /// # Errors
    /// Internal, where they are not there.
    pub fn read_all(&self, of: &Blob) -> Result<Vec<u8>> {
        let mut all = Vec::with_capacity(usize::try_from(of.size).unwrap_or_default());
        while (all.len() as u64) < of.size {
            all.extend(self.read(of, all.len() as u64, of.size - all.len() as u64)?);
        }
        Ok(all)
    }
}

/// Some bytes that may go, behind one of them.
///
/// # Errors
/// Those of the store.
pub fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, BlobId)>) -> Result<Vec<(Instant, BlobId)>> {
    blob::unguarded_due(tx, now, behind)
}

/// When the next ones may go.
///
/// # Errors
/// Those of the store.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    blob::unguarded_next_due(tx, after)
}

/// Drops some of those of a blob, if they may go still.
///
/// # Errors
/// Those of the store.
pub fn drop_some(tx: &mut Tx<'_>, id: BlobId) -> Result<Gone> {
    blob::unguarded_drop_some(tx, id)
}

/// Lets go of what was coming in when the server that had the database before ended. Whoever calls it has the database alone.
///
/// # Errors
/// Those of the store.
pub fn abandon_all(tx: &mut Tx<'_>) -> Result<usize> {
    blob::unguarded_abandon_all(tx)
}

/// Removes from the folder what no row speaks of any more.
///
/// # Errors
/// Those of the store, and of the disk.
pub async fn tidy(store: &Store, folder: &Arc<dyn BlobStore>) -> Result<()> {
    loop {
        let left = store.read(blob::unguarded_leftovers).await?;
        if left.is_empty() {
            return Ok(());
        }
        let (removed, all) = (folder.clone(), left.clone());
        let done = tokio::task::spawn_blocking(move || all.into_iter().try_for_each(|id| removed.remove(id))).await;
        done.map_err(|error| Error::Busy(error.to_string()))??;
        store.write(move |tx| left.iter().try_for_each(|id| blob::unguarded_forget_leftover(tx, *id))).await?;
    }
}
