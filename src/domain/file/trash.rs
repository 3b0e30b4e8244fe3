//! The trash of files: apart from that of entries.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{
    id::{FileId, FolderId, UserId},
    time::Instant,
};

/// What lies in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = FileTrashItemType)]
pub enum ItemType {
    /// A file.
    File,
    /// A folder.
    Folder,
}

impl ItemType {
    /// Both words.
    pub const WORDS: &[&str] = &["file", "folder"];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Folder => "folder",
        }
    }

    /// The type of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::File, Self::Folder].into_iter().find(|one| one.word() == word)
    }
}

/// A file or a folder that was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrashItem {
    /// Which.
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// The folder that it lay in.
    pub parent: Option<FolderId>,
    /// Since when.
    pub deleted_at: Instant,
    /// By whom, where that is known.
    pub deleted_by: Option<UserId>,
    /// Of a file: its media type.
    pub mime_type: Option<String>,
    /// Of a file: how many bytes it has.
    pub size: Option<u64>,
}

/// The id of something in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemId {
    /// That of a file.
    File(FileId),
    /// That of a folder.
    Folder(FolderId),
}

impl ItemId {
    /// What it is.
    pub const fn kind(self) -> ItemType {
        match self {
            Self::File(_) => ItemType::File,
            Self::Folder(_) => ItemType::Folder,
        }
    }
}

/// How much came back, or went for good.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Files.
    pub files: u64,
    /// Folders.
    pub folders: u64,
}
