//! Pictures: what is taken out of them as they come in, and the smaller ones that are made of them.

mod boxes;
pub mod draw;
pub mod focal;
mod gif;
pub mod metadata;
pub mod variant;
