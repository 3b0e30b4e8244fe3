//! What front-ends are told: what has changed, and what is shown before it is published.

pub mod change;
pub mod preview;
