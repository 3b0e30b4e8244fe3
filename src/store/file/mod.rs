//! Files of projects: their bytes, their rows, the folders in which they lie, and their trash.

pub mod blob;
pub mod erase;
pub mod file;
pub mod folder;
pub mod reference;
mod row;
pub mod search;
pub mod trash;
pub mod upload;
pub mod variant;
pub mod version;

use crate::store::registry::Registered;

/// What its files declare.
pub(super) const FILES: &[Registered] = &[
    Registered::new("file/blob", blob::STATEMENTS, &[]),
    Registered::new("file/erase", erase::STATEMENTS, &[]),
    Registered::new("file/file", file::STATEMENTS, file::LISTS),
    Registered::new("file/folder", folder::STATEMENTS, folder::LISTS),
    Registered::new("file/reference", reference::STATEMENTS, reference::LISTS),
    Registered::new("file/search", search::STATEMENTS, &[]),
    Registered::new("file/trash", trash::STATEMENTS, trash::LISTS),
    Registered::new("file/upload", upload::STATEMENTS, upload::LISTS),
    Registered::new("file/variant", variant::STATEMENTS, &[]),
    Registered::new("file/version", version::STATEMENTS, version::LISTS),
];
