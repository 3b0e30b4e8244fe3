//! The SQLite engine. Only the files of this folder name rusqlite.
//!
//! One writer thread commits many writes in one transaction (group commit); reads run on the calling thread, each on a connection
//! of its own. A write that is undone before it wrote costs the others nothing; one that has written makes the batch run again, with
//! a SAVEPOINT for each write, and so do the next batches. `done` is called only after COMMIT.

pub mod backup;
mod file;
mod full_text;
mod link;
mod load;
mod lock;
mod matches;
mod mover;
mod open;
pub mod options;
mod readers;
pub mod reading;
pub mod schema;
mod sent;
mod writer;

use std::{
    fs, io,
    path::Path,
    sync::{
        Arc,
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread,
};

use crate::store::{
    engine::{Engine, Session, Stats, Write, WriteOutcome},
    error::StoreError,
};
use link::Link;
use load::Load;
use mover::Mover;
use open::create_private;
pub use open::{OpenError, Refusal};
use options::Options;
use parking_lot::{Mutex, RwLock};
use readers::Readers;
use writer::{Order, Writer, tell};

/// A SQLite database in one file.
pub struct Sqlite {
    readers: Arc<Readers>,
    load: Arc<Load>,
    /// `None` once stopped.
    orders: RwLock<Option<SyncSender<Order>>>,
    writer: Mutex<Option<thread::JoinHandle<()>>>,
}

impl Sqlite {
    /// Opens or creates the database, brings its schema up to date and starts the writer.
    pub fn open(path: &Path, options: Options) -> Result<Self, OpenError> {
        let (db, lock) = file::open(path, &options).map_err(|refusal| refusal.of(path))?;
        let lock = Arc::new(lock);
        let (sender, receiver) = sync_channel(options.queue);
        let readers = Arc::new(Readers::new(path.to_owned(), options.clone(), lock.clone()));
        let load = Arc::<Load>::default();
        let cannot = |error: rusqlite::Error| Refusal::Cannot(error.to_string()).of(path);
        let mover =
            Mover::start(file::reader(path, &options).map_err(cannot)?).map_err(|cause| Refusal::Cannot(cause.to_string()).of(path))?;
        let writer = Writer::new(db, mover, lock, receiver, options, readers.clone(), load.clone()).map_err(cannot)?;
        let writer = thread::Builder::new()
            .name("stele-writer".into())
            .spawn(move || writer.run())
            .map_err(|cause| Refusal::Cannot(cause.to_string()).of(path))?;
        Ok(Self { readers, load, orders: RwLock::new(Some(sender)), writer: Mutex::new(Some(writer)) })
    }

    /// How many transactions the writer has committed since it started.
    pub fn commits(&self) -> u64 {
        self.readers.commits()
    }

    /// Writes a copy of this moment's content into the file `to`, replacing it once the copy is complete and on disk.
    /// Reads and writes go on meanwhile.
    pub fn snapshot(&self, to: &Path) -> Result<(), StoreError> {
        let part = to.with_added_extension("part");
        let disk = |cause: io::Error| StoreError::Busy(format!("{}: {cause}", to.display()));
        let mut source = self.readers.take()?;
        // A copy has a transaction of its own.
        source.end()?;
        // One that a kill left behind.
        let _ = fs::remove_file(&part);
        create_private(&part).map_err(disk)?;
        let copied = file::copy_out(&source.db, &part).and_then(|()| fs::rename(&part, to).map_err(disk));
        copied.inspect_err(|_| drop(fs::remove_file(&part)))?;
        self.readers.keep(source);
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

    /// What `work` reads of the database at `path`, which is not changed; nothing where the schema is not that of this program.
    pub fn look<T>(path: &Path, work: impl FnOnce(&mut dyn Session) -> Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        let known = schema::MIGRATIONS.len();
        let (db, version) = file::existing(path, known).map_err(|refusal| StoreError::Busy(refusal.of(path).to_string()))?;
        if version == known { work(&mut Link::writing(&db, None)).map(Some) } else { Ok(None) }
    }

    /// Rewrites the database at `path` without the room of what was deleted; its bytes before and after. Nobody else may have it open.
    pub fn compact(path: &Path, who: &str) -> Result<[u64; 2], OpenError> {
        let options = Options { who: who.to_owned(), ..Options::default() };
        file::compact(path, &options).map_err(|refusal| refusal.of(path))
    }

    /// What is wrong with the database at `path`, in sentences; nothing if it is sound. Never changes it.
    pub fn check(path: &Path) -> Vec<String> {
        let found = file::existing(path, schema::MIGRATIONS.len())
            .and_then(|(db, _)| file::damage(&db).map_err(|error| Refusal::Cannot(error.to_string())));
        found.unwrap_or_else(|refusal| vec![refusal.of(path).to_string()])
    }

    fn order(&self, write: Write, order: impl FnOnce(Write) -> Order) {
        // Before it is sent, since it may be taken at once.
        self.load.queue();
        let sent = match &*self.orders.read() {
            Some(orders) => orders.try_send(order(write)),
            None => Err(TrySendError::Disconnected(order(write))),
        };
        let (order, cause) = match sent {
            Ok(()) => return,
            Err(TrySendError::Full(order)) => (order, "too many writes are waiting"),
            Err(TrySendError::Disconnected(order)) => (order, "the database is closed"),
        };
        self.load.take();
        if let Order::Write(write) | Order::Piece(write) = order {
            tell(write, WriteOutcome::Failed(StoreError::Busy(cause.into())));
        }
    }
}

impl Engine for Sqlite {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError> {
        // Before the snapshot is chosen, so that what is remembered is never newer than it claims to be.
        let seen = self.readers.freshness();
        let reader = self.readers.take()?;
        let mut link = Link::reading(&reader.db, seen);
        work(&mut link);
        if link.lost.is_none() {
            self.readers.keep(reader);
        }
        Ok(())
    }

    fn write(&self, write: Write) {
        self.order(write, Order::Write);
    }

    fn write_piece(&self, piece: Write) {
        self.order(piece, Order::Piece);
    }

    fn stats(&self) -> Stats {
        Stats { readers: self.readers.used(), ..self.load.stats(self.readers.path()) }
    }

    fn stop(&self) {
        self.orders.write().take();
        self.readers.close();
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
