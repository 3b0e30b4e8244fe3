//! `stele export` and `stele import`: content on its way out of an instance, and into one: from an archive, or a folder of Markdown files.

mod export;
mod import;
mod markdown;

pub use export::Export;
pub use import::Import;

pub(super) use export::run as export;
pub(super) use import::run as import;
