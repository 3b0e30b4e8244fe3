//! Archives of projects: made piece by piece, and made projects again.

pub mod export;
mod files;
mod here;
pub mod import;
mod lines;
