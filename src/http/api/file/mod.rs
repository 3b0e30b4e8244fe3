//! Files of projects: their JSON, their routes, and how they come in.

pub mod file;
pub mod folder;
pub mod search;
pub mod trash;
pub mod upload;
pub mod variant;
pub mod version;
