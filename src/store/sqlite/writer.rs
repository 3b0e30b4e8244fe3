//! The writer thread: orders in, transactions out.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError},
    },
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, hooks::Wal};

use crate::store::{
    engine::{Verdict, Write, WriteOutcome},
    error::StoreError,
};

use super::{
    file,
    full_text::Pending,
    link::{Link, control, fault},
    load::Load,
    lock::{Lock, Watch},
    mover::{Mover, move_log},
    open::Refusal,
    options::Options,
    readers::Readers,
};

/// What the writer is asked to do.
pub(super) enum Order {
    Write(Write),
    /// A piece of something long.
    Piece(Write),
    Restore(PathBuf, SyncSender<Result<(), StoreError>>),
}

/// The one that writes. Fields are dropped in this order: the connections before the lock.
pub(super) struct Writer {
    mover: Mover,
    db: Connection,
    _lock: Arc<Lock>,
    watch: Watch,
    orders: Receiver<Order>,
    options: Options,
    readers: Arc<Readers>,
    load: Arc<Load>,
    /// Pages in the log after the last commit.
    log: Arc<AtomicI32>,
    /// Whether the transaction has changed who may do what, and whether that is to be kept.
    access: Cell<(bool, bool)>,
    /// How many writes get a savepoint from here on.
    careful: Cell<usize>,
    /// How many writes the last batch had.
    last: Cell<usize>,
    /// What the transaction puts into the full-text index before it is committed.
    pending: Pending,
    /// Pieces that wait: each transaction takes one.
    pieces: RefCell<VecDeque<Write>>,
}

/// How long a batch that is smaller than the last waits for one more write before it is committed: about as long as a commit takes.
const PATIENCE: Duration = Duration::from_micros(200);
/// How long nothing is written before the log is moved and cut to nothing. As many moves as fit in a second, since the first may
/// find readers in the way.
const PAUSE: Duration = Duration::from_millis(250);
/// How often an idle writer looks whether its files are still there.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// How many writes get a savepoint after one had to be undone that had written. It costs each of them a part of its time; without
/// one, the whole batch is run again.
const CAREFUL: usize = 512;

/// The writes of one transaction, each with how it ended if the transaction is committed.
type Batch = Vec<(Write, WriteOutcome)>;

/// Why a transaction is given up.
enum Lost {
    /// A write has to be undone that has written, and it has no savepoint.
    Late,
    Failed(StoreError),
}

impl From<StoreError> for Lost {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl Writer {
    /// A writer on this connection; the log is moved beside it.
    pub fn new(
        mut db: Connection,
        mover: Mover,
        lock: Arc<Lock>,
        orders: Receiver<Order>,
        options: Options,
        readers: Arc<Readers>,
        load: Arc<Load>,
    ) -> rusqlite::Result<Self> {
        // Whoever served this file before may have been killed and have left a log.
        let log = Arc::new(AtomicI32::new(1));
        let seen = log.clone();
        // It replaces the hook by which SQLite would do this itself.
        db.wal_hook(Some(move |_: &mut Wal, pages| {
            seen.store(pages, Ordering::Relaxed);
            Ok(())
        }))?;
        let watch = Watch::new(&lock);
        Ok(Self {
            mover,
            db,
            _lock: lock,
            watch,
            orders,
            options,
            readers,
            load,
            log,
            access: Cell::default(),
            careful: Cell::new(0),
            last: Cell::new(0),
            pending: Pending::default(),
            pieces: RefCell::default(),
        })
    }

    /// Works until nobody can give orders any more and all given ones are done; leaves an empty log behind.
    pub fn run(mut self) {
        let mut next = self.wait();
        while let Some(order) = next.take() {
            match order {
                Order::Write(write) => {
                    self.load.take();
                    next = self.gather(write, false);
                }
                Order::Piece(piece) => {
                    self.load.take();
                    next = self.gather(piece, true);
                }
                Order::Restore(from, told) => {
                    let _ = told.send(self.restore(&from));
                }
            }
            next = next.or_else(|| self.wait());
        }
        self.mover.stop();
        let _ = self.db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// The next order; none once nobody can give any. When writes pause, the log is moved, so that the file alone is whole: it may
    /// be copied or moved as any other.
    fn wait(&self) -> Option<Order> {
        let piece = self.pieces.borrow_mut().pop_front();
        if piece.is_some() {
            return piece.map(Order::Piece);
        }
        let mut was_there = true;
        loop {
            let written = self.log.load(Ordering::Relaxed) > 0;
            match self.orders.recv_timeout(if written { PAUSE } else { LOOK_EVERY }) {
                Ok(order) => return Some(order),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if written => self.cut_log(),
                Err(RecvTimeoutError::Timeout) => {}
            }
            let moved = self.watch.moved();
            if let Some(what) = moved.as_ref().filter(|_| was_there) {
                tracing::error!(what, "nothing can be stored any more: put the file back, or start again");
            }
            was_there = moved.is_none();
        }
    }

    /// Moves the log into the database and cuts it to nothing, unless a reader still needs it.
    fn cut_log(&self) {
        // Snapshots that begin after the move need no log, so those who were in the way now are not the next time.
        self.readers.renew();
        // Writes must not wait for readers.
        let _ = self.db.busy_timeout(Duration::ZERO);
        let busy = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        let _ = self.db.busy_timeout(file::PATIENCE);
        if busy.is_ok_and(|busy: bool| !busy) {
            self.log.store(0, Ordering::Relaxed);
        }
    }

    /// Runs this write together with those that already wait; returns the order that ended the batch, if one did. Whoever was told the
    /// end of the last batch may be about to give the next write, so as many are waited for, a moment: each commit waits for the disk.
    /// Of the pieces that wait one goes along, so that nobody's write waits for more of them.
    fn gather(&self, first: Write, is_piece: bool) -> Option<Order> {
        let (mut size, mut has_piece, mut other) = (1, is_piece, None);
        self.settle(first, &mut || loop {
            if !has_piece && let Some(piece) = self.pieces.borrow_mut().pop_front() {
                has_piece = true;
                self.load.take();
                return Some(piece);
            }
            match self.look(if size < self.last.get() { PATIENCE } else { Duration::ZERO })? {
                Order::Write(write) => {
                    self.load.take();
                    size += 1;
                    return Some(write);
                }
                Order::Piece(piece) => self.pieces.borrow_mut().push_back(piece),
                order => {
                    other = Some(order);
                    return None;
                }
            }
        });
        self.last.set(size);
        self.move_log();
        other
    }

    /// An order, if one comes in this time. It is looked for again and again, since being woken costs more; others get the processor
    /// between two looks, however long they keep it.
    fn look(&self, patience: Duration) -> Option<Order> {
        #[expect(clippy::disallowed_methods, reason = "the time that passes here is nobody's moment")]
        let begun = Instant::now();
        loop {
            match self.orders.try_recv() {
                Ok(order) => return Some(order),
                Err(TryRecvError::Empty) if begun.elapsed() < patience => thread::yield_now(),
                Err(_) => return None,
            }
        }
    }

    /// Runs writes in one transaction and tells each how it ended. If one has to be undone that has written, all are run again with
    /// savepoints. If the transaction as a whole fails, each is run again in one of its own, so that a write fails only for its own fault.
    fn settle(&self, first: Write, more: &mut dyn FnMut() -> Option<Write>) {
        if let Err(moved) = self.in_place() {
            return tell(first, WriteOutcome::Failed(moved));
        }
        let mut batch = Batch::new();
        match self.together(first, more, &mut batch) {
            Ok(()) => batch.into_iter().for_each(|(write, outcome)| tell(write, outcome)),
            Err(lost) => {
                if !self.db.is_autocommit() {
                    let _ = control(&self.db, "ROLLBACK");
                }
                self.pending.truncate(0);
                self.readers.invalidate(self.access.take().1);
                let (alone, mut writes) = (batch.len() < 2, batch.into_iter().map(|(write, _)| write));
                match lost {
                    Lost::Late => {
                        self.careful.set(CAREFUL.max(writes.len()));
                        while let Some(write) = writes.next() {
                            self.settle(write, &mut || writes.next().or_else(&mut *more));
                        }
                    }
                    Lost::Failed(error) if alone => writes.for_each(|write| tell(write, WriteOutcome::Failed(error.clone()))),
                    Lost::Failed(_) => writes.for_each(|write| self.settle(write, &mut || None)),
                }
            }
        }
    }

    /// Fills the batch. After an error nothing of it is on disk.
    fn together(&self, first: Write, more: &mut dyn FnMut() -> Option<Write>, batch: &mut Batch) -> Result<(), Lost> {
        let mut next = Some(first);
        while let Some(write) = next {
            batch.push((write, WriteOutcome::Committed));
            let Some((write, outcome)) = batch.last_mut() else { break };
            *outcome = self.attempt(write)?;
            next = if batch.len() < self.options.batch { more() } else { None };
        }
        if !self.db.is_autocommit() {
            self.pending.write(&self.db).map_err(|error| fault(&error))?;
            control(&self.db, "COMMIT")?;
            self.load.commit(batch.len());
            self.readers.note_commit(self.access.get().1);
            // What went into a file that is gone is not stored; and it is not run again, since the file may come back with it.
            if let Err(moved) = self.in_place() {
                batch.iter_mut().for_each(|(_, outcome)| *outcome = WriteOutcome::Failed(moved.clone()));
            }
        }
        Ok(())
    }

    fn in_place(&self) -> Result<(), StoreError> {
        self.watch.moved().map_or(Ok(()), |what| Err(StoreError::Moved(what)))
    }

    /// Sees to a long log, after all were told. SQLite itself would do it inside the commit: there, the snapshots of idle readers would
    /// always keep its end from being moved, and the log would grow without end.
    fn move_log(&self) {
        if self.mover.leaves(self.log.load(Ordering::Relaxed)) {
            // What cannot be moved now stays in the log and is moved after the next commit.
            let _ = move_log(&self.db);
            self.readers.renew();
        }
    }

    /// Runs one write inside the open transaction, or opens one: a write that comes first needs no savepoint, since rolling
    /// back the transaction is the same. An error means that the transaction is lost.
    fn attempt(&self, write: &mut Write) -> Result<WriteOutcome, Lost> {
        let (alone, careful) = (self.db.is_autocommit(), self.careful.get());
        self.careful.set(careful.saturating_sub(1));
        let apart = !alone && (careful > 0 || write.is_rehearsal);
        if alone {
            control(&self.db, "BEGIN IMMEDIATE")?;
            self.access.set((false, false));
        } else if apart {
            control(&self.db, "SAVEPOINT job")?;
        }
        let (changed, told) = self.access.get();
        let waiting = self.pending.len();
        let mut link = Link::together(&self.db, (!changed).then(|| self.readers.epoch()), &self.pending);
        let outcome = match catch_unwind(AssertUnwindSafe(|| (write.work)(&mut link))) {
            Ok(Verdict::Keep) => WriteOutcome::Committed,
            Ok(Verdict::Undo) => WriteOutcome::Undone,
            Err(panic) => WriteOutcome::Failed(StoreError::Engine(format!("the operation panicked: {}", words(panic.as_ref())))),
        };
        let kept = outcome == WriteOutcome::Committed;
        if !kept {
            self.pending.truncate(waiting);
        }
        self.access.set((changed || link.changed, told || (kept && link.changed)));
        // SQLite ends the transaction by itself when the disk is full or fails.
        if self.db.is_autocommit() {
            let lost = link.lost.unwrap_or_else(|| StoreError::Engine("the operation ended its transaction".into()));
            return if alone && !kept { Ok(outcome) } else { Err(lost.into()) };
        }
        match (alone, apart, kept) {
            (true, _, false) => control(&self.db, "ROLLBACK")?,
            (_, true, true) => control(&self.db, "RELEASE job")?,
            (_, true, false) => control(&self.db, "ROLLBACK TO job").and_then(|()| control(&self.db, "RELEASE job"))?,
            (false, false, false) if link.wrote => return Err(Lost::Late),
            _ => {}
        }
        Ok(outcome)
    }

    /// Copies the content of `from` into the live database, then migrates it if it is older.
    fn restore(&mut self, from: &Path) -> Result<(), StoreError> {
        let cannot = |refusal: Refusal| StoreError::Engine(refusal.of(from).to_string());
        let (source, version) = file::existing(from, self.options.migrations.len()).map_err(cannot)?;
        file::copy(&source, &mut self.db)?;
        let migrated = file::migrate(&mut self.db, version, &self.options).map_err(cannot);
        self.readers.note_commit(true);
        self.move_log();
        migrated
    }
}

/// Tells a write how it ended. What it does with that cannot hurt the writer.
pub(super) fn tell(write: Write, outcome: WriteOutcome) {
    let _ = catch_unwind(AssertUnwindSafe(|| (write.done)(outcome)));
}

/// What a panic said.
fn words(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
