//! Routes for front-ends.

pub mod change;
pub mod preview;
