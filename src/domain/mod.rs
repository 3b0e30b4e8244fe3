//! Floor 1: values, rules and policy.
//!
//! Nothing here does IO, reads a clock or makes randomness: both are handed in as [`time::Clock`] and [`id::Entropy`].
//! A noun has one file, and the same file name on every floor above.

pub mod access;
pub mod account;
pub mod content;
pub mod cursor;
pub mod error;
pub mod file;
pub mod fold;
pub mod form;
pub mod id;
pub mod idempotency;
pub mod key;
pub mod language;
pub mod listing;
pub mod network;
pub mod org;
pub mod page;
pub mod pattern;
pub mod profile;
pub mod project;
pub mod search;
pub mod spec;
pub mod text;
pub mod time;

pub use error::{Error, Result};
