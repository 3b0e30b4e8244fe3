//! Signing in and out, the first start, and the person's own account.

pub mod me;
pub mod session;
pub mod setup;
