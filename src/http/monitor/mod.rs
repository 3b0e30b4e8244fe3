//! What the server tells of itself to those who run it: whether it is well, and what it does, in numbers.

pub mod health;
pub mod metrics;
pub mod routes;
