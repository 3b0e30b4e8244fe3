//! Routes of forms beside those that all entries have.

pub mod export;
pub mod exported;
pub mod form;
pub mod mail;
pub mod sender;
pub mod submission;
