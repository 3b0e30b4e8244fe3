//! The content tree: sections hold columns, columns hold blocks. Each has an id.

pub mod change;
pub mod changed;
pub(in crate::domain::content) mod check;
pub mod copied;
pub mod edit;
#[cfg(test)]
mod edit_tests;
pub(in crate::domain::content) mod flat;
mod guessed;
pub mod neighbor;
pub mod parts;
