//! Full-text search without a database: which words a text has, what a query asks for, how well a text answers it, and what is shown of it.

pub mod query;
pub mod seen;
pub mod snippet;
pub mod words;

pub use query::{Query, Term};
pub use seen::seen;
pub use snippet::Snippet;
