//! Routes of entries of every kind: one entry, the list, how both are written as JSON, versions, and the trash.

pub mod builder;
pub mod entry;
pub mod entry_json;
pub mod entry_list;
pub mod front;
mod nested;
mod params;
mod pieced;
pub mod remembered;
pub mod search;
pub mod site;
pub mod trash;
pub mod version;
