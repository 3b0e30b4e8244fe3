//! Why a database could not do what it was asked for.

use crate::domain::{Error, error::Fault};

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
