//! Backups: those that the server keeps, one for an operator to download, and a database that was restored, before it is served.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        error::Fault,
        id::Entropy,
        org::{activity::Note, invitation},
        time::Instant,
    },
    service::authorize,
    store::{Tx, backup, instance},
};

/// Makes a copy of the database in a file without a name; the number keeps several apart.
pub type MakeCopy = dyn Fn(u64) -> std::result::Result<File, String> + Send + Sync;

/// Copies of the database for operators to download, one at a time: each takes the room of a database until it is read, however slowly.
pub struct Downloads {
    make: Box<MakeCopy>,
    is_taken: Arc<AtomicBool>,
}

/// A finished copy on its way to somebody.
pub struct Download {
    file: File,
    /// How long it is.
    pub bytes: u64,
    _taken: Taken,
}

/// That the one download is there; over when dropped.
struct Taken(Arc<AtomicBool>);

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Downloads {
    /// Those that are made so.
    pub fn new(make: Box<MakeCopy>) -> Self {
        Self { make, is_taken: Arc::default() }
    }

    /// Makes one.
    ///
    /// # Errors
    /// A fault while there is another; Busy, when it cannot be made.
    pub fn begin(&self, entropy: &dyn Entropy) -> Result<Download> {
        if self.is_taken.swap(true, Ordering::AcqRel) {
            return Err(Fault::new("download", "already_running", "Another backup is being downloaded. Wait until it has ended.").into());
        }
        let taken = Taken(self.is_taken.clone());
        let mut random = [0; 8];
        entropy.fill(&mut random);
        let file = (self.make)(u64::from_le_bytes(random)).map_err(Error::Busy)?;
        let bytes = file.metadata().map_err(|cause| Error::Busy(cause.to_string()))?.len();
        Ok(Download { file, bytes, _taken: taken })
    }
}

impl Download {
    /// The next piece, of at most so many bytes.
    ///
    /// # Errors
    /// Busy, when it cannot be read.
    pub fn piece(&mut self, most: u64) -> Result<Option<Vec<u8>>> {
        let mut piece = Vec::new();
        self.file.by_ref().take(most).read_to_end(&mut piece).map_err(|cause| Error::Busy(cause.to_string()))?;
        Ok((!piece.is_empty()).then_some(piece))
    }
}

/// Notes that an operator takes a copy along: the others read it.
pub fn note_download(tx: &mut Tx<'_>, actor: &Arc<Actor>, bytes: u64) -> Result<()> {
    let at = authorize::instance(tx, actor)?;
    tx.note(&at, Note::new("backup.downloaded", "instance").with("bytes", bytes))
}

/// The backups that are kept in a folder, oldest first; their names say when they were made. Other files are left alone.
///
/// # Errors
/// Those of the system.
pub fn list(folder: &Path) -> io::Result<Vec<(Instant, PathBuf)>> {
    let mut kept = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let at = name.strip_prefix("stele-").and_then(|name| name.strip_suffix(".db")).and_then(|at| at.parse().ok());
        kept.extend(at.map(|at| (at, path)));
    }
    kept.sort();
    Ok(kept)
}

/// Why keys are revoked by it.
const RESTORED: &str = "Restored from a backup";

/// What ends with a restore, beside signing keys and links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ending {
    /// All API keys.
    pub keys: bool,
    /// All sessions; a backup has none, a file that was copied by hand has.
    pub sessions: bool,
}

/// What was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// API keys.
    pub keys: usize,
    /// Sessions.
    pub sessions: usize,
}

/// Whether the database is a backup that was put in its place by hand: it has no secret, and with none anybody could make its links.
///
/// # Errors
/// Those of the store.
pub fn is_bare(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(instance::unguarded_get(tx)?.is_some_and(|found| found.secret.is_empty()))
}

/// Makes a restored database one that can be served: with a secret of its own and no signing keys, which the server makes at its start. Tokens and
/// links of before are dead; an invitation can be sent again, with another link. API keys are those of the backup, unless they are ended.
///
/// # Errors
/// Those of the store.
pub fn revive(tx: &mut Tx<'_>, ending: Ending) -> Result<Ended> {
    let secret = backup::unguarded_renew(tx)?;
    backup::unguarded_expire_cursors(tx)?;
    for id in backup::unguarded_pending(tx)? {
        backup::unguarded_relink(tx, id, &invitation::token(&secret, id).hashed())?;
    }
    Ok(Ended {
        keys: if ending.keys { backup::unguarded_end_keys(tx, RESTORED)? } else { 0 },
        sessions: if ending.sessions { backup::unguarded_end_sessions(tx)? } else { 0 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::SystemEntropy;

    #[test]
    fn there_is_one_download_at_a_time_and_it_comes_in_pieces() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("copy");
        let make = move |_| fs::write(&path, "12345").and_then(|()| File::open(&path)).map_err(|error| error.to_string());
        let downloads = Downloads::new(Box::new(make));
        let mut first = downloads.begin(&SystemEntropy).expect("the first");
        assert_eq!(first.bytes, 5);
        assert!(matches!(downloads.begin(&SystemEntropy), Err(Error::Invalid(_))), "while there is one");
        let pieces: Vec<_> = std::iter::from_fn(|| first.piece(2).expect("a piece")).collect();
        assert_eq!(pieces, [b"12".to_vec(), b"34".to_vec(), b"5".to_vec()]);
        drop(first);
        assert!(downloads.begin(&SystemEntropy).is_ok());
        let broken = Downloads::new(Box::new(|_| Err("no room".to_owned())));
        assert!(matches!(broken.begin(&SystemEntropy), Err(Error::Busy(_))));
        assert!(matches!(broken.begin(&SystemEntropy), Err(Error::Busy(_))), "what failed is in nobody's way");
    }
}
