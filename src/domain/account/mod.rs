//! People: who signs in, with what, and what they should know.

pub mod notification;
pub mod session;
pub mod user;
