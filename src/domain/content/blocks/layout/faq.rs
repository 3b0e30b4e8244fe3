//! Questions and their answers.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, ITEMS_MAX, line, markdown},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "faq",
    "circle-help",
    FIELDS,
    r#"{"items": [{"id": "one", "question": "Do you ship abroad?", "answer": "Yes, to **every** country."}]}"#,
);

const ITEM: &[Field] = &[line("question").required(), markdown("answer").required()];

const FIELDS: &[Field] = &[Field::new("items", FieldType::Items { fields: ITEM, max: ITEMS_MAX }).write().form().required()];
