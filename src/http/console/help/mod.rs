//! Help: its pages, and what is found in them.

mod outline;
pub mod page;
