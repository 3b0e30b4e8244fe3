//! Projects, apps, their members, and counts of the traffic.

pub mod app;
pub mod app_member;
pub mod placed_member;
pub mod project;
pub mod project_member;
pub mod traffic;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("project/app", app::STATEMENTS, app::LISTS),
    Registered::new("project/app_member", app_member::STATEMENTS, app_member::LISTS),
    Registered::new("project/project", project::STATEMENTS, project::LISTS),
    Registered::new("project/project_member", project_member::STATEMENTS, project_member::LISTS),
    Registered::new("project/traffic", traffic::STATEMENTS, &[]),
];
