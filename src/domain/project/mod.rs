//! Projects, their apps, and what is counted of them.

pub mod app;
pub mod archive;
pub mod branding;
pub mod dashboard;
pub mod domain;
pub mod markdown;
pub mod project;
pub mod traffic;
