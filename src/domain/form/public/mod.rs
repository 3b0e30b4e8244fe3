//! How visitors reach a form: what others paste to have it on a page, the pages that it has of its own, and the work that its browser does first.

pub mod puzzle;
pub mod snippet;
pub mod step;
