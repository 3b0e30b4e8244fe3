//! API keys, the secrets in them, and the tokens they are exchanged for.

pub mod calls;
pub mod key;
pub mod secret;
pub mod token;
