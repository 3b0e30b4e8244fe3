//! Databases of older versions, brought up to date.

mod key_migration;
mod refold;
