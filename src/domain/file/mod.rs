//! Files of a project: what they are called and of which type they are, the folders in which they lie, and how their bytes are kept and handed out.

pub mod accept;
pub mod blob;
pub mod draft;
pub mod file;
pub mod folder;
pub mod link;
pub mod media_type;
pub mod name;
pub mod only;
pub mod picture;
pub mod range;
pub mod sending;
pub mod text;
pub mod trash;
pub mod version;
