//! The foot of a list: which of how many are shown, and the way to the others.

use crate::domain::listing::Page;

use super::visit::Visit;

/// The foot of a list.
#[derive(Debug, Clone)]
pub struct Pager {
    /// Number of the first item on this page, from 1; 0 when there is none.
    pub from: u64,
    /// Number of the last.
    pub to: u64,
    /// How many there are.
    pub total: u64,
    /// This page.
    pub page: u32,
    /// How many pages there are.
    pub pages: u64,
    /// The address of the page before.
    pub earlier: Option<String>,
    /// The address of the page after.
    pub next: Option<String>,
}

impl Pager {
    /// The foot of this page of a list.
    pub fn of<T>(visit: &Visit, page: &Page<T>) -> Self {
        let shown = page.items.len() as u64;
        let before = u64::from(page.page - 1) * u64::from(page.page_size);
        let at = |number: u32| visit.with("page", &number.to_string());
        Self {
            from: if shown == 0 { 0 } else { before + 1 },
            to: if shown == 0 { 0 } else { before + shown },
            total: page.total,
            page: page.page,
            pages: page.page_count(),
            earlier: (page.page > 1).then(|| at(page.page - 1)),
            next: (u64::from(page.page) < page.page_count()).then(|| at(page.page + 1)),
        }
    }
}
