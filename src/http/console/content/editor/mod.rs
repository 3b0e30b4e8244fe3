//! The editor: the content of an entry as an outline in which one block is open, and what its buttons do.
//!
//! Everything is one form. Each of its buttons sends what was typed along, which is kept in a working copy before anything else happens: so
//! it works without a script, and with one the same answers are put in place.

pub(in crate::http::console) mod action;
mod command;
pub(in crate::http::console) mod conflict;
pub(super) mod fields;
pub(in crate::http::console) mod link;
pub(super) mod outline;
pub(super) mod page;
mod pieces;
pub(in crate::http::console) mod preview;
mod typed;
pub(super) mod words;
