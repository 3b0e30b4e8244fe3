//! Full-text search without a database: which words a text has, what a query asks for, how well a text answers it, and what is shown of it.

pub mod plain_text;
pub mod query;
pub mod snippet;
pub mod words;

pub use plain_text::plain_text;
pub use query::{Query, Term};
pub use snippet::Snippet;
