//! Projects, their apps and webhooks.

pub mod app;
pub mod archive;
pub mod branding;
pub mod domain;
pub mod project;
pub mod webhook;
