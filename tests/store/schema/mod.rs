//! Databases of older versions, brought up to date.

mod delivery;
mod key_migration;
mod refold;
