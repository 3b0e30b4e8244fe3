//! What front-ends are told.

pub mod around;
pub mod change;
pub mod preview;
