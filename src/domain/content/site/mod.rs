//! What surrounds the entries of a site: redirects.

pub mod redirect;
