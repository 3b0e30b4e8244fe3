//! What people work on: their working copies of entries, and the block that they have copied.

pub mod clipboard;
pub mod copy;
