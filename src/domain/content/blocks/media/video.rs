//! A film, from a file or from elsewhere.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, line},
};

/// The block.
pub static BLOCK: Block = Block {
    one_of: &["file", "url"],
    ..Block::new(
        "video",
        "video",
        FIELDS,
        r#"{"url": "https://example.org/press.mp4", "title": "How a page is printed", "captions": {"en": "/press.en.vtt", "fr": "/press.fr.vtt"}}"#,
    )
};

const FIELDS: &[Field] = &[
    Field::new("file", FieldType::Link).write().form(),
    Field::new("url", FieldType::Link).write().form(),
    line("title").required(),
    Field::new("poster", FieldType::Link).write().form(),
    Field::new("captions", FieldType::LocalizedLink).write().form(),
];
