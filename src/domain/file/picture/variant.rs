//! The smaller pictures that are made of one: their names and sizes, and how far they are.

use crate::domain::file::blob::Blob;

use super::focal::FocalPoint;

/// One of the smaller pictures. None is larger than that which it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// A square of it around what must be seen.
    Thumbnail,
    /// All of it, for a column of text.
    Small,
    /// For a page.
    Medium,
    /// For a screen.
    Large,
}

impl Variant {
    /// Every one, the smallest first.
    pub const ALL: [Self; 4] = [Self::Thumbnail, Self::Small, Self::Medium, Self::Large];

    /// Its word in addresses, on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Thumbnail => "thumbnail",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// The one of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Pixels of its longer side.
    pub const fn side(self) -> u32 {
        match self {
            Self::Thumbnail => 320,
            Self::Small => 640,
            Self::Medium => 1280,
            Self::Large => 2048,
        }
    }
}

/// How far the smaller pictures of a file are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum State {
    /// There are none of a file like this.
    #[default]
    None,
    /// They are to be made.
    Pending,
    /// They are being made.
    Processing,
    /// They are there.
    Complete,
    /// They could not be made.
    Failed,
}

impl State {
    /// Its word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Complete => "complete",
            Self::Failed => "failed",
        }
    }

    /// The one of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::None, Self::Pending, Self::Processing, Self::Complete, Self::Failed].into_iter().find(|one| one.word() == word)
    }
}

/// Why there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undrawn {
    /// It has more pixels, or bytes, than are read at once.
    TooLarge,
    /// It is damaged, or written in a way that is not read here.
    Unreadable,
    /// The server ended more than once while they were made.
    GaveUp,
}

impl Undrawn {
    /// Its word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Unreadable => "unreadable",
            Self::GaveUp => "gave_up",
        }
    }

    /// The one of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::TooLarge, Self::Unreadable, Self::GaveUp].into_iter().find(|one| one.word() == word)
    }
}

/// A smaller picture that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Which one.
    pub variant: Variant,
    /// Its width in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Its bytes: WebP.
    pub blob: Blob,
}

/// The smaller pictures of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variants {
    /// How far they are.
    pub state: State,
    /// Why there are none.
    pub fault: Option<Undrawn>,
    /// Those that are there, the smallest first.
    pub made: Vec<Made>,
}

impl Variants {
    /// Those of new bytes of a type: none yet.
    pub fn begin(mime_type: &str) -> Self {
        let state = if is_drawn(mime_type) { State::Pending } else { State::None };
        Self { state, ..Self::default() }
    }
}

/// Whether smaller pictures are made of files of this type.
pub fn is_drawn(mime_type: &str) -> bool {
    matches!(mime_type, "image/jpeg" | "image/png" | "image/webp" | "image/gif")
}

/// Width and height of a picture of this size that is made smaller until its longer side has no more than so many pixels.
pub fn fit((width, height): (u32, u32), side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= side {
        return (width, height);
    }
    let scaled = |length: u32| {
        let rounded = (u64::from(length) * u64::from(side) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(rounded).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

/// The largest square in a picture of this size that has its focal point as near to the middle as it goes: left, top, and side.
pub fn square((width, height): (u32, u32), focal: Option<FocalPoint>) -> (u32, u32, u32) {
    let side = width.min(height);
    let begin = |length: u32, at: u32| {
        let centre = u64::from(length) * u64::from(at) / u64::from(FocalPoint::WHOLE);
        let begin = centre.saturating_sub(u64::from(side) / 2).min(u64::from(length - side));
        u32::try_from(begin).unwrap_or_default()
    };
    let middle = FocalPoint { x: FocalPoint::WHOLE / 2, y: FocalPoint::WHOLE / 2 };
    let focal = focal.unwrap_or(middle);
    (begin(width, focal.x), begin(height, focal.y), side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_picture_keeps_its_shape_and_is_never_larger() {
        assert_eq!((fit((4000, 3000), 640), fit((3000, 4000), 640)), ((640, 480), (480, 640)));
        assert_eq!((fit((100, 50), 640), fit((30_000, 1), 640)), ((100, 50), (640, 1)));
        assert_eq!(fit((u32::MAX, u32::MAX), 2048), (2048, 2048));
    }

    #[test]
    fn a_square_has_what_must_be_seen_in_its_middle_as_far_as_it_goes() {
        let at = |x, y| Some(FocalPoint { x, y });
        assert_eq!(square((400, 300), None), (50, 0, 300));
        assert_eq!(square((400, 300), at(0, 0)), (0, 0, 300));
        assert_eq!(square((400, 300), at(10_000, 10_000)), (100, 0, 300));
        assert_eq!(square((1000, 100), at(2_500, 5_000)), (200, 0, 100));
        assert_eq!(square((100, 1000), at(5_000, 9_000)), (0, 850, 100));
    }

    #[test]
    fn each_word_is_that_of_one_alone() {
        assert!(Variant::ALL.into_iter().all(|one| Variant::from_word(one.word()) == Some(one)));
        assert!(
            [Undrawn::TooLarge, Undrawn::Unreadable, Undrawn::GaveUp].into_iter().all(|one| Undrawn::from_word(one.word()) == Some(one))
        );
        assert_eq!((State::from_word("failed"), State::from_word("done")), (Some(State::Failed), None));
        assert_eq!((Variants::begin("image/png").state, Variants::begin("image/heif").state), (State::Pending, State::None));
    }
}
