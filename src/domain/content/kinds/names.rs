//! Content types that blocks and links refer to.

use crate::domain::content::Kind;

/// A category.
pub const CATEGORY: &str = "kb_category";
/// A form.
pub const FORM: &str = "form";
/// A layout.
pub const LAYOUT: &str = "website_layout";
/// A sidebar.
pub const SIDEBAR: &str = "website_sidebar";

/// A dialog, which a link opens.
const DIALOG: &str = "website_dialog";

/// What the address of a link to an entry of this kind begins with; none where a link leads to no such entry.
pub fn link_scheme(kind: &Kind) -> Option<&'static str> {
    match kind.content_type {
        DIALOG => Some("dialog"),
        _ if kind.has_slug() => Some("entry"),
        _ => None,
    }
}
