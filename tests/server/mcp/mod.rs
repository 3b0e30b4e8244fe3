//! `POST /mcp`, as agents use it.

mod agent;
mod reading;
mod submission;
mod telling;
mod transport;
mod writing;
