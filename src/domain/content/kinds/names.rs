//! Content types that blocks refer to.

/// A sidebar.
pub const SIDEBAR: &str = "website_sidebar";
