//! Entries: written, listed, counted, searched, with their versions and redirects.

pub mod count;
pub mod entry;
pub mod entry_list;
pub(super) mod erase;
pub mod redirect;
pub mod schedule;
pub mod search;
mod total;
pub mod trash;
pub mod version;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("content/count", count::STATEMENTS, &[]),
    Registered::new("content/entry", entry::STATEMENTS, &[]),
    Registered::new("content/entry_list", entry_list::STATEMENTS, &[]),
    Registered::new("content/erase", erase::STATEMENTS, &[]),
    Registered::new("content/redirect", redirect::STATEMENTS, redirect::LISTS),
    Registered::new("content/schedule", schedule::STATEMENTS, &[]),
    Registered::new("content/search", &[], search::LISTS),
    Registered::new("content/trash", trash::STATEMENTS, trash::LISTS),
    Registered::new("content/total", total::STATEMENTS, &[]),
    Registered::new("content/version", version::STATEMENTS, version::LISTS),
];
