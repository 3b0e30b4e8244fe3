//! The running server, asked over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod gates;
mod keys;
mod support;
