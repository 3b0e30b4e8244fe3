//! One page of a list, as it is handed upwards.

use super::listing::Listing;

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
    /// This page's number.
    pub page: u32,
    /// Items on a page.
    pub page_size: u32,
    /// Where the list goes on; none at its end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of a list in which nothing is.
    pub const fn empty(listing: &Listing) -> Self {
        Self { items: Vec::new(), total: 0, page: listing.page, page_size: listing.page_size, next: None }
    }

    /// How many pages there are.
    pub fn page_count(&self) -> u64 {
        self.total.div_ceil(u64::from(self.page_size.max(1)))
    }

    /// The same page of these items.
    pub fn with<U>(&self, items: Vec<U>) -> Page<U> {
        Page { items, total: self.total, page: self.page, page_size: self.page_size, next: self.next.clone() }
    }

    /// The same page of other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        let items = self.items.into_iter().map(f).collect();
        Page { items, total: self.total, page: self.page, page_size: self.page_size, next: self.next }
    }

    /// The same, where making an item can fail.
    ///
    /// # Errors
    /// The first of `f`.
    pub fn try_map<U, E>(self, f: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(f).collect::<Result<_, E>>()?;
        Ok(Page { items, total: self.total, page: self.page, page_size: self.page_size, next: self.next })
    }
}
