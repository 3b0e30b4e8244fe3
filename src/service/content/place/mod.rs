//! Where entries stand: one in each app, or below each other.

pub mod nested;
pub mod singleton;
