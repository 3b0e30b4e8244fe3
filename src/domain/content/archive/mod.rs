//! Entries in the archive of a project: written out and read back by the descriptors of their kinds and blocks, so that a new kind or block
//! comes along by itself.

pub mod entry;
mod objects;
pub mod renaming;
#[cfg(test)]
pub(super) mod round_tests;
mod unknown;
