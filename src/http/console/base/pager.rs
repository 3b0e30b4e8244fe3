//! What stands around a list: its foot (which of how many are shown, and the way to the others), the ways to narrow it, and
//! its head (in which order).

use crate::domain::{Error, Result, error::Fault, listing::Listing, page::Page, spec::Order};

use super::request::PageRequest;

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
    ///
    /// # Errors
    /// Not found past the end of a list that does not go back to its last page: an empty page there would say that the list is empty.
    pub fn of<T>(request: &PageRequest, page: &Page<T>) -> Result<Self> {
        Self::with_parameter(request, page, "page")
    }

    /// The same for a second list of a page, whose number stands under another name in the address.
    ///
    /// # Errors
    /// As [`Pager::of`].
    pub fn with_parameter<T>(request: &PageRequest, page: &Page<T>, name: &str) -> Result<Self> {
        if page.items.is_empty() && page.total > 0 {
            return Err(Error::NotFound("page"));
        }
        let shown = page.items.len() as u64;
        let before = u64::from(page.page - 1) * u64::from(page.page_size);
        let at = |number: u32| request.with(name, &number.to_string());
        Ok(Self {
            from: if shown == 0 { 0 } else { before + 1 },
            to: if shown == 0 { 0 } else { before + shown },
            total: page.total,
            page: page.page,
            pages: page.page_count(),
            earlier: (page.page > 1).then(|| at(page.page - 1)),
            next: (u64::from(page.page) < page.page_count()).then(|| at(page.page + 1)),
        })
    }
}

/// The fault of an address that narrows a list to a state that there is not.
pub fn no_such_state() -> Error {
    Fault::new("status", "unknown", "There is no such state.").into()
}

/// One way to narrow a list.
pub struct Segment {
    /// Its words.
    pub words: String,
    /// Where it leads.
    pub to: String,
    /// How many it shows.
    pub count: u64,
    /// Whether it is chosen.
    pub here: bool,
}

/// The head of a list whose columns can be sorted by clicking.
#[derive(Debug, Clone)]
pub struct Sorts {
    /// The address of this page without an order.
    at: String,
    order: Order,
    /// What a form that narrows the list takes along: how it is narrowed and sorted already.
    pub kept: Vec<(&'static str, String)>,
}

impl Sorts {
    /// The head of this list.
    pub fn of(request: &PageRequest, listing: &Listing) -> Self {
        let kept = ["status", "sort"].into_iter().filter_map(|name| Some((name, request.query(name)?.to_owned())));
        Self { at: request.with("sort", ""), order: listing.order, kept: kept.collect() }
    }

    /// Where a click on a column leads: to its order, then to the other way round. `down` is for columns whose largest
    /// or newest comes first.
    pub fn to(&self, field: &str, down: &bool) -> String {
        let descending = if self.order.field == field { !self.order.descending } else { *down };
        let mark = if self.at.contains('?') { '&' } else { '?' };
        format!("{}{mark}sort={field}:{}", self.at, if descending { "desc" } else { "asc" })
    }

    /// `ascending` or `descending`, for the column that the list is sorted by.
    pub fn way(&self, field: &str) -> Option<&'static str> {
        (self.order.field == field).then_some(if self.order.descending { "descending" } else { "ascending" })
    }
}
