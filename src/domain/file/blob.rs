//! The bytes of a file: kept in pieces of one length, and once for all files of a project that have the same.

use std::time::Duration;

use crate::domain::id::BlobId;

/// Bytes of a piece; the last one of a blob may be shorter.
pub const PIECE: usize = 256 * 1024;
/// Bytes of a part of a long upload; the last one may be shorter.
pub const PART: usize = 8 * 1024 * 1024;
/// How many pieces a part has.
pub const PIECES_OF_PART: u64 = (PART / PIECE) as u64;
/// How long the bytes of an upload are kept that does not go on, and those that nothing refers to any more: whoever reads them may go on.
pub const GRACE: Duration = Duration::from_secs(60 * 60);
/// How long the parts of a long upload are kept that does not go on.
pub const GRACE_OF_PARTS: Duration = Duration::from_secs(24 * 60 * 60);

/// Where the bytes of a blob lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobPlace {
    /// In rows of the database.
    Rows,
    /// In a file of a folder beside it.
    Folder,
    /// Nowhere: they were left out of the backup that this database was made of.
    Nowhere,
}

impl BlobPlace {
    /// Its word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Folder => "folder",
            Self::Nowhere => "nowhere",
        }
    }

    /// The place of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Rows, Self::Folder, Self::Nowhere].into_iter().find(|place| place.word() == word)
    }
}

/// Bytes that are whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// Id.
    pub id: BlobId,
    /// BLAKE3 of all bytes, in hexadecimal digits.
    pub hash: String,
    /// How many they are.
    pub size: u64,
    /// Where they lie.
    pub place: BlobPlace,
}

/// How many pieces so many bytes are.
pub const fn pieces(size: u64) -> u64 {
    size.div_ceil(PIECE as u64)
}

/// How many parts so many bytes are; nothing is one, too.
pub fn parts(size: u64) -> u64 {
    size.div_ceil(PART as u64).max(1)
}

/// How many bytes the part of this number, from 1 on, has of so many.
pub fn part_size(size: u64, part: u64) -> Option<u64> {
    let before = part.checked_sub(1)?.checked_mul(PART as u64)?;
    (part <= parts(size)).then(|| (size - before).min(PART as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_but_the_last_are_as_long_as_each_other() {
        let part = PART as u64;
        assert_eq!((parts(0), parts(1), parts(part), parts(part + 1)), (1, 1, 1, 2));
        assert_eq!((part_size(part + 1, 1), part_size(part + 1, 2), part_size(part + 1, 3)), (Some(part), Some(1), None));
        assert_eq!((part_size(0, 1), part_size(7, 0), part_size(7, u64::MAX)), (Some(0), None, None));
        assert_eq!((pieces(0), pieces(1), pieces(PIECE as u64 + 1)), (0, 1, 2));
    }
}
