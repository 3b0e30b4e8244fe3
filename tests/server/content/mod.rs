//! Entries of every kind, over the API and in the console.

mod builder;
mod checked;
mod console;
mod count;
mod editor;
mod entry;
mod entry_list;
mod front;
mod history;
mod kb;
mod list;
mod locale;
mod long_list;
mod made_up_kind;
mod render;
mod schedule;
mod search;
mod website;
