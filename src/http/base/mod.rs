//! What every surface is made of: requests read, answers written, and what they share.

pub mod assets;
pub mod bearer;
pub mod body;
pub mod client;
pub mod compress;
pub mod cors;
pub mod document;
pub mod error;
pub mod etag;
pub mod hashing;
pub mod observed;
pub mod origin;
pub mod reply;
pub mod response_cache;
pub mod router;
pub mod state;
pub mod transport;
