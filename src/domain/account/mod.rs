//! People: who signs in, with what, what they should know, and what is sent to them.

pub mod delivery;
pub mod notification;
pub mod session;
pub mod trial;
pub mod user;
