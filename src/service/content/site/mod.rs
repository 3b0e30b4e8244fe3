//! What surrounds the entries of a site.

pub mod address;
pub mod redirect;
pub mod redirect_rules;
pub mod settings;
pub mod sitemap;
pub mod viewer;
