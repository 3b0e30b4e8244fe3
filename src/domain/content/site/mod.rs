//! What surrounds the entries of a site: redirects, settings, and those who sign in to read it.

pub mod redirect;
pub mod settings;
pub mod viewer;
