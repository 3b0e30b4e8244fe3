//! How those are told of a submission who wait for it.

pub mod mail;
pub mod message;
