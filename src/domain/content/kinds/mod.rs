//! Every kind of content, one file each, and what several of them share. A kind's words are in `templates/lang/`, in a file of its name.

pub mod offered;
mod website;
pub mod website_page;
pub mod website_post;

use crate::domain::content::Kinds;

/// Every kind of content.
pub const KINDS: Kinds = &[&website_page::KIND, &website_post::KIND];
