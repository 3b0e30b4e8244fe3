//! Entries of every kind.

pub mod entry;
pub mod entry_json;
pub mod entry_list;
