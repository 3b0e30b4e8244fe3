//! What must not be overlooked.

use crate::domain::content::{
    Field,
    block::{Block, line, markdown, word},
};

/// The block.
pub static BLOCK: Block =
    Block::new("callout", "info", FIELDS, r#"{"tone": "warning", "title": "Closed in August", "markdown": "We are back in September."}"#);

/// What a callout may be.
pub const TONES: &[&str] = &["info", "success", "warning", "danger"];

const FIELDS: &[Field] = &[word("tone", TONES), line("title"), markdown("markdown").required()];
