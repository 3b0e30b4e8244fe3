//! Floor 1: values, rules and policy.
//!
//! Nothing here does IO, reads a clock or makes randomness: both are handed in as [`time::Clock`] and [`id::Entropy`].
//! A noun has one file, and the same file name on every floor above.

pub mod access;
pub mod account;
pub mod activity;
pub mod app;
pub mod content;
pub mod cursor;
pub mod dashboard;
pub mod error;
pub mod fold;
pub mod id;
pub mod idempotency;
pub mod invitation;
pub mod key;
pub mod language;
pub mod listing;
pub mod member;
pub mod network;
pub mod notification;
pub mod org;
pub mod pattern;
pub mod profile;
pub mod project;
pub mod secret;
pub mod session;
pub mod text;
pub mod time;
pub mod token;
pub mod traffic;
pub mod user;

pub use error::{Error, Result};
