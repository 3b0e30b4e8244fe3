//! API keys and the tokens they are exchanged for.

pub mod key;
pub mod token;
