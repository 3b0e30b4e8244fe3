//! A list of entries, such as the newest ones with a tag: of one kind, or of all that have addresses.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, word},
};

/// The block.
pub static BLOCK: Block = Block::new("entries", "list", FIELDS, r#"{"tags": ["press"], "limit": 3, "order": "newest"}"#);

const FIELDS: &[Field] = &[
    Field::new("kind", FieldType::ContentType).write().form(),
    Field::new("tags", FieldType::Tags).write().form(),
    Field::new("categoryId", FieldType::Reference("kb_category")).write().form(),
    Field::new("limit", FieldType::Integer { min: 1, max: 50 }).write().form(),
    word("order", &["newest", "oldest", "name"]),
];
