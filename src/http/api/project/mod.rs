//! Projects and their apps.

pub mod app;
pub mod project;
