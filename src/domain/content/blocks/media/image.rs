//! An image.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, href, line},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "image",
    "image",
    FIELDS,
    r#"{"file": "file:0190a1b2-0000-7000-8000-000000000001", "alt": "The press, built in 1897", "caption": "Our press"}"#,
);

/// The fields of an image, which a gallery has, too.
pub(super) const FIELDS: &[Field] = &[
    Field::new("file", FieldType::Link).write().form().required(),
    line("alt"),
    Field::new("decorative", FieldType::Bool).write().form().nullable(),
    line("caption"),
    href("link"),
];
