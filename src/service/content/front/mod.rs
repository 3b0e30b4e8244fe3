//! What front-ends are told.

pub mod change;
pub mod preview;
