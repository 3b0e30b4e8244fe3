//! Blocks that are looked at: images, galleries, films.

pub mod gallery;
pub mod image;
pub mod video;
