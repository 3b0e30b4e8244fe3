//! The SQLite engine behind its seam: what it keeps, what it refuses, and what happens in trouble.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod batch;
mod binding;
mod copies;
mod log;
mod moved;
mod opening;
mod paging;
mod portable;
mod reads;
mod schema;
mod several;
mod statements;
mod support;
mod trouble;
mod writes;
