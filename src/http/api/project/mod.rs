//! Projects and their apps.

pub mod app;
pub mod archive;
pub mod branding;
pub mod domain;
pub mod project;
