//! Archives of projects: made piece by piece, and made projects again.

pub mod export;
pub mod import;
mod lines;
