//! The SQLite engine behind its seam: what it keeps, what it refuses, and what happens in trouble.

mod binding;
mod copies;
mod opening;
mod reads;
mod support;
mod trouble;
mod writes;
