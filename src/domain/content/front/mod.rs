//! What front-ends are told: what has changed, and what is shown before it is published, and what is
//! shown to whom.

pub mod change;
pub mod preview;
pub mod visibility;
