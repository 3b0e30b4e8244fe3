//! The SQLite engine. Only the files of this folder name rusqlite.
//!
//! One writer thread commits many jobs in one transaction (group commit), a SAVEPOINT each; reads run on the calling
//! thread, each on a connection of its own. An undone job costs the others nothing, and `done` is called only after COMMIT.

mod file;
mod link;
mod open;
mod writer;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread,
};

use parking_lot::{Mutex, RwLock};
use rusqlite::Connection;

use super::{
    engine::{Engine, Job, Outcome, Session, StoreError},
    migrate,
};
use link::{Link, control, fault};
use open::create_private;
pub use open::{OpenError, Refusal};
use writer::{Order, Writer, tell};

/// How a database is opened and run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Who opens it, such as "stele serve"; told to those who find it in use.
    pub who: String,
    /// How many writes may wait; more fail with `Busy`.
    pub queue: usize,
    /// How many writes go into one transaction at most.
    pub batch: usize,
    /// How many idle read connections are kept.
    pub idle_readers: usize,
    /// Page cache of each connection, in KiB.
    pub cache_kib: u32,
    /// The schema, oldest step first.
    pub migrations: &'static [&'static str],
}

impl Default for Options {
    fn default() -> Self {
        Self { who: "stele".into(), queue: 1024, batch: 256, idle_readers: 4, cache_kib: 2048, migrations: migrate::MIGRATIONS }
    }
}

/// A SQLite database in one file.
pub struct Sqlite {
    path: PathBuf,
    options: Options,
    /// Idle read connections, the last used on top, so that its caches are warm.
    readers: Mutex<Vec<Connection>>,
    /// `None` once stopped.
    orders: RwLock<Option<SyncSender<Order>>>,
    writer: Mutex<Option<thread::JoinHandle<()>>>,
    commits: Arc<AtomicU64>,
}

impl Sqlite {
    /// Opens or creates the database, brings its schema up to date and starts the writer.
    pub fn open(path: &Path, options: Options) -> Result<Self, OpenError> {
        let (db, lock) = file::open(path, &options).map_err(|refusal| refusal.of(path))?;
        let (sender, receiver) = sync_channel(options.queue);
        let commits = Arc::new(AtomicU64::new(0));
        let writer = Writer { db, _lock: lock, orders: receiver, options: options.clone(), commits: commits.clone() };
        let writer = thread::Builder::new()
            .name("stele-writer".into())
            .spawn(move || writer.run())
            .map_err(|cause| Refusal::Cannot(cause.to_string()).of(path))?;
        Ok(Self {
            path: path.to_owned(),
            options,
            readers: Mutex::default(),
            orders: RwLock::new(Some(sender)),
            writer: Mutex::new(Some(writer)),
            commits,
        })
    }

    /// How many transactions the writer has committed since it started.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Writes a copy of this moment's content into the file `to`, replacing it once the copy is complete and on disk.
    /// Reads and writes go on meanwhile.
    pub fn snapshot(&self, to: &Path) -> Result<(), StoreError> {
        let part = to.with_added_extension("part");
        let disk = |cause: io::Error| StoreError::Busy(format!("{}: {cause}", to.display()));
        let source = self.reader()?;
        // One that a kill left behind.
        let _ = fs::remove_file(&part);
        create_private(&part).map_err(disk)?;
        let copied = file::copy_out(&source, &part).and_then(|()| fs::rename(&part, to).map_err(disk));
        copied.inspect_err(|_| drop(fs::remove_file(&part)))?;
        self.keep(source);
        Ok(())
    }

    /// Replaces the whole content by that of a snapshot, which may be of an older version. Writes queued before come first;
    /// reads that begin afterwards see the new content.
    pub fn restore(&self, from: &Path) -> Result<(), StoreError> {
        let ended = || StoreError::Busy("the database is closed".into());
        let (told, answer) = sync_channel(1);
        let orders = self.orders.read().clone().ok_or_else(ended)?;
        orders.send(Order::Restore(from.to_owned(), told)).map_err(|_| ended())?;
        drop(orders);
        answer.recv().map_err(|_| ended())?
    }

    /// What is wrong with the database at `path`, in sentences; nothing if it is sound. Never changes it.
    pub fn check(path: &Path) -> Vec<String> {
        let found = file::existing(path, migrate::MIGRATIONS.len())
            .and_then(|(db, _)| file::damage(&db).map_err(|error| Refusal::Cannot(error.to_string())));
        found.unwrap_or_else(|refusal| vec![refusal.of(path).to_string()])
    }

    /// An idle read connection, or a new one.
    fn reader(&self) -> Result<Connection, StoreError> {
        let idle = self.readers.lock().pop();
        idle.map_or_else(|| file::reader(&self.path, &self.options).map_err(|error| fault(&error)), Ok)
    }

    /// Puts a read connection back. One that a panic or a failure left in doubt never gets here.
    fn keep(&self, db: Connection) {
        let mut readers = self.readers.lock();
        // Looked at inside the lock, so that `stop` either comes first or sweeps up what is put here.
        if readers.len() < self.options.idle_readers && self.orders.read().is_some() {
            readers.push(db);
        }
    }
}

impl Engine for Sqlite {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError> {
        let db = self.reader()?;
        control(&db, "BEGIN")?;
        let mut link = Link::new(&db);
        work(&mut link);
        if link.lost.is_none() && control(&db, "COMMIT").is_ok() {
            self.keep(db);
        }
        Ok(())
    }

    fn write(&self, job: Job) {
        let sent = match &*self.orders.read() {
            Some(orders) => orders.try_send(Order::Job(job)),
            None => Err(TrySendError::Disconnected(Order::Job(job))),
        };
        let (order, cause) = match sent {
            Ok(()) => return,
            Err(TrySendError::Full(order)) => (order, "too many writes are waiting"),
            Err(TrySendError::Disconnected(order)) => (order, "the database is closed"),
        };
        if let Order::Job(job) = order {
            tell(job, Outcome::Failed(StoreError::Busy(cause.into())));
        }
    }

    fn stop(&self) {
        self.orders.write().take();
        self.readers.lock().clear();
        let writer = self.writer.lock().take();
        // The last owner may be a `done`, on the writer's own thread, which cannot wait for itself.
        if let Some(writer) = writer.filter(|writer| writer.thread().id() != thread::current().id()) {
            let _ = writer.join();
        }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.stop();
    }
}
