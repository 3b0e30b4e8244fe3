//! Projects with their members, apps, webhooks, traffic and dashboard.

mod archive;
mod branding;
mod branding_pages;
mod dashboard;
mod domain;
mod domain_pages;
mod invitation;
mod project;
mod project_member;
mod traffic;
pub mod webhook;
mod webhook_delivery;
mod webhook_pages;
