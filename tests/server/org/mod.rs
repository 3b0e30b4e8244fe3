//! Organizations: members, invitations, service accounts, policies, activity.

mod invitation;
mod inviter;
mod member;
mod organization;
mod purge;
mod retention;
mod service_account;
