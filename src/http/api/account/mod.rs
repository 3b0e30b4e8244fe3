//! Routes of whoever calls: who they are, what they did, what they should know.

pub mod me;
