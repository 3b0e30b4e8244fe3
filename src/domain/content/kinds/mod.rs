//! Every kind of content, one file each, and what several of them share.

mod website;
pub mod website_page;
pub mod website_post;

use crate::domain::content::Kind;

/// Every kind of content.
pub const KINDS: &[&Kind] = &[&website_page::KIND, &website_post::KIND];
