//! Routes of what surrounds the entries of a site.

pub mod redirect;
