//! Files that visitors send with a form: what a field takes of them, and what is kept with a submission. Only whoever may read that gets them.

use crate::domain::{
    file::{accept::Accepted, blob::Blob},
    id::AttachmentId,
};

use super::rule::Rule;

/// Bytes of what a field counts in.
pub const MEGABYTE: u64 = 1_000_000;
/// Most megabytes of one file, and those for want of a number.
pub const SIZE_MAX: i64 = 50;
/// What is taken of a file, if the field says nothing.
pub const SIZE: i64 = 10;
/// Most files of one field.
pub const FILES_MAX: i64 = 10;
/// Most bytes of all files of one submission.
pub const ALL_MAX: u64 = 100 * MEGABYTE;

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Of which types.
    pub accepted: Accepted,
    /// How long each may be, in megabytes.
    pub megabytes: u64,
    /// How many.
    pub most: usize,
}

impl Taken {
    /// Most bytes of a file.
    pub const fn bytes(&self) -> u64 {
        self.megabytes * MEGABYTE
    }
}

/// A file that came with a form, before anything is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedFile {
    /// What it was called where it comes from.
    pub filename: String,
    /// Of which type its bytes are.
    pub mime_type: String,
    /// How many bytes it has; of one that is too long, at least these.
    pub size: u64,
}

/// Checks the files of a field.
///
/// # Errors
/// What is wrong with the first that is wrong.
pub fn check(taken: &Taken, files: &[SubmittedFile]) -> Result<(), Rule> {
    if files.len() > taken.most {
        return Err(Rule::TooManyFiles(taken.most));
    }
    for file in files {
        if file.size > taken.bytes() {
            return Err(Rule::FileTooLarge(taken.megabytes));
        }
        if !taken.accepted.takes(&file.filename, &file.mime_type) {
            return Err(Rule::FileType(taken.accepted.display()));
        }
    }
    Ok(())
}

/// A file that is kept with a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The name of the field that asked for it.
    pub field: String,
    /// What it was called where it comes from.
    pub filename: String,
    /// Its type.
    pub mime_type: String,
    /// Its bytes.
    pub blob: Blob,
}
