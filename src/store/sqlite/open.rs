//! What must hold before a database file is used: why it may be refused, and the lock that keeps a second process out.

use std::{
    fmt,
    fs::{File, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
    process,
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
            Self::InUse(who) => write!(out, "is in use by {who}. Stop that first, or name another file."),
            Self::NotDatabase => out.write_str("is not a database. It was left untouched; name another file."),
            Self::Foreign => out.write_str("is not a Stele database but one of another program. It was left untouched; name another file."),
            Self::Cannot(cause) => write!(out, "cannot be used: {cause}."),
            Self::Migration(number, cause) => {
                write!(out, "could not be brought up to date: step {number} failed and was undone: {cause}.")
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// Holds a database for this process. The system releases it with the process, however that ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

impl Lock {
    /// Takes the database for `who`, such as "stele serve". The lock lies on a file beside it, `NAME.lock`, which stays
    /// behind: a lock on a file that someone removes meanwhile would lock nobody out.
    pub fn take(database: &Path, who: &str) -> Result<Self, Refusal> {
        // Two paths may lead to one file.
        let side = database.canonicalize().unwrap_or_else(|_| database.to_owned()).with_added_extension("lock");
        let cannot = |cause: io::Error| Refusal::Cannot(format!("its lock {}: {cause}", side.display()));
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&side).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Refusal::InUse(holder(&mut file))),
            Err(TryLockError::Error(cause)) => return Err(cannot(cause)),
        }
        // The lock is what counts: on a full disk the name is missing, and the server still starts.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{who} (process {})", process::id()));
        Ok(Self(file))
    }
}

/// Makes a new file that only its owner may read, since signing keys and password hashes will lie in it. SQLite gives its
/// side files the same rights.
pub fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)
}

/// Who wrote the lock file; it is a hint, so anything unreadable is just "another process".
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.take(200).read_to_string(&mut text);
    if read.is_err() || text.is_empty() || text.contains(char::is_control) { "another process".into() } else { text }
}
