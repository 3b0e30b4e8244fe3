//! Projects, apps, their members, webhooks, and counts of the traffic.

/// The columns of a membership as they are read; `place` is the column of what it is a membership of.
macro_rules! member_columns {
    ($place:literal) => {
        concat!(
            "m.id, m.",
            $place,
            ", m.user_id, m.role, m.title, m.invited_by, NULL, m.joined_at, m.created_at, m.updated_at,
             u.kind, u.name, u.email, u.avatar_url, u.bio, u.phone"
        )
    };
}

pub mod app;
pub mod app_member;
pub mod archive;
pub mod branding;
pub mod domain;
pub mod placed_member;
pub mod project;
pub mod project_member;
pub mod traffic;
pub mod webhook;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("project/app", app::STATEMENTS, app::LISTS),
    Registered::new("project/app_member", app_member::STATEMENTS, app_member::LISTS),
    Registered::new("project/archive", archive::STATEMENTS, &[]),
    Registered::new("project/branding", branding::STATEMENTS, branding::LISTS),
    Registered::new("project/domain", domain::STATEMENTS, domain::LISTS),
    Registered::new("project/project", project::STATEMENTS, project::LISTS),
    Registered::new("project/project_member", project_member::STATEMENTS, project_member::LISTS),
    Registered::new("project/traffic", traffic::STATEMENTS, &[]),
    Registered::new("project/webhook/webhook", webhook::webhook::STATEMENTS, webhook::webhook::LISTS),
    Registered::new("project/webhook/delivery", webhook::delivery::STATEMENTS, webhook::delivery::LISTS),
    Registered::new("project/webhook/owner", webhook::owner::STATEMENTS, &[]),
    Registered::new("project/webhook/tell", webhook::tell::STATEMENTS, &[]),
];
