//! The seam between the store and a database: rows out, rows in, transactions. One file implements it: `sqlite.rs`.
//!
//! It lies at the driver, not at the repository, so that another SQL engine is one more file and nothing above changes.

use std::borrow::Cow;

use crate::domain::{Error, time::Instant};

/// One value of a row or of an argument list.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// Whole number; flags are 0 and 1, instants are microseconds.
    Int(i64),
    /// Floating point.
    Real(f64),
    /// Text; ids are hyphenated UUIDs, hashes are hex.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

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
    /// A row is not of the form that the code expects: table, column.
    Shape(&'static str, &'static str),
    /// Anything else; holds the cause.
    Engine(String),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(cause) => Self::Busy(cause),
            StoreError::Unique(name) => Self::Internal(format!("unexpected collision on {name}")),
            StoreError::Foreign => Self::Internal("a reference leads nowhere".into()),
            StoreError::Shape(table, column) => Self::Internal(format!("unexpected value in {table}.{column}")),
            StoreError::Engine(cause) => Self::Internal(cause),
        }
    }
}

/// One result row: its values are taken from the front, in the order of the SELECT list.
#[derive(Debug)]
pub struct Row(std::vec::IntoIter<Value>);

impl Row {
    /// A row of these values.
    pub fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    /// The next value; `table` and `column` go into the error when it is of another kind.
    pub fn take<T: FromValue>(&mut self, table: &'static str, column: &'static str) -> Result<T, StoreError> {
        self.0.next().and_then(T::from_value).ok_or(StoreError::Shape(table, column))
    }
}

/// What a transaction can do.
pub trait Session {
    /// Runs a query and returns its rows.
    fn rows(&mut self, sql: &Sql, args: &[Value]) -> Result<Vec<Row>, StoreError>;
    /// Runs a statement and returns how many rows it touched.
    fn run(&mut self, sql: &Sql, args: &[Value]) -> Result<usize, StoreError>;
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
/// writer's thread, after the commit and before anyone else is told.
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

/// A Rust type that a column value becomes.
pub trait FromValue: Sized {
    /// The value as this type; `None` when it is of another kind.
    fn from_value(value: Value) -> Option<Self>;
}

macro_rules! plain_values {
    ($($kind:ident $type:ty;)*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Option<Self> {
                match value {
                    Value::$kind(inner) => Some(inner),
                    _ => None,
                }
            }
        }

        impl From<$type> for Value {
            fn from(inner: $type) -> Self {
                Self::$kind(inner)
            }
        }
    )*};
}

plain_values! { Int i64; Real f64; Text String; Bytes Vec<u8>; }

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(inner: Option<T>) -> Self {
        inner.map_or(Self::Null, Into::into)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Int(i64::from(flag))
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl From<Instant> for Value {
    fn from(at: Instant) -> Self {
        Self::Int(at.micros())
    }
}

impl FromValue for Instant {
    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value).map(Self::from_micros)
    }
}

macro_rules! counted_values {
    ($($type:ty)*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Option<Self> {
                i64::from_value(value).and_then(|n| Self::try_from(n).ok())
            }
        }

        impl From<$type> for Value {
            fn from(n: $type) -> Self {
                Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
    )*};
}

counted_values! { u32 u64 usize }

macro_rules! id_values {
    ($($type:ident)*) => {$(
        impl FromValue for crate::domain::id::$type {
            fn from_value(value: Value) -> Option<Self> {
                String::from_value(value).and_then(|text| text.parse().ok())
            }
        }

        impl From<crate::domain::id::$type> for Value {
            fn from(id: crate::domain::id::$type) -> Self {
                Self::Text(id.to_string())
            }
        }
    )*};
}

id_values! {
    UserId OrgId MemberId InvitationId KeyId TokenId ProjectId ProjectMemberId AppId AppMemberId EntryId VersionId RedirectId
    ActivityId NotificationId SessionId LetterId
}

macro_rules! word_values {
    ($($type:path)*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Option<Self> {
                String::from_value(value).and_then(|word| Self::from_word(&word))
            }
        }

        impl From<$type> for Value {
            fn from(one: $type) -> Self {
                Self::from(one.word())
            }
        }
    )*};
}

word_values! {
    crate::domain::access::Role
    crate::domain::access::Access
    crate::domain::access::ActorKind
    crate::domain::app::AppType
    crate::domain::content::Status
    crate::domain::token::Format
}
