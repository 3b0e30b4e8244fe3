//! Working copies: what somebody has changed of an entry and not saved yet, and how that meets what others have saved meanwhile.
//!
//! A working copy knows what it was begun from. When it is saved, three are put together: that base, the copy, and the entry as it is now.
//! What only one side has changed is taken; what both have changed in different ways is a [`decision::Conflict`], which somebody decides.

pub mod copy;
pub mod decision;
pub mod settled;
pub mod tree;
#[cfg(test)]
mod tree_tests;
mod values;
