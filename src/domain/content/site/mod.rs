//! What surrounds the entries of a site: redirects, settings, and those who sign in to read it.

pub mod redirect;
pub mod redirect_rules;
pub mod settings;
pub mod sitemap;
pub mod viewer;
