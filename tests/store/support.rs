//! A database in a temporary directory, and small words to work with it.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, Sender, channel},
};

use stele::store::{
    engine::{Engine, Session, Sql, Verdict, Write, WriteOutcome},
    error::StoreError,
    row::{Row, Value},
    sqlite::{Sqlite, options::Options},
};
use tempfile::TempDir;

pub const SCHEMA: &[&str] = &["
    CREATE TABLE note (id TEXT PRIMARY KEY, title TEXT NOT NULL, size INTEGER, body BLOB, weight REAL, UNIQUE (size, title)) STRICT;
    CREATE TABLE tag (note TEXT NOT NULL REFERENCES note (id), word TEXT NOT NULL) STRICT;
    CREATE TABLE late (note TEXT NOT NULL REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE UNIQUE INDEX tag_word ON tag (lower(word));
"];

/// A database of its own for one test.
pub struct Base {
    // Dropped before its directory.
    pub db: Sqlite,
    pub dir: TempDir,
}

impl Base {
    pub fn new() -> Self {
        Self::with(options())
    }

    pub fn with(options: Options) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { db: Sqlite::open(&dir.path().join("stele.db"), options).unwrap(), dir }
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join("stele.db")
    }

    /// A connection past the engine.
    pub fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }

    /// Queues a write; the receiver gets its outcome.
    pub fn queue(&self, work: impl FnMut(&mut dyn Session) -> Verdict + Send + 'static) -> Receiver<WriteOutcome> {
        self.queue_as(false, work)
    }

    /// Queues a write, maybe one that is a rehearsal.
    pub fn queue_as(&self, is_rehearsal: bool, work: impl FnMut(&mut dyn Session) -> Verdict + Send + 'static) -> Receiver<WriteOutcome> {
        let (told, outcome) = channel();
        self.db.write(Write { work: Box::new(work), is_rehearsal, done: Box::new(move |outcome| told.send(outcome).unwrap()) });
        outcome
    }

    /// Writes and waits.
    pub fn write(&self, work: impl FnMut(&mut dyn Session) -> Verdict + Send + 'static) -> WriteOutcome {
        self.queue(work).recv().unwrap()
    }

    /// Keeps the writer inside a write until the gate is dropped, so that what is queued meanwhile waits.
    pub fn hold(&self) -> Gate {
        let (gate, shut) = channel::<()>();
        let (inside, entered) = channel();
        let work = move |_: &mut dyn Session| {
            // Nobody listens to a second run.
            let _ = inside.send(());
            let _ = shut.recv();
            Verdict::Keep
        };
        self.db.write(Write { work: Box::new(work), is_rehearsal: false, done: Box::new(drop) });
        entered.recv().unwrap();
        Gate(gate)
    }

    /// Runs one query in a read of its own.
    pub fn ask(&self, text: &'static str, args: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut found = Ok(Vec::new());
        self.db.read(&mut |session| found = session.rows(&Sql::fixed(text), args)).unwrap();
        found
    }

    /// The ids of all notes, in order.
    pub fn notes(&self) -> Vec<String> {
        let rows = self.ask("SELECT id FROM note ORDER BY id", &[]).unwrap();
        rows.into_iter().map(|mut row| row.take("note", "id").unwrap()).collect()
    }
}

/// Opened by dropping it.
pub struct Gate(#[expect(dead_code, reason = "held until dropped")] Sender<()>);

pub fn options() -> Options {
    Options { migrations: SCHEMA, ..Options::default() }
}

/// Work that adds a note.
pub fn add(id: &'static str) -> impl FnMut(&mut dyn Session) -> Verdict + Send + 'static {
    move |session| keep(insert(session, id))
}

pub fn insert(session: &mut dyn Session, id: &str) -> Result<usize, StoreError> {
    session.run(&Sql::fixed("INSERT INTO note (id, title) VALUES ($1, $2)"), &[id.into(), id.into()])
}

/// What an operation does with its result: it keeps what went well.
pub fn keep<T>(result: Result<T, StoreError>) -> Verdict {
    if result.is_ok() { Verdict::Keep } else { Verdict::Undo }
}

/// The first value of the first row.
pub fn first(rows: Result<Vec<Row>, StoreError>) -> i64 {
    rows.unwrap().remove(0).take("any", "first").unwrap()
}
