//! The kinds of a knowledge base.

pub mod landing;
