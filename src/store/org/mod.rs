//! Organizations, their people and service accounts, and the audit trail.

pub mod activity;
pub mod invitation;
pub mod member;
pub mod organization;
pub mod purge;
pub mod service_account;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("org/activity", activity::STATEMENTS, activity::LISTS),
    Registered::new("org/invitation", invitation::STATEMENTS, invitation::LISTS),
    Registered::new("org/member", member::STATEMENTS, member::LISTS),
    Registered::new("org/organization", organization::STATEMENTS, organization::LISTS),
    Registered::new("org/purge", purge::STATEMENTS, &[]),
    Registered::new("org/service_account", service_account::STATEMENTS, service_account::LISTS),
];
