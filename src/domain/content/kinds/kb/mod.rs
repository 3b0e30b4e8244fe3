//! The kinds of a knowledge base.

pub mod article;
pub mod category;
pub mod landing;
