//! API keys: made, exchanged, signed, counted, ended.

pub mod calls;
pub mod key;
pub mod key_list;
pub mod rate_limit;
pub mod reminder;
pub mod signing;
pub mod token;
pub mod usage;
