//! What an agent works with over MCP: the places that its key reaches, an entry by its id alone, and what was changed last. All else it does
//! by the operations that the API has.

pub mod directory;
pub mod entry;
pub mod recent;
