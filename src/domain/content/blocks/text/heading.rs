//! A heading.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, line},
};

/// The block.
pub static BLOCK: Block = Block::new("heading", "heading", FIELDS, r#"{"text": "Opening hours", "level": 2, "anchor": "opening-hours"}"#);

const FIELDS: &[Field] = &[
    line("text").required(),
    Field::new("level", FieldType::Integer { min: 1, max: 6 }).write().form(),
    Field::new("anchor", FieldType::Slug).write().form().nullable(),
];
