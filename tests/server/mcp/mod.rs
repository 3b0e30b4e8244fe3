//! `POST /mcp`, as agents use it.

mod agent;
mod reading;
mod telling;
mod transport;
mod writing;
