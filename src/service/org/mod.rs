//! Organizations, their members, invitations and service accounts.

pub mod invitation;
pub mod inviter;
pub mod member;
pub mod organization;
pub mod policy;
pub mod purge;
pub mod service_account;
