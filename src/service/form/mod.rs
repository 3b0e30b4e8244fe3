//! Forms: what there is beside what all entries have.

pub mod attachment;
pub mod captcha;
pub mod compose;
pub mod export;
pub mod figures;
pub mod form;
pub mod mail;
pub mod sender;
pub mod starter;
pub mod submission;
pub mod submit;
pub mod words;
