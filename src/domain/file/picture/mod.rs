//! Pictures: what is taken out of them as they come in, and the smaller ones that are made of them.

pub mod draw;
pub mod focal;
pub mod metadata;
pub mod variant;
