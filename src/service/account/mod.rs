//! People: signing in, their profile, and the mail they get.

pub mod delivery;
pub mod device;
pub mod email;
pub mod mail;
pub mod me;
pub mod password;
pub mod session;
pub mod throttle;
pub mod trial;
pub mod user;
