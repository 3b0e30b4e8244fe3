//! What entries were, and what was deleted.

mod trash;
mod upkeep;
mod version;
