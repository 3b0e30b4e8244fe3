//! Projects, their apps, whom they tell what happens, and what is counted of them.

pub mod app;
pub mod archive;
pub mod branding;
pub mod dashboard;
pub mod domain;
pub mod markdown;
pub mod project;
pub mod traffic;
pub mod webhook;
