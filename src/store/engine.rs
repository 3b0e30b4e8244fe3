//! The seam between the store and a database: rows out, rows in, transactions. One folder implements it: `sqlite`.
//!
//! It lies at the driver, not at the repository, so that another SQL engine is one more file and nothing above changes.

use std::borrow::Cow;

use crate::domain::search::Term;

use super::{
    error::StoreError,
    row::{Row, Value},
};

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

    /// The text, where it is fixed: it lies at one place as long as the program runs.
    pub const fn fixed_text(&self) -> Option<&'static str> {
        match self.0 {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// What the full-text index holds: words that Rust has folded and parted, since no two databases do that alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndexDocument {
    /// By this it is told from other documents of the same thing.
    pub locale: String,
    /// Words that count most.
    pub title: String,
    /// All other words.
    pub body: String,
    /// Words that nobody searches for: what it belongs to, and what it is.
    pub scope: String,
}

/// What is looked for in the full-text index.
#[derive(Debug, Clone, Copy)]
pub struct MatchQuery<'q> {
    /// What must occur; anything, where nothing is asked for.
    pub terms: &'q [Term],
    /// Whether one of them is enough.
    pub any: bool,
    /// Of each of these, one must be in the scope.
    pub scope: &'q [Vec<String>],
    /// Only documents of this language, and with `true` those of none, too.
    pub locale: Option<(&'q str, bool)>,
    /// So many that match are ranked: the newest.
    pub most: usize,
}

/// A document that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched {
    /// What it is a document of.
    pub of: String,
    /// Which of its documents.
    pub locale: String,
}

/// What a transaction can do.
pub trait Session {
    /// Runs a query and returns its rows.
    fn rows(&mut self, sql: &Sql, args: &[Value]) -> Result<Vec<Row>, StoreError>;
    /// Runs a statement and returns how many rows it touched.
    fn run(&mut self, sql: &Sql, args: &[Value]) -> Result<usize, StoreError>;
    /// Replaces the documents of a thing in the full-text index; none take it out. They are found after the commit, maybe before.
    fn index(&mut self, of: &str, documents: &[IndexDocument]) -> Result<(), StoreError>;
    /// Looks into the full-text index; the best match first, and of those that are as good the newest.
    fn matches(&mut self, wanted: &MatchQuery<'_>) -> Result<Vec<Matched>, StoreError>;
    /// Puts the words of something that a visitor has sent into their index, with the form that it was sent to; none take it out, and no trace of
    /// them stays. They are found after the commit, maybe before.
    fn index_sent(&mut self, of: &str, words: Option<(&str, &str)>) -> Result<(), StoreError>;
    /// What was sent to a form and has all of these pieces: so many at most, the newest first.
    fn sent_having(&mut self, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>, StoreError>;
    /// The same in the order of the ids: the first so many of those behind this one.
    fn sent_behind(&mut self, behind: &str, form: &str, terms: &[Term], most: usize) -> Result<Vec<String>, StoreError>;
    /// The epoch of access: whatever this transaction reads about who may do what holds for as long as the epoch is this one. None
    /// where nobody can say: the transaction has changed that itself, or others may be changing it at this moment.
    fn epoch(&self) -> Option<u64>;
    /// How many commits it sees at least: whatever was read at one number holds until the next. None where others commit, too, and
    /// nobody counts it.
    fn commits(&self) -> Option<u64>;
    /// The slot in which this transaction counts: one of several where many write at once, so that they do not wait for one row.
    fn slot(&self) -> i64 {
        0
    }
    /// This transaction changes who may do what: with its commit a new epoch begins, before anybody is told.
    fn change_access(&mut self);
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
pub enum WriteOutcome {
    /// It is on disk.
    Committed,
    /// It asked to be undone, and was.
    Undone,
    /// It could not be committed; nothing of it stayed.
    Failed(StoreError),
}

/// The work of a [`Write`].
pub type Work = Box<dyn FnMut(&mut dyn Session) -> Verdict + Send>;

/// A write that waits for the writer. The engine may run `work` more than once; it calls `done` exactly once, on the
/// writer's thread, after the commit and before the next transaction begins. Of a write that it does not take, `work` is not
/// run and `done` is called on the thread of whoever gave it, at any time.
pub struct Write {
    /// The work, which touches the world only through the session.
    pub work: Work,
    /// Whether it ends with [`Verdict::Undo`] whatever it finds: then it is set apart from the others of its transaction from the start.
    pub is_rehearsal: bool,
    /// Told how it ended.
    pub done: Box<dyn FnOnce(WriteOutcome) + Send>,
}

/// The work of a [`Read`].
pub type Look = Box<dyn FnMut(&mut dyn Session) + Send>;

/// A read that waits for a connection. `work` may be run more than once, and the last run counts; `done` is called exactly once.
pub struct Read {
    /// The work, which touches the world only through the session.
    pub work: Look,
    /// Told that it was run, or why not.
    pub done: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// The threads on which an engine reads.
pub trait Reads {
    /// Queues a read.
    fn queue(&self, read: Read);
}

/// How an engine does, for metrics.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    /// Writes that wait.
    pub queued: u64,
    /// How many transactions had at most so many writes, each counted once, by that number.
    pub batches: Vec<(u64, u64)>,
    /// Writes in those transactions.
    pub written: u64,
    /// Bytes of the database.
    pub bytes: u64,
    /// Bytes of its log.
    pub log_bytes: u64,
    /// Bytes that are free where it lies, where that is known.
    pub free_bytes: Option<u64>,
    /// Connections that read, in use and idle.
    pub readers: (u64, u64),
}

/// A database.
pub trait Engine: Send + Sync {
    /// Runs `work` in a read transaction (one snapshot) on the calling thread, which waits for it.
    fn read(&self, work: &mut dyn FnMut(&mut dyn Session)) -> Result<(), StoreError>;
    /// Where reads wait that must not hold up the thread that asks. None for an engine that is read without waiting for anybody:
    /// its reads are run at once.
    fn reads(&self) -> Option<&dyn Reads> {
        None
    }
    /// Queues a write.
    fn write(&self, write: Write);
    /// Queues a piece of something long, such as of a file: no two pieces are in one transaction, so that no other write waits for more
    /// than one of them.
    fn write_piece(&self, piece: Write) {
        self.write(piece);
    }
    /// How it does.
    fn stats(&self) -> Stats {
        Stats::default()
    }
    /// Ends the writer after all that is queued; later writes fail with `Busy`.
    fn stop(&self);
}
