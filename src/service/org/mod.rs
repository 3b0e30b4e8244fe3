//! Organizations, their members, invitations and service accounts.

pub mod giver;
pub mod invitation;
pub mod member;
pub mod organization;
pub mod policy;
pub mod purge;
pub mod service_account;
