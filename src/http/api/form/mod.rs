//! Routes of forms beside those that all entries have.

pub mod form;
pub mod submission;
