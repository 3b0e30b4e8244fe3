//! What surrounds the entries of a site.

pub mod address;
pub mod tag;
pub mod viewer;
