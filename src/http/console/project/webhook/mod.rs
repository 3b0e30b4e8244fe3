//! Webhooks of a project.

mod list;
mod log;
mod place;
mod secret;

use crate::{domain::access::Permission, http::console::base::page_route::PageRoute};

/// The pages of this folder.
pub fn pages() -> Vec<PageRoute> {
    let pages = list::pages().into_iter().chain(secret::pages()).chain(log::pages());
    pages.map(|page| page.needs(Permission::ProjectManage)).collect()
}
