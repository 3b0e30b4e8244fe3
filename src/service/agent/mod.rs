//! What an agent works with over MCP: the places that its key reaches, an entry by its id alone, and changes that meet those of others.
//! All else it does by the operations that the API has.

pub mod entry;
pub mod reach;
pub mod recent;
