//! The lock on a database file, and the look whether the file is still where it was.
//!
//! The lock is `flock` on the file itself, so it holds for every name of it, also through a hard link. SQLite's own locks are
//! of the other kind (`fcntl`), and a process loses them all on a file when it closes any descriptor of it; then the next
//! program that closes the database deletes its live log. So the descriptor here is opened before the first connection and
//! closed after the last, and nothing else in this process may open the file.

use std::{
    cell::Cell,
    fs::{self, File, TryLockError},
    io::{self, Read, Seek, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process,
};

use parking_lot::Mutex;

use super::open::Refusal;

/// Device and inode: what a file is, whatever its name.
type Identity = (u64, u64);

/// The databases that this process has open.
static HELD: Mutex<Vec<Identity>> = Mutex::new(Vec::new());

/// Holds a database for this process. The system releases it with the process, however that ends.
#[derive(Debug)]
pub(super) struct Lock {
    /// Held for its lock.
    file: Option<File>,
    /// The lock of the file beside it, which also says who has it.
    hint: Mutex<Option<File>>,
    identity: Identity,
    path: PathBuf,
}

impl Lock {
    /// Takes the database, which must be there. Nothing is written.
    pub fn take(path: &Path) -> Result<Self, Refusal> {
        let cannot = |cause: io::Error| Refusal::Cannot(cause.to_string());
        // One that is ours already must not even be opened.
        let identity = identity(path).map_err(cannot)?;
        let mut held = HELD.lock();
        if held.contains(&identity) {
            return Err(Refusal::InUse(holder(&hint_of(path))));
        }
        let open = |write| File::options().read(true).write(write).open(path);
        // SQLite says better what it means that a file cannot be written.
        let readable = |cause: &io::Error| matches!(cause.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem);
        let file = open(true).or_else(|cause| if readable(&cause) { open(false) } else { Err(cause) }).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Refusal::InUse(holder(&hint_of(path)))),
            Err(TryLockError::Error(cause)) => return Err(Refusal::Cannot(format!("it cannot be locked: {cause}"))),
        }
        // Of the file that was opened, should another have taken its name meanwhile.
        let identity = file.metadata().map(|found| (found.dev(), found.ino())).map_err(cannot)?;
        held.push(identity);
        Ok(Self { file: Some(file), hint: Mutex::new(None), identity, path: path.to_owned() })
    }

    /// Writes into `NAME.lock` beside the database that `who`, such as "stele serve", has it. That file is locked, too: so one
    /// that takes the place of a database in use is not opened beside it. It stays behind.
    pub fn sign(&self, who: &str) -> Result<(), Refusal> {
        let side = hint_of(&self.path);
        let cannot = |cause: io::Error| Refusal::Cannot(format!("its lock {}: {cause}", side.display()));
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&side).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Refusal::InUse(holder(&side))),
            Err(TryLockError::Error(cause)) => return Err(cannot(cause)),
        }
        // On a full disk the name is missing, and the server still starts.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{who} (process {})", process::id()));
        *self.hint.lock() = Some(file);
        Ok(())
    }
}

impl Lock {
    /// Whether others than its owner may read the file, or write to it.
    pub fn is_open_to_others(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|file| file.mode() & 0o077 != 0)
    }

    /// Whether the file of that name is still the one that was locked.
    pub fn is_here(&self) -> bool {
        identity(&self.path).is_ok_and(|found| found == self.identity)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let mut held = HELD.lock();
        // Closing alone is not enough: a program that is just being started from this one has the descriptor, too, for a moment.
        for file in [self.file.take(), self.hint.lock().take()].into_iter().flatten() {
            let _ = file.unlock();
        }
        held.retain(|one| *one != self.identity);
    }
}

/// Whether this process has the database at `path` open.
pub(super) fn is_held(path: &Path) -> bool {
    identity(path).is_ok_and(|identity| HELD.lock().contains(&identity))
}

/// Looks whether the files of a database are still those that were opened. `stat` opens nothing.
pub(super) struct Watch {
    files: Vec<(PathBuf, Cell<Option<Identity>>)>,
}

impl Watch {
    /// Watches the database of this lock with its log and the index of that, which SQLite makes and keeps while it is open.
    pub fn new(lock: &Lock) -> Self {
        // The log lies beside the file that a link leads to.
        let real = lock.path.canonicalize().unwrap_or_else(|_| lock.path.clone());
        let beside = |end: &str| {
            let mut path = real.clone().into_os_string();
            path.push(end);
            (PathBuf::from(path), Cell::new(None))
        };
        let database = (lock.path.clone(), Cell::new(Some(lock.identity)));
        Self { files: vec![database, beside("-wal"), beside("-shm")] }
    }

    /// What is not there any more, or not the same; then what is written would be lost.
    pub fn moved(&self) -> Option<String> {
        self.files.iter().find_map(|(path, known)| {
            let found = identity(path);
            match (known.get(), found) {
                (Some(known), Ok(found)) if known == found => None,
                (Some(_), Ok(_)) => Some(format!("{} was replaced by another file", path.display())),
                (Some(_), Err(cause)) => Some(format!("{} was moved or deleted ({cause})", path.display())),
                (None, found) => {
                    known.set(found.ok());
                    None
                }
            }
        })
    }
}

fn identity(path: &Path) -> io::Result<Identity> {
    fs::metadata(path).map(|found| (found.dev(), found.ino()))
}

/// `NAME.lock` beside the file that a path leads to.
fn hint_of(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned()).with_added_extension("lock")
}

/// Who has a database; a hint, so anything unreadable is just "another process".
fn holder(hint: &Path) -> String {
    let mut text = String::new();
    let read = File::open(hint).and_then(|file| file.take(200).read_to_string(&mut text));
    if read.is_err() || text.is_empty() || text.contains(char::is_control) { "another process".into() } else { text }
}
