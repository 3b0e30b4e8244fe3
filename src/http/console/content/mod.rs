//! Entries of every kind: the list of an app, and one entry.

pub mod entry;
pub mod entry_list;
mod inputs;
