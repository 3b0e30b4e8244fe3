//! Entries: written, listed, counted, searched, with their versions and redirects, and told to front-ends.

pub mod count;
pub mod entry;
pub mod entry_list;
pub(super) mod erase;
pub mod front;
pub mod link;
mod packed;
pub mod place;
pub mod reference;
pub mod schedule;
pub mod search;
pub mod site;
mod total;
pub mod trash;
pub mod upkeep;
pub mod version;
pub mod working;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("content/count", count::STATEMENTS, &[]),
    Registered::new("content/entry", entry::STATEMENTS, &[]),
    Registered::new("content/entry_list", entry_list::STATEMENTS, &[]),
    Registered::new("content/erase", erase::STATEMENTS, &[]),
    Registered::new("content/front/change", front::change::STATEMENTS, &[]),
    Registered::new("content/link", link::STATEMENTS, &[]),
    Registered::new("content/place/located", place::located::STATEMENTS, &[]),
    Registered::new("content/place/nested", place::nested::STATEMENTS, &[]),
    Registered::new("content/site/redirect", site::redirect::STATEMENTS, site::redirect::LISTS),
    Registered::new("content/reference", reference::STATEMENTS, &[]),
    Registered::new("content/schedule", schedule::STATEMENTS, &[]),
    Registered::new("content/search/mod", &[], search::LISTS),
    Registered::new("content/search/find", search::find::STATEMENTS, &[]),
    Registered::new("content/site/address", site::address::STATEMENTS, &[]),
    Registered::new("content/site/tag", site::tag::STATEMENTS, &[]),
    Registered::new("content/site/viewer", site::viewer::STATEMENTS, site::viewer::LISTS),
    Registered::new("content/trash", trash::STATEMENTS, trash::LISTS),
    Registered::new("content/total", total::STATEMENTS, &[]),
    Registered::new("content/upkeep", upkeep::STATEMENTS, &[]),
    Registered::new("content/version", version::STATEMENTS, version::LISTS),
    Registered::new("content/working/clipboard", working::clipboard::STATEMENTS, &[]),
    Registered::new("content/working/copy", working::copy::STATEMENTS, &[]),
];
