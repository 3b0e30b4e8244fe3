//! A table, as the rows of a table in Markdown.

use crate::domain::content::{
    Field,
    block::{Block, line, markdown},
};

/// The block.
pub static BLOCK: Block =
    Block::new("table", "table", FIELDS, r#"{"markdown": "| Size | Price |\n| --- | --- |\n| A5 | 4 |", "caption": "Prices"}"#);

const FIELDS: &[Field] = &[markdown("markdown").required(), line("caption")];
