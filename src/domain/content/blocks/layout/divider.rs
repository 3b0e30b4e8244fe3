//! A line across.

use crate::domain::content::block::Block;

/// The block.
pub static BLOCK: Block = Block::new("divider", "minus", &[], "{}");
