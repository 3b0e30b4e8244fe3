//! Where entries stand.

pub mod located;
pub mod nested;
