//! API keys, the secrets in them, and the tokens they are exchanged for.

pub mod calls;
pub mod ends;
pub mod key;
pub mod rate_limit;
pub mod restriction;
pub mod seal;
pub mod secret;
pub mod token;
