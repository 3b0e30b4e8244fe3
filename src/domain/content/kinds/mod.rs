//! Every kind of content, one file each in a folder for the type of app, and what several of them share. A kind's words are in
//! `templates/lang/`, in files that are called the same.

pub mod field;
pub mod names;
pub mod offered;
pub mod reference;
pub mod website;

pub use website::{
    dialog as website_dialog, footer as website_footer, header as website_header, layout as website_layout, page as website_page,
    post as website_post, sidebar as website_sidebar,
};

use crate::domain::content::Kinds;

/// Every kind of content.
pub const KINDS: Kinds = &[
    &website_page::KIND,
    &website_post::KIND,
    &website_layout::KIND,
    &website_header::KIND,
    &website_footer::KIND,
    &website_sidebar::KIND,
    &website_dialog::KIND,
];
