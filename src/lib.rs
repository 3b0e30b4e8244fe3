//! Stele, a self-hosted content server: one binary, one SQLite file.
//!
//! Four floors, each of which names only itself and those below: [`domain`] (values and rules), [`store`] (rows),
//! [`service`] (operations), [`http`] (adapters). [`database`] opens the one below them, [`app`] puts them together, with the [`jobs`] that run by themselves; [`config`] and [`cli`] say how, [`smtp`]
//! carries e-mails out, [`outbound`] what webhooks are told, [`dns`] asks for records, and [`system`] is the real clock and randomness. `docs/architecture.md` tells of the whole, `CONTRIBUTING.md` how to add to it.

pub mod app;
pub mod cli;
pub mod config;
pub mod database;
pub mod dns;
pub mod domain;
pub mod http;
pub mod jobs;
pub mod outbound;
pub mod service;
pub mod smtp;
pub mod store;
pub mod system;
