//! Content types that blocks refer to.

/// A category.
pub const CATEGORY: &str = "kb_category";
/// A sidebar.
pub const SIDEBAR: &str = "website_sidebar";
