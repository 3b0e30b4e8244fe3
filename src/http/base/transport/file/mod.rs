//! Files of visitors on their way in, and files on their way out as downloads.

pub mod attached;
pub mod download;
