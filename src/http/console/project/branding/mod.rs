//! Brandings of a project.

mod editor;
mod field;
mod frame;
mod list;

use crate::{domain::access::Permission, http::console::base::page_route::PageRoute};

/// The pages of this folder.
pub fn pages() -> Vec<PageRoute> {
    let pages = list::pages().into_iter().chain(editor::pages());
    pages.map(|page| page.needs(Permission::ProjectManage)).collect()
}
