//! Where entries lie and stand: in which app, one in each, or below each other.

pub mod located;
pub mod nested;
pub mod singleton;
