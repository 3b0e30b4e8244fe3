//! Entries: checked, written, listed, published at their time.

pub mod checked;
pub mod entry;
pub mod schedule;
