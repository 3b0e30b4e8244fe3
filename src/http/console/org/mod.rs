//! Organizations: profile, people, invitations, service accounts, the audit trail.

pub mod activity;
pub mod invitation;
pub mod member;
pub mod noted;
pub mod organization;
pub mod service_account;
pub mod service_account_place;
