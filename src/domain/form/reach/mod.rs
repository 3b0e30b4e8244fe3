//! How visitors reach a form: what others paste to have it on a page.

pub mod snippet;
