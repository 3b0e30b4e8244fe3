//! Projects, their apps, and what is counted of them.

pub mod app;
pub mod archive;
pub mod dashboard;
pub mod project;
pub mod traffic;
