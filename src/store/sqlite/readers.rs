//! Read connections. Each keeps its snapshot open as long as nothing was committed since, which spares a read the locks
//! and the look at the log's index that beginning one costs.
//!
//! Only the writer of this process changes the database, and it lets idle snapshots go after each commit, so none keeps
//! the log from being used anew. Rejected: a transaction of its own for each read, a third of the cost of a point read.

use std::{
    mem,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use parking_lot::{Condvar, Mutex};
use rusqlite::Connection;

use crate::store::error::StoreError;

use super::{
    file,
    link::{control, fault},
    lock::Lock,
    options::Options,
};

/// How long a read waits for a connection while all are in use.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection that reads. Fields are dropped in this order: the connection before the lock.
pub(super) struct ReadConnection {
    pub db: Connection,
    /// The moment whose content its open snapshot holds at least; none while no snapshot is open.
    holds: Option<u64>,
    _lock: Option<Arc<Lock>>,
    _place: Permit,
}

/// The read connections of a database.
pub(super) struct Readers {
    path: PathBuf,
    options: Options,
    pool: Arc<Pool>,
    /// Counts what snapshots must not be older than: commits, and moves of the log.
    moment: AtomicU64,
    commits: AtomicU64,
    /// Counts what can have changed any row: commits, and what could not be told from one.
    fresh: AtomicU64,
    /// Counts what can have changed who may do what.
    epoch: AtomicU64,
}

/// The connections that exist.
struct Pool {
    state: Mutex<PoolState>,
    /// Told when a connection becomes idle or is closed.
    freed: Condvar,
}

#[derive(Default)]
struct PoolState {
    /// The last used on top, so that its caches are warm.
    idle: Vec<ReadConnection>,
    /// Idle or in use.
    open: usize,
    /// None once closed; a read that comes after that reads what anybody may.
    lock: Option<Arc<Lock>>,
}

/// One of the places for connections; free again when dropped.
struct Permit(Arc<Pool>);

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.state.lock().open -= 1;
        self.0.freed.notify_one();
    }
}

impl ReadConnection {
    /// Ends its snapshot.
    pub fn end(&mut self) -> Result<(), StoreError> {
        if self.holds.take().is_some() { control(&self.db, "COMMIT") } else { Ok(()) }
    }
}

impl Readers {
    /// Readers of the database at `path`, opened when they are needed.
    pub fn new(path: PathBuf, options: Options, lock: Arc<Lock>) -> Self {
        let state = Mutex::new(PoolState { lock: Some(lock), ..PoolState::default() });
        let pool = Arc::new(Pool { state, freed: Condvar::new() });
        Self {
            path,
            options,
            pool,
            moment: AtomicU64::new(0),
            commits: AtomicU64::new(0),
            fresh: AtomicU64::new(0),
            epoch: AtomicU64::new(0),
        }
    }

    /// Where the database lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many connections are in use, and how many idle.
    pub fn used(&self) -> (u64, u64) {
        let state = self.pool.state.lock();
        let idle = state.idle.len();
        (state.open.saturating_sub(idle) as u64, idle as u64)
    }

    /// How many transactions were committed.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// The epoch of access.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// The epoch of access and the number of commits at which a snapshot that is chosen from now on is good.
    pub fn freshness(&self) -> (u64, u64) {
        (self.epoch(), self.fresh.load(Ordering::Acquire))
    }

    /// A reader that sees all that was committed before this call. Waits for one while as many as there may be are in use.
    pub fn take(&self) -> Result<ReadConnection, StoreError> {
        let moment = self.moment.load(Ordering::Acquire);
        let mut reader = self.free()?;
        if reader.holds != Some(moment) {
            reader.end()?;
            control(&reader.db, "BEGIN")?;
            reader.holds = Some(moment);
        }
        Ok(reader)
    }

    fn free(&self) -> Result<ReadConnection, StoreError> {
        let mut state = self.pool.state.lock();
        loop {
            if let Some(reader) = state.idle.pop() {
                return Ok(reader);
            }
            if state.open < self.options.readers {
                state.open += 1;
                let lock = state.lock.clone();
                drop(state);
                let place = Permit(self.pool.clone());
                // It is opened by its name, under which another file may lie now, or meanwhile.
                let here = || match &lock {
                    Some(lock) if !lock.is_here() => Err(StoreError::Moved(format!("{} is another file now", self.path.display()))),
                    _ => Ok(()),
                };
                here()?;
                let db = file::reader(&self.path, &self.options).map_err(|error| fault(&error));
                here()?;
                let db = db?;
                return Ok(ReadConnection { db, holds: None, _lock: lock, _place: place });
            }
            if self.pool.freed.wait_for(&mut state, PATIENCE).timed_out() {
                return Err(StoreError::Busy("too many reads at once".into()));
            }
        }
    }

    /// Takes a reader back. One that a panic or a failure left in doubt never gets here.
    pub fn keep(&self, mut reader: ReadConnection) {
        // Looked at inside the lock, so that a commit or the end either comes first or sweeps up what is put here.
        let mut state = self.pool.state.lock();
        let current = reader.holds == Some(self.moment.load(Ordering::Acquire)) || reader.end().is_ok();
        if current && state.lock.is_some() {
            state.idle.push(reader);
            drop(state);
            self.pool.freed.notify_one();
        } else {
            // Its place needs the lock.
            drop(state);
            drop(reader);
        }
    }

    /// Counts a commit, and ends the idle snapshots that do not hold it; with what it says about `access` an epoch ends.
    pub fn note_commit(&self, access: bool) {
        self.commits.fetch_add(1, Ordering::AcqRel);
        self.renew();
        self.invalidate(access);
    }

    /// What was read until now counts no more. After a commit that failed only the rows know what is there.
    pub fn invalidate(&self, access: bool) {
        if access {
            self.epoch.fetch_add(1, Ordering::AcqRel);
        }
        self.fresh.fetch_add(1, Ordering::AcqRel);
    }

    /// Ends the snapshots of idle readers, and lets those in use end theirs when they come back.
    pub fn renew(&self) {
        self.moment.fetch_add(1, Ordering::AcqRel);
        let mut ended = Vec::new();
        let mut state = self.pool.state.lock();
        for mut reader in mem::take(&mut state.idle) {
            let sound = reader.end().is_ok();
            if sound { &mut state.idle } else { &mut ended }.push(reader);
        }
        drop(state);
    }

    /// Closes the idle readers and keeps no more.
    pub fn close(&self) {
        let mut state = self.pool.state.lock();
        let closed = (mem::take(&mut state.idle), state.lock.take());
        drop(state);
        self.pool.freed.notify_all();
        drop(closed);
    }
}
