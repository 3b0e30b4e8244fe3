//! What only a sandbox has: the way back to its start.

use crate::domain::{Result, id::UserId};

/// Restores the start of a sandbox.
pub trait Reset: Send + Sync {
    /// Puts the database back, with the same ids and keys.
    ///
    /// # Errors
    /// Busy, when the copy cannot be read.
    fn reset(&self) -> Result<()>;

    /// Who is signed in by one click.
    fn visitor(&self) -> UserId;
}
