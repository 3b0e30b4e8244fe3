//! What all of this surface shares: callers and their turns, tools and what they take, and answers.

pub mod answer;
pub mod argument;
pub mod caller;
pub mod invocation;
pub mod language;
pub mod paging;
pub mod refusal;
pub mod render;
pub mod report;
pub mod schema;
pub mod tool;
