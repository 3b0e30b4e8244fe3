//! The folders and files of an archive that is gone through: each folder lies in one before it, and the bytes of each file are those that it says.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::domain::{
    Result,
    error::Fault,
    file::folder::{DEEPEST, too_deep},
    fold::fold,
    id::{FileId, FolderId},
    time::Instant,
};

use super::{
    context::{NOWHERE, Short, short},
    line::file::{BytesLine, FileLine, FolderLine},
};

/// What was seen of them.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// How deep each folder lies.
    folders: HashMap<FolderId, usize>,
    /// Their names, by a hash of each with where it lies.
    names: HashSet<Short>,
    coming: Option<Coming>,
}

/// A file of which bytes are to follow.
#[derive(Debug)]
struct Coming {
    id: FileId,
    left: u64,
    hash: String,
    came: blake3::Hasher,
}

impl Coming {
    /// All bytes came.
    fn end(&self) -> Result<()> {
        if self.came.finalize().to_hex().as_str() == self.hash {
            return Ok(());
        }
        Err(Fault::new("hash", "wrong_bytes", "The bytes of this file are not those that it says.").into())
    }
}

impl Files {
    /// Takes a folder; all faults.
    pub(super) fn folder(&mut self, line: &FolderLine, now: Instant) -> Result<()> {
        let above = match line.parent_id {
            None => 0,
            Some(parent) => *self.folders.get(&parent).ok_or_else(|| unknown("parentId"))?,
        };
        let made = line.check(line.id, line.parent_id, NOWHERE, now)?;
        if above >= DEEPEST {
            return Err(too_deep("parentId").into());
        }
        if self.folders.insert(line.id, above + 1).is_some() {
            return Err(Fault::new("id", "duplicate", "id is that of another folder.").into());
        }
        let of = line.parent_id.map_or_else(Uuid::nil, |parent| parent.uuid());
        if !self.names.insert(short(of, &fold(&made.name))) {
            return Err(Fault::new("name", "duplicate", format!("There is a folder {:?} there already.", made.name)).into());
        }
        Ok(())
    }

    /// Takes a file; all faults.
    pub(super) fn file(&mut self, line: &FileLine, now: Instant) -> Result<()> {
        if line.folder_id.is_some_and(|folder| !self.folders.contains_key(&folder)) {
            return Err(unknown("folderId").into());
        }
        line.check(line.id, line.folder_id, NOWHERE, now)?;
        let coming = Coming { id: line.id, left: line.size_bytes, hash: line.hash.clone(), came: blake3::Hasher::new() };
        if coming.left == 0 {
            return coming.end();
        }
        self.coming = Some(coming);
        Ok(())
    }

    /// Takes some bytes; the fault where they are not those of the file before.
    pub(super) fn bytes(&mut self, line: &BytesLine) -> Result<()> {
        let unexpected = || Fault::new("fileId", "unexpected", "These are no bytes of the file before.");
        let coming = self.coming.as_mut().filter(|coming| coming.id == line.file_id).ok_or_else(unexpected)?;
        let bytes = line.decoded()?;
        coming.left =
            coming.left.checked_sub(bytes.len() as u64).ok_or_else(|| Fault::new("base64", "wrong_size", "These are too many bytes."))?;
        coming.came.update(&bytes);
        match self.coming.take_if(|coming| coming.left == 0) {
            Some(whole) => whole.end(),
            None => Ok(()),
        }
    }

    /// No more bytes follow; the fault of a file that misses some.
    pub(super) fn close(&mut self) -> Result<()> {
        match self.coming.take() {
            None => Ok(()),
            Some(_) => Err(Fault::new("", "incomplete", "Bytes of the file before are missing.").into()),
        }
    }
}

fn unknown(field: &'static str) -> Fault {
    Fault::new(field, "unknown_reference", format!("{field} must be that of a folder on a line before."))
}
