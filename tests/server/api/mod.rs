//! What all routes of the API have in common, and OAuth.

mod bad_input;
mod bad_requests;
mod cors;
pub mod gates;
mod head;
mod idempotency;
mod needs;
mod oauth;
mod roles;
mod unguarded;
