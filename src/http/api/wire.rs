//! The outside contract's common forms: envelopes and answers that belong to no noun.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::page::Page;

/// The answer to a delete.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ok, example = json!({"success": true}))]
pub struct Done {
    /// Always true: a failure is an error.
    pub success: bool,
}

impl Done {
    /// It is done.
    pub const YES: Self = Self { success: true };
}

/// The list envelope.
#[derive(Debug, Serialize)]
pub struct Paged<T> {
    /// The items of this page.
    pub data: Vec<T>,
    /// Where this page is.
    pub meta: Meta,
}

/// Where a page is.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ListMeta)]
pub struct Meta {
    /// Items on all pages.
    pub total: u64,
    /// This page.
    pub page: u32,
    /// Items on a page.
    pub page_size: u32,
    /// Pages.
    pub page_count: u64,
    /// What `after` takes to go on; left out at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> From<Page<T>> for Paged<T> {
    fn from(page: Page<T>) -> Self {
        let meta = Meta::of(&page);
        Self { data: page.items, meta }
    }
}

impl Meta {
    /// Of this page.
    pub fn of<T>(page: &Page<T>) -> Self {
        let (total, page_count, next) = (page.total, page.page_count(), page.next.clone());
        Self { total, page: page.page, page_size: page.page_size, page_count, next }
    }
}
