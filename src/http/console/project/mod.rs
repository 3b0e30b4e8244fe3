//! Projects: the dashboard, settings, apps and members.

pub mod app;
pub mod archive;
pub mod branding;
pub mod dashboard;
pub mod domain;
pub mod project;
pub mod project_member;
pub mod traffic;
pub mod webhook;
