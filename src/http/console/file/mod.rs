//! Files of a project in the console: the library with its folders, one file, uploads, the trash, and what is chosen from them.

mod crop;
pub mod details;
pub mod folder;
pub mod frame;
pub mod library;
pub mod pick;
pub mod several;
pub mod trash;
pub mod upload;
pub mod version;
