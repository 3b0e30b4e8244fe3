//! Entries: checked, written, listed, counted, published at their time, moved to the trash and back.

pub mod builder;
pub mod checked;
pub mod count;
pub mod document;
pub mod entry;
pub mod entry_list;
pub mod front;
pub mod place;
pub mod publication;
pub mod reference;
pub mod render;
pub mod schedule;
pub mod search;
pub mod site;
pub mod trash;
pub mod upkeep;
pub mod version;
pub mod working;
