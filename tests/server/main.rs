//! The running server, asked over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod console;
mod console_me;
mod console_session;
mod content;
mod content_kept;
mod content_list;
mod gates;
mod key_life;
mod keys;
mod read_only;
mod reminders;
mod schedule;
mod slugs;
mod support;
mod tokens;
