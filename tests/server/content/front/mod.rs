//! What front-ends are told, and how they keep up.

mod change;
mod followed;
mod framed;
mod preview;
mod redirect_rules;
mod sitemap;
mod stylesheet;
