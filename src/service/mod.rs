//! Floor 3: one function is one operation is one transaction; plain synchronous Rust.
//!
//! An operation goes through the gate ([`authorize`]), checks its draft, calls store functions that take the grant, and
//! writes its line of the audit trail. API, console and command line call the same operations.

pub mod account;
pub mod agent;
pub mod authorize;
pub mod backup;
pub mod content;
pub mod demo;
pub mod file;
pub mod form;
pub mod form_token;
pub mod gauges;
pub mod i18n;
pub mod idempotency;
pub mod instance;
pub mod key;
pub mod locale;
pub mod org;
pub mod path;
pub mod project;
pub mod retention;
pub mod sandbox;
pub mod tally;
pub mod write_behind;
