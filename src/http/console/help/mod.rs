//! Help: its pages, and what is found in them.

mod markdown;
mod outline;
pub mod page;
