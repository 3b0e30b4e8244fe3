//! Cards side by side, each with a title and perhaps a text, an image and a link.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, ITEMS_MAX, MARKDOWN_MAX, href, line},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "cards",
    "layout-grid",
    FIELDS,
    r#"{"items": [{"id": "one", "title": "Subscribe", "text": "Four issues a year.", "image": "/issue.webp", "link": "/subscribe"}]}"#,
);

const ITEM: &[Field] = &[
    line("title").required(),
    Field::new("text", FieldType::LocalizedBlock { max: MARKDOWN_MAX }).write().form().searchable(),
    Field::new("image", FieldType::Link).write().form(),
    href("link"),
];

const FIELDS: &[Field] = &[Field::new("items", FieldType::Items { fields: ITEM, max: ITEMS_MAX }).write().form().required()];
