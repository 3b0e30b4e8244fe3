//! The caller.

pub mod me;
