//! Routes for front-ends.

pub mod change;
