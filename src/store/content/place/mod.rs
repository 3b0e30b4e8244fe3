//! Where entries stand.

pub mod nested;
