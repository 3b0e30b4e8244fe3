//! What surrounds the pages of a website: its parts, redirects, settings and readers.

mod container;
mod redirect;
mod singleton;
mod site;
