//! Read connections. Each keeps its snapshot open as long as nothing was committed since, which spares a read the locks
//! and the look at the log's index that beginning one costs.
//!
//! Only the writer of this process changes the database, and it lets idle snapshots go after each commit, so none keeps
//! the log from being used anew. Rejected: a transaction of its own for each read, a third of the cost of a point read.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use parking_lot::Mutex;
use rusqlite::Connection;

use super::{
    Options, file,
    link::{control, fault},
};
use crate::store::engine::StoreError;

/// A connection that reads.
pub(super) struct Reader {
    pub db: Connection,
    /// How many commits its open snapshot holds at least; none while no snapshot is open.
    holds: Option<u64>,
}

/// The read connections of a database.
pub(super) struct Readers {
    path: PathBuf,
    options: Options,
    /// The last used on top, so that its caches are warm.
    idle: Mutex<Vec<Reader>>,
    commits: AtomicU64,
    closed: AtomicBool,
}

impl Reader {
    /// Ends its snapshot.
    pub fn end(&mut self) -> Result<(), StoreError> {
        if self.holds.take().is_some() { control(&self.db, "COMMIT") } else { Ok(()) }
    }
}

impl Readers {
    /// Readers of the database at `path`, opened when they are needed.
    pub fn new(path: PathBuf, options: Options) -> Self {
        Self { path, options, idle: Mutex::default(), commits: AtomicU64::new(0), closed: AtomicBool::new(false) }
    }

    /// How many transactions were committed.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// A reader that sees all that was committed before this call.
    pub fn take(&self) -> Result<Reader, StoreError> {
        let commits = self.commits();
        let idle = self.idle.lock().pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => Reader { db: file::reader(&self.path, &self.options).map_err(|error| fault(&error))?, holds: None },
        };
        if reader.holds != Some(commits) {
            reader.end()?;
            control(&reader.db, "BEGIN")?;
            reader.holds = Some(commits);
        }
        Ok(reader)
    }

    /// Takes a reader back. One that a panic or a failure left in doubt never gets here.
    pub fn keep(&self, mut reader: Reader) {
        // Looked at inside the lock, so that a commit or the end either comes first or sweeps up what is put here.
        let mut idle = self.idle.lock();
        let current = reader.holds == Some(self.commits()) || reader.end().is_ok();
        if current && idle.len() < self.options.idle_readers && !self.closed.load(Ordering::Acquire) {
            idle.push(reader);
        }
    }

    /// Counts a commit, and ends the idle snapshots that do not hold it.
    pub fn committed(&self) {
        self.commits.fetch_add(1, Ordering::AcqRel);
        self.release();
    }

    /// Ends idle snapshots.
    pub fn release(&self) {
        self.idle.lock().retain_mut(|reader| reader.end().is_ok());
    }

    /// Closes the idle readers and keeps no more.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.idle.lock().clear();
    }
}
