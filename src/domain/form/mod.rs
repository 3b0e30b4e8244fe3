//! Forms: what one asks, read from its content, and what may be answered.

pub mod attachment;
pub mod check;
#[cfg(test)]
mod check_tests;
pub mod columns;
pub mod definition;
pub mod field;
pub mod page;
pub mod public;
pub mod rule;
pub mod schema;
pub mod sender;
pub mod sent;
pub mod settings;
pub mod starter;
pub mod submission;
pub mod telling;
