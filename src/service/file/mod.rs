//! Files of projects: how their bytes come in and go out, and what may be done with them.

pub mod blob;
pub mod file;
pub mod folder;
pub mod link;
pub mod reference;
pub mod search;
pub mod sending;
pub mod trash;
pub mod upload;
pub mod variant;
pub mod version;
