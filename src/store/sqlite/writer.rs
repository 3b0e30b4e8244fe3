//! The writer thread: orders in, transactions out.

use std::{
    any::Any,
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
        mpsc::{Receiver, SyncSender},
    },
};

use rusqlite::{Connection, hooks::Wal};

use super::{
    Options, file,
    link::{Link, control},
    open::{Lock, Refusal},
    readers::Readers,
};
use crate::store::engine::{Job, Outcome, StoreError, Verdict};

/// What the writer is asked to do.
pub(super) enum Order {
    Job(Job),
    Restore(PathBuf, SyncSender<Result<(), StoreError>>),
}

/// The one that writes. Fields are dropped in this order: the connection before the lock.
pub(super) struct Writer {
    db: Connection,
    _lock: Lock,
    orders: Receiver<Order>,
    options: Options,
    readers: Arc<Readers>,
    /// Pages in the log after the last commit.
    log: Arc<AtomicI32>,
    /// How many transactions were begun.
    begun: Cell<u64>,
}

/// Pages in the log from which on they are moved into the database.
const LOG_PAGES: i32 = 2000;

/// The jobs of one transaction, each with how it ended if the transaction is committed.
type Batch = Vec<(Job, Outcome)>;

impl Writer {
    /// A writer on this connection.
    pub fn new(mut db: Connection, lock: Lock, orders: Receiver<Order>, options: Options, readers: Arc<Readers>) -> rusqlite::Result<Self> {
        let log = Arc::new(AtomicI32::new(0));
        let seen = log.clone();
        // It replaces the hook by which SQLite would do this itself.
        db.wal_hook(Some(move |_: &mut Wal, pages| {
            seen.store(pages, Ordering::Relaxed);
            Ok(())
        }))?;
        Ok(Self { db, _lock: lock, orders, options, readers, log, begun: Cell::new(0) })
    }

    /// Works until nobody can give orders any more and all given ones are done; leaves an empty log behind.
    pub fn run(mut self) {
        let mut next = self.orders.recv().ok();
        while let Some(order) = next.take() {
            match order {
                Order::Job(job) => next = self.gather(job),
                Order::Restore(from, told) => {
                    let _ = told.send(self.restore(&from));
                }
            }
            next = next.or_else(|| self.orders.recv().ok());
        }
        let _ = self.db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// Runs this job together with those that already wait; returns the order that ended the batch, if one did.
    fn gather(&self, first: Job) -> Option<Order> {
        let mut other = None;
        self.settle(first, &mut || match self.orders.try_recv().ok()? {
            Order::Job(job) => Some(job),
            order => {
                other = Some(order);
                None
            }
        });
        other
    }

    /// Runs jobs in one transaction and tells each how it ended. If the transaction as a whole fails, each is run again in
    /// one of its own, so that a job fails only for its own fault.
    fn settle(&self, first: Job, more: &mut dyn FnMut() -> Option<Job>) {
        let mut batch = Batch::new();
        match self.together(first, more, &mut batch) {
            Ok(()) => batch.into_iter().for_each(|(job, outcome)| tell(job, outcome)),
            Err(error) => {
                if !self.db.is_autocommit() {
                    let _ = control(&self.db, "ROLLBACK");
                }
                if batch.len() > 1 {
                    batch.into_iter().for_each(|(job, _)| self.settle(job, &mut || None));
                } else {
                    batch.into_iter().for_each(|(job, _)| tell(job, Outcome::Failed(error.clone())));
                }
            }
        }
    }

    /// Fills the batch. After an error nothing of it is on disk.
    fn together(&self, first: Job, more: &mut dyn FnMut() -> Option<Job>, batch: &mut Batch) -> Result<(), StoreError> {
        let mut next = Some(first);
        while let Some(job) = next {
            batch.push((job, Outcome::Committed));
            let Some((job, outcome)) = batch.last_mut() else { break };
            *outcome = self.attempt(job)?;
            next = if batch.len() < self.options.batch { more() } else { None };
        }
        if !self.db.is_autocommit() {
            control(&self.db, "COMMIT")?;
            self.committed();
        }
        Ok(())
    }

    /// Lets readers see the commit. A long log is moved into the database here and not by SQLite inside the commit: there,
    /// the snapshots of idle readers would always keep its end from being moved, and the log would grow without end.
    fn committed(&self) {
        self.readers.committed();
        if self.log.load(Ordering::Relaxed) >= LOG_PAGES {
            // What cannot be moved now stays in the log and is moved after the next commit.
            let _ = self.db.execute_batch("PRAGMA wal_checkpoint(PASSIVE)");
            self.readers.release();
        }
    }

    /// Runs one job inside the open transaction, or opens one: a job that comes first needs no savepoint, since rolling
    /// back the transaction is the same. An error means that the transaction is lost.
    fn attempt(&self, job: &mut Job) -> Result<Outcome, StoreError> {
        let alone = self.db.is_autocommit();
        control(&self.db, if alone { "BEGIN IMMEDIATE" } else { "SAVEPOINT job" })?;
        if alone {
            self.begun.set(self.begun.get() + 1);
        }
        let mut link = Link::new(&self.db, self.begun.get());
        let outcome = match catch_unwind(AssertUnwindSafe(|| (job.work)(&mut link))) {
            Ok(Verdict::Keep) => Outcome::Committed,
            Ok(Verdict::Undo) => Outcome::Undone,
            Err(panic) => Outcome::Failed(StoreError::Engine(format!("the operation panicked: {}", words(panic.as_ref())))),
        };
        // SQLite ends the transaction by itself when the disk is full or fails.
        if self.db.is_autocommit() {
            let lost = link.lost.unwrap_or_else(|| StoreError::Engine("the operation ended its transaction".into()));
            return if alone && outcome != Outcome::Committed { Ok(outcome) } else { Err(lost) };
        }
        match (alone, outcome == Outcome::Committed) {
            (true, true) => {}
            (true, false) => control(&self.db, "ROLLBACK")?,
            (false, true) => control(&self.db, "RELEASE job")?,
            (false, false) => control(&self.db, "ROLLBACK TO job").and_then(|()| control(&self.db, "RELEASE job"))?,
        }
        Ok(outcome)
    }

    /// Copies the content of `from` into the live database, then migrates it if it is older.
    fn restore(&mut self, from: &Path) -> Result<(), StoreError> {
        let cannot = |refusal: Refusal| StoreError::Engine(refusal.of(from).to_string());
        let (source, version) = file::existing(from, self.options.migrations.len()).map_err(cannot)?;
        file::copy(&source, &mut self.db)?;
        let migrated = file::migrate(&mut self.db, version, self.options.migrations).map_err(cannot);
        self.committed();
        migrated
    }
}

/// Tells a job how it ended. What it does with that cannot hurt the writer.
pub(super) fn tell(job: Job, outcome: Outcome) {
    let _ = catch_unwind(AssertUnwindSafe(|| (job.done)(outcome)));
}

/// What a panic said.
fn words(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
