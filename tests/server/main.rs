//! The running server, asked over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod gates;
mod keys;
mod support;
