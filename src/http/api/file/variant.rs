//! Smaller pictures of files: their JSON.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::file::{
    file::File,
    picture::variant::{State, Undrawn, Variant},
};

/// A smaller picture of a file: WebP.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FileVariant)]
pub struct Smaller {
    /// Where it is: whoever may see the file may see it there.
    url: String,
    width: u32,
    height: u32,
    size_bytes: u64,
}

/// The smaller pictures of a file.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = PictureVariants)]
pub struct Variants {
    /// A square around what must be seen, of at most 320 pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail: Option<Smaller>,
    /// All of it, with at most 640 pixels on its longer side.
    #[serde(skip_serializing_if = "Option::is_none")]
    small: Option<Smaller>,
    /// With at most 1280.
    #[serde(skip_serializing_if = "Option::is_none")]
    medium: Option<Smaller>,
    /// With at most 2048.
    #[serde(skip_serializing_if = "Option::is_none")]
    large: Option<Smaller>,
}

impl Variants {
    /// Those that there are, as a server tells them that is reached there.
    pub fn of(file: &File, public_url: &str) -> Option<Self> {
        let one = |wanted: Variant| {
            let made = file.variants.made.iter().find(|made| made.variant == wanted)?;
            let url = file.variant_url(public_url, wanted, &made.blob.hash);
            Some(Smaller { url, width: made.width, height: made.height, size_bytes: made.blob.size })
        };
        let all = Self {
            thumbnail: one(Variant::Thumbnail),
            small: one(Variant::Small),
            medium: one(Variant::Medium),
            large: one(Variant::Large),
        };
        (!file.variants.made.is_empty()).then_some(all)
    }
}

/// How far the smaller pictures of a file are.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = PictureStatus)]
pub enum Compression {
    /// They are to be made.
    Pending,
    /// They are being made.
    Processing,
    /// They are there.
    Complete,
    /// They could not be made.
    Failed,
}

impl Compression {
    /// Nothing of a file of which there are none.
    pub const fn of(state: State) -> Option<Self> {
        match state {
            State::None => None,
            State::Pending => Some(Self::Pending),
            State::Processing => Some(Self::Processing),
            State::Complete => Some(Self::Complete),
            State::Failed => Some(Self::Failed),
        }
    }
}

/// Why there are no smaller pictures of a file.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PictureFault)]
pub enum CompressionFault {
    /// It has more than 64 million pixels, or 64 MB.
    TooLarge,
    /// It is damaged.
    Unreadable,
    /// The server ended more than once while they were made.
    GaveUp,
}

impl From<Undrawn> for CompressionFault {
    fn from(why: Undrawn) -> Self {
        match why {
            Undrawn::TooLarge => Self::TooLarge,
            Undrawn::Unreadable => Self::Unreadable,
            Undrawn::GaveUp => Self::GaveUp,
        }
    }
}
