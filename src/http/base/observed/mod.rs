//! How a request is followed from its begin to its answer, and what it is counted in.

pub mod meter;
pub mod observe;
pub mod visitor;
