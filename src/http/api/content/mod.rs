//! Routes of entries of every kind: one entry, the list, and how both are written as JSON.

pub mod entry;
pub mod entry_json;
pub mod entry_list;
pub mod remembered;
