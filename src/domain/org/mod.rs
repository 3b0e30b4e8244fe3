//! Organizations: their people, their service accounts, and what was done in them.

pub mod activity;
pub mod invitation;
pub mod member;
pub mod organization;
pub mod service_account;
