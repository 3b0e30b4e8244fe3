//! Versions of a file: what was in it before other bytes took its place.

use crate::domain::{
    id::{FileId, FileVersionId, UserId},
    time::Instant,
};

use super::{blob::Blob, file::File};

/// What was in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVersion {
    /// Id.
    pub id: FileVersionId,
    /// The file.
    pub file: FileId,
    /// Its number: the file's own, from 1.
    pub version: i64,
    /// Its bytes.
    pub blob: Blob,
    /// Its media type, by its bytes.
    pub mime_type: String,
    /// Width and height of a picture in pixels, as it was shown.
    pub dimensions: Option<(u32, u32)>,
    /// When it came into the file.
    pub created_at: Instant,
    /// Who brought it.
    pub created_by: Option<UserId>,
}

impl FileVersion {
    /// The file as it was with these bytes, for whoever is handed them: never one that everybody sees, whatever the file is.
    pub fn of(self, file: File) -> File {
        File { blob: self.blob, mime_type: self.mime_type, dimensions: self.dimensions, is_public: false, ..file }
    }

    /// The address of what was in a file of this address.
    pub fn url(&self, of_file: &str) -> String {
        format!("{of_file}?version={}", self.id)
    }
}
