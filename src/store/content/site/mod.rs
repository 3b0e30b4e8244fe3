//! What surrounds the entries of a site.

pub mod address;
pub mod redirect;
pub mod tag;
pub mod viewer;
