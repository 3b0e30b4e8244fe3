//! Organizations: profile, people, invitations, service accounts, the audit trail.

pub mod actions;
pub mod activity;
pub mod invitation;
pub mod member;
pub mod organization;
pub mod service_account;
pub mod service_account_place;
