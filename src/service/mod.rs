//! Floor 3: one function is one operation is one transaction; plain synchronous Rust.
//!
//! An operation enters through the gate ([`enter`]), checks its draft, calls store functions that take the grant, and
//! writes its line of the audit trail. API, console and command line call the same operations.

pub mod account;
pub mod app;
pub mod checked;
pub mod content;
pub mod dashboard;
pub mod demo;
pub mod device;
pub mod enter;
pub mod giver;
pub mod idempotency;
pub mod invitation;
pub mod key;
pub mod letter;
pub mod mail;
pub mod me;
pub mod member;
pub mod org;
pub mod password;
pub mod placed_member;
pub mod project;
pub mod reader;
pub mod reminder;
pub mod schedule;
pub mod session;
pub mod signing;
pub mod throttle;
pub mod token;
pub mod traffic;
pub mod usage;
pub mod user;
pub mod words;
