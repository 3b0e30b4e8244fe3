//! Versions of an entry: what one keeps, and what differs between two.

pub mod difference;
mod nodes;
pub mod references;
pub mod snapshot;
pub mod upkeep;
mod values;
