//! `stele user`, `stele org`, `stele keys`, `stele domain`, `stele sender`, `stele files`: what an operator changes. While no server has the database the commands work on the file;
//! otherwise the server carries them out, which is asked over a socket beside the file.

mod command;
pub mod domain;
pub mod files;
pub mod keys;
pub mod org;
pub mod sender;
pub mod socket;
pub mod user;

pub use command::Instance;
pub(super) use command::{AdminCommand, organization};
pub(super) use socket::carry_out_with;
