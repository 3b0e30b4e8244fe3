//! The content tree: sections hold columns, columns hold blocks. Each has an id.

pub mod change;
pub(in crate::domain::content) mod check;
pub mod edit;
#[cfg(test)]
mod edit_tests;
pub(in crate::domain::content) mod flat;
mod guessed;
mod parts;
