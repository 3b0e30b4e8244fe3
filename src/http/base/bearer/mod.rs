//! What a surface takes whose callers send a token or a key: the call, who turns out to make it, and what is left of their limit.

pub mod call;
pub mod noun;
pub mod rate_limit;
pub mod respond;
