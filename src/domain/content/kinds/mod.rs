//! Every kind of content, one file each in a folder for the type of app, and what several of them share. A kind's words are in
//! `templates/lang/`, in files that are called the same.

pub mod field;
pub mod forms;
pub mod kb;
pub mod names;
pub mod offered;
pub mod reference;
pub mod website;

pub use forms::form;
pub use kb::{article as kb_article, category as kb_category, landing as kb_landing};
pub use website::{
    blog_page as website_blog_page, dialog as website_dialog, footer as website_footer, header as website_header,
    landing as website_landing, layout as website_layout, not_found_page as website_not_found_page, page as website_page,
    post as website_post, sidebar as website_sidebar, sign_in_page as website_sign_in_page,
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
    &website_landing::KIND,
    &website_blog_page::KIND,
    &website_not_found_page::KIND,
    &website_sign_in_page::KIND,
    &kb_article::KIND,
    &kb_category::KIND,
    &kb_landing::KIND,
    &form::KIND,
];
