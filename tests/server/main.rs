//! The running server, asked over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod bad_requests;
mod console;
mod console_content;
mod console_invitations;
mod console_keys;
mod console_me;
mod console_members;
mod console_orgs;
mod console_projects;
mod console_session;
mod content;
mod content_counts;
mod content_kept;
mod content_list;
mod gates;
mod key_hands;
mod key_life;
mod keys;
mod people;
mod read_only;
mod reminders;
mod sandbox;
mod schedule;
mod slugs;
mod support;
mod token_ends;
mod tokens;
