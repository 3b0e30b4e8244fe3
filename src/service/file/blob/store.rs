//! What a place does in which bytes of files lie outside of the database. There is one, a folder; another is one more file here.

use crate::domain::{Result, id::BlobId};

/// A place for bytes outside of the database. All of its operations may wait for a disk.
pub trait BlobStore: Send + Sync {
    /// How many bytes are free there, if that can be told.
    fn free(&self) -> Option<u64>;
    /// Keeps bytes that come in, at their place. What was settled, and of which no file was made then, comes in again.
    ///
    /// # Errors
    /// Busy, when there is no room.
    fn keep(&self, id: BlobId, at: u64, bytes: &[u8]) -> Result<()>;
    /// All of them came: they are there for good, under their name, before any row says so.
    ///
    /// # Errors
    /// Busy, when there is no room.
    fn settle(&self, id: BlobId) -> Result<()>;
    /// At most so many bytes from `from` on; of what comes in still, too. None where they are not here.
    ///
    /// # Errors
    /// Busy, when they are not given.
    fn read(&self, id: BlobId, from: u64, most: usize) -> Result<Option<Vec<u8>>>;
    /// Removes them, if they are there.
    ///
    /// # Errors
    /// Busy, when that cannot be.
    fn remove(&self, id: BlobId) -> Result<()>;
}
