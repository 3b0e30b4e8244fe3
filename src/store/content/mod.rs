//! Entries: written, listed, counted, searched, with their versions and redirects.

pub mod count;
pub mod entry;
pub mod entry_list;
pub mod redirect;
pub mod search;
pub mod version;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("content/count", count::STATEMENTS, &[]),
    Registered::new("content/entry", entry::STATEMENTS, &[]),
    Registered::new("content/entry_list", entry_list::STATEMENTS, &[]),
    Registered::new("content/redirect", redirect::STATEMENTS, &[]),
    Registered::new("content/search", &[], search::LISTS),
    Registered::new("content/version", version::STATEMENTS, &[]),
];
