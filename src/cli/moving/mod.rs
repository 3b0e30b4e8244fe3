//! `stele export` and `stele import`: content on its way out of an instance and into another one.

mod export;
mod import;

pub use export::Export;
pub use import::Import;

pub(super) use export::run as export;
pub(super) use import::run as import;
