//! What entries were, and what was deleted.

mod pages;
mod trash;
mod upkeep;
mod version;
