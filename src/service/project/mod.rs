//! Projects, their apps, members and webhooks, and what is counted of them.

pub mod app;
pub mod archive;
pub mod branding;
pub mod dashboard;
pub mod domain;
pub mod hosts;
pub mod placed_member;
pub mod project;
pub mod traffic;
pub mod webhook;
