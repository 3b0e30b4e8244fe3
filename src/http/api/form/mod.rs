//! Routes of forms beside those that all entries have.

pub mod form;
pub mod mail;
pub mod submission;
