//! What Stele promises, tried on the real program: nothing acknowledged is lost, a revoked key is dead at once and
//! stays so, a secret is shown once and kept nowhere, nobody reads what is not theirs.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod disk;
mod files;
mod kill;
mod log;
mod moved;
mod operate;
mod readers;
mod repeat;
mod revoked;
mod secret;
mod slow;
mod stop;
mod support;
mod tenants;
mod world;
