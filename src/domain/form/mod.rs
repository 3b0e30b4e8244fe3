//! Forms: what one asks, read from its content, and what may be answered.

pub mod definition;
pub mod field;
