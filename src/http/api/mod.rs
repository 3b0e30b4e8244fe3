//! The JSON API under `/api`: one file a noun, with its outside shapes and its routes.

pub mod account;
pub mod content;
pub mod file;
pub mod form;
pub mod idempotency;
pub mod instance;
pub mod key;
pub mod openapi;
pub mod org;
pub mod project;
pub mod query;
pub mod route;
pub mod routes;
pub mod schema;
pub mod wire;
