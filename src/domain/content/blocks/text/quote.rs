//! A quotation and who said it.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, MARKDOWN_MAX, href, line},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "quote",
    "quote",
    FIELDS,
    r#"{"text": "The best paper in town.", "cite": "A reader", "link": "https://example.org/letters"}"#,
);

const FIELDS: &[Field] = &[
    Field::new("text", FieldType::LocalizedBlock { max: MARKDOWN_MAX }).write().form().searchable().required(),
    line("cite"),
    href("link"),
];
