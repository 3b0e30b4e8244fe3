//! The JSON API under `/api`: one file a noun, with its outside shapes and its routes.

pub mod account;
pub mod app;
pub mod content;
pub mod entry_json;
pub mod entry_list;
pub mod idempotency;
pub mod instance;
pub mod invitation;
pub mod key;
pub mod me;
pub mod member;
pub mod org;
pub mod project;
pub mod token;
pub mod wire;
