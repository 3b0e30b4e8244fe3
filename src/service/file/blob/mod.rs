//! The bytes of files: on their way in, where they lie, and on their way from there to somewhere else.

pub mod bytes;
pub mod checking;
pub mod coming;
pub mod folder;
pub mod moving;
pub mod staging;
pub mod store;
