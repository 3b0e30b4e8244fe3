//! A folder for the bytes of files, where an operator wants them beside the database: one file for each blob.

use std::{
    fs::{self, File},
    io,
    os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use crate::domain::{Error, Result, id::BlobId};

use super::store::BlobStore;

/// The folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at this path, which is made where there is none.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn open(path: &Path) -> io::Result<Self> {
        make(path)?;
        Ok(Self { path: path.to_owned() })
    }

    /// One of 256 folders in it, so that none has very many files.
    fn shelf(&self, id: BlobId) -> PathBuf {
        let id = id.to_string();
        self.path.join(&id[id.len() - 2..])
    }

    fn whole(&self, id: BlobId) -> PathBuf {
        self.shelf(id).join(id.to_string())
    }

    fn part(&self, id: BlobId) -> PathBuf {
        self.shelf(id).join(format!("{id}.part"))
    }
}

impl BlobStore for Folder {
    fn free(&self) -> Option<u64> {
        rustix::fs::statvfs(&self.path).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    fn keep(&self, id: BlobId, at: u64, bytes: &[u8]) -> Result<()> {
        let kept = || {
            make(&self.shelf(id))?;
            if !self.part(id).exists() && self.whole(id).exists() {
                fs::rename(self.whole(id), self.part(id))?;
            }
            let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(self.part(id))?;
            file.write_all_at(bytes, at)
        };
        kept().map_err(|cause| failed(&cause))
    }

    fn settle(&self, id: BlobId) -> Result<()> {
        // Of an empty file nothing has come.
        self.keep(id, 0, &[])?;
        let settled = || {
            File::open(self.part(id))?.sync_all()?;
            fs::rename(self.part(id), self.whole(id))?;
            File::open(self.shelf(id))?.sync_all()?;
            File::open(&self.path)?.sync_all()
        };
        settled().map_err(|cause| failed(&cause))
    }

    fn read(&self, id: BlobId, from: u64, most: usize) -> Result<Option<Vec<u8>>> {
        let file = match File::open(self.whole(id)).or_else(|_| File::open(self.part(id))) {
            Ok(file) => file,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(failed(&cause)),
        };
        let (mut bytes, mut had) = (vec![0; most], 0);
        while had < most {
            match file.read_at(&mut bytes[had..], from + had as u64).map_err(|cause| failed(&cause))? {
                0 => break,
                more => had += more,
            }
        }
        bytes.truncate(had);
        Ok(Some(bytes))
    }

    fn remove(&self, id: BlobId) -> Result<()> {
        for path in [self.whole(id), self.part(id)] {
            match fs::remove_file(path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(failed(&cause)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Others read no files of a project.
fn make(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn failed(cause: &io::Error) -> Error {
    Error::Busy(format!("the folder of files: {cause}"))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn bytes_come_in_any_order_and_are_read_from_anywhere() {
        let here = tempfile::tempdir().unwrap();
        let folder = Folder::open(&here.path().join("files")).unwrap();
        let id = BlobId::from_uuid(Uuid::from_u128(7));
        folder.keep(id, 3, b"def").unwrap();
        folder.keep(id, 0, b"abc").unwrap();
        assert_eq!(folder.read(id, 2, 3).unwrap(), Some(b"cde".to_vec()), "also before all came");
        folder.settle(id).unwrap();
        assert_eq!((folder.read(id, 4, 9).unwrap(), folder.read(id, 9, 9).unwrap()), (Some(b"ef".to_vec()), Some(Vec::new())));
        folder.remove(id).unwrap();
        folder.remove(id).unwrap();
        assert_eq!(folder.read(id, 0, 1).unwrap(), None);
        let empty = BlobId::from_uuid(Uuid::from_u128(8));
        folder.settle(empty).unwrap();
        assert_eq!(folder.read(empty, 0, 1).unwrap(), Some(Vec::new()));
    }
}
