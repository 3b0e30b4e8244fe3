//! Paragraphs, lists and whatever else Markdown has.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, markdown},
};

/// The block.
pub static BLOCK: Block = Block::new("text", "align-left", FIELDS, r#"{"markdown": "We print on **Tuesdays**.", "lead": true}"#);

const FIELDS: &[Field] = &[markdown("markdown").required(), Field::new("lead", FieldType::Bool).write().form().nullable()];
