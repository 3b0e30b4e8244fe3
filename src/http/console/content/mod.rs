//! Entries of every kind: the list of an app, one entry, its versions, the trash, and redirects; and what is found in all of them.

pub mod all;
mod choices;
pub(in crate::http::console) mod editor;
pub mod entry;
pub mod entry_list;
pub mod find;
pub(in crate::http::console) mod form;
mod inputs;
pub mod nested;
pub mod redirect;
mod several;
pub mod singleton;
pub mod trash;
pub mod version;
