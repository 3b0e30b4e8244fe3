//! The running server, asked over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod account;
mod api;
mod base;
mod console;
mod content;
mod file;
mod form;
mod key;
mod mcp;
mod monitor;
mod org;
mod project;
mod support;
