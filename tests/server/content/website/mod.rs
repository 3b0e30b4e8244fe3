//! What surrounds the pages of a website: its parts, redirects, settings and readers.

mod container;
mod default_layout;
mod redirect;
mod singleton;
mod site;
