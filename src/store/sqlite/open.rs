//! Why a database file may be refused, and how a new one is made.

use std::{
    fmt,
    fs::File,
    io,
    path::{Path, PathBuf},
};

/// Why a database file was not opened. `Display` is a sentence for the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub refusal: Refusal,
}

/// What is wrong with a database file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A newer Stele made it: its version, and the newest that this program knows.
    Newer {
        /// `user_version` of the file.
        found: i64,
        /// How many migrations this program knows.
        known: usize,
    },
    /// An older version of Stele made it, and it is only to be read.
    Older,
    /// Another process has it; says who, such as "stele serve (process 1234)".
    InUse(String),
    /// No SQLite database, so it was left as it is.
    NotDatabase,
    /// A SQLite database of another program, so it was left as it is.
    Foreign,
    /// It cannot be made, read or written; holds the cause.
    Cannot(String),
    /// A migration failed, so the database stays at the version before: number of the migration, cause.
    Migration(usize, String),
}

impl Refusal {
    /// This refusal, of the file at `path`.
    pub fn of(self, path: &Path) -> OpenError {
        OpenError { path: path.to_owned(), refusal: self }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "The database {} {}", self.path.display(), self.refusal)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer { found, known } => {
                write!(out, "was made by a newer version of Stele: it has version {found}, this program knows up to {known}. Update Stele.")
            }
            Self::Older => out.write_str("is of an older version. Start the server once, which brings it up to date."),
            Self::InUse(who) => write!(out, "is in use by {who}. Stop that first, or name another file."),
            Self::NotDatabase => out.write_str("is not a database. It was left untouched; name another file."),
            Self::Foreign => out.write_str("is not a Stele database but one of another program. It was left untouched; name another file."),
            // The words of SQLite for `SQLITE_CORRUPT`.
            Self::Cannot(cause) if cause.contains("malformed") => write!(out, "is damaged: {cause}."),
            Self::Cannot(cause) => write!(out, "cannot be used: {cause}."),
            Self::Migration(number, cause) => {
                write!(out, "could not be brought up to date: step {number} failed and was undone: {cause}.")
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// Makes a new file that only its owner may read, since signing keys and password hashes will lie in it. SQLite gives its
/// side files the same rights.
pub fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)
}
