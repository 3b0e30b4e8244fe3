//! The operations for which the published SDK (`giantcontext` 1.224.0 on PyPI) has no method: examples in Python ask for them over HTTP.
//! A test of `tests/clients` compares the list with the SDK.

/// Their ids, a line each, sorted.
const LIST: &str = include_str!("beyond.txt");

/// Whether the SDK lacks a method for the operation of this id.
pub fn is_beyond(id: &str) -> bool {
    LIST.lines().any(|one| one == id)
}
