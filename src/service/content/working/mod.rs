//! What people work on in the console: working copies, which are saved or thrown away.

pub mod copy;
pub mod link;
pub mod save;
