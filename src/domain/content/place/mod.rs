//! Where entries stand: below each other, in an order.

mod listed;
pub mod nested;
#[cfg(test)]
mod nested_tests;

pub use nested::{Forest, Move, Node, Placed};
