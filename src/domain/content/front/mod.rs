//! What front-ends are told: what has changed.

pub mod change;
