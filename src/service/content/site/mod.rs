//! What surrounds the entries of a site.

pub mod redirect;
