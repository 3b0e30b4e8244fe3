//! The seam between the store and a database: rows out, rows in, transactions. One folder implements it: `sqlite`.
//!
//! It lies at the driver, not at the repository, so that another SQL engine is one more file and nothing above changes.

use std::borrow::Cow;

use crate::domain::{Error, error::Fault};

use super::row::{Row, Value};

/// SQL text. Built only from `&'static str` by `statements!`, or by `store::sql` from static descriptors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sql(Cow<'static, str>);

impl Sql {
    /// Fixed text. Placeholders are `$1 ... $n`.
    pub const fn fixed(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// Text that `store::sql` put together from static parts.
    pub(super) const fn built(text: String) -> Self {
        Self(Cow::Owned(text))
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Why the engine could not do it. Made only inside an engine file, but for `Shape`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// A UNIQUE constraint; holds `table.column` of its last column.
    Unique(String),
    /// A foreign key that leads nowhere.
    Foreign,
    /// It may work later: full disk, read-only file, lock, too long a queue. Holds the cause.
    Busy(String),
    /// The files of the database were moved, replaced or deleted meanwhile; holds which.
    Moved(String),
    /// A row is not of the form that the code expects: table, column.
    Shape(&'static str, &'static str),
    /// Anything else; holds the cause.
    Engine(String),
}

impl StoreError {
    /// The error of a statement that sets a slug: a collision is the caller's, and told with the place that the slug must
    /// be unique in, such as " in this app".
    pub fn on_slug(self, slug: &str, place: &str) -> Error {
        match self {
            Self::Unique(_) => Error::Conflict(Fault::new("slug", "taken", format!("The slug {slug:?} is taken{place}."))),
            other => other.into(),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(cause) => Self::Busy(cause),
            StoreError::Moved(what) => Self::Moved(what),
            StoreError::Unique(name) => Self::Internal(format!("unexpected collision on {name}")),
            StoreError::Foreign => Self::Internal("a reference leads nowhere".into()),
            StoreError::Shape(table, column) => Self::Internal(format!("unexpected value in {table}.{column}")),
            StoreError::Engine(cause) => Self::Internal(cause),
        }
    }
}

/// What a transaction can do.
pub trait Session {
    /// Runs a query and returns its rows.
    fn rows(&mut self, sql: &Sql, args: &[Value]) -> Result<Vec<Row>, StoreError>;
    /// Runs a statement and returns how many rows it touched.
    fn run(&mut self, sql: &Sql, args: &[Value]) -> Result<usize, StoreError>;
    /// The number of the writer's open transaction, from 1; no later one has it again. Jobs of one batch share it. 0 in a read.
    fn transaction(&self) -> u64;
}

/// What a piece of work asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Commit it.
    Keep,
    /// Roll it back; nothing of it may stay.
    Undo,
}

/// How a piece of work ended, told once its transaction is durable (or gone).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is on disk.
    Committed,
    /// It asked to be undone, and was.
    Undone,
    /// It could not be committed; nothing of it stayed.
    Failed(StoreError),
}

/// The work of a [`Job`].
pub type Work = Box<dyn FnMut(&mut dyn Session) -> Verdict + Send>;

/// A write that waits for the writer. The engine may run `work` more than once; it calls `done` exactly once, on the
/// writer's thread, after the commit and before the next transaction begins. Of a job that it does not take, `work` is not
/// run and `done` is called on the thread of whoever gave it, at any time.
pub struct Job {
    /// The work, which touches the world only through the session.
    pub work: Work,
    /// Told how it ended.
    pub done: Box<dyn FnOnce(Outcome) + Send>,
}

/// A database.
pub trait Engine: Send + Sync {
    /// Runs `work` in a read transaction (one snapshot) on the calling thread.
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError>;
    /// Queues a write.
    fn write(&self, job: Job);
    /// Ends the writer after all that is queued; later writes fail with `Busy`.
    fn stop(&self);
}
