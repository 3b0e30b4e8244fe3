//! Projects with their members, apps, traffic and dashboard.

mod archive;
mod dashboard;
mod invitation;
mod project;
mod project_member;
mod traffic;
