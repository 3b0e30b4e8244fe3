//! A listing. It is the same in every language.

use crate::domain::content::{
    Field, FieldType,
    block::{Block, MARKDOWN_MAX, line},
};

/// The block.
pub static BLOCK: Block =
    Block::new("code", "code", FIELDS, r#"{"code": "print('hello')\n", "language": "python", "caption": "A first program"}"#);

const FIELDS: &[Field] = &[
    Field::new("code", FieldType::Block { max: MARKDOWN_MAX }).write().form().searchable().required(),
    Field::new("language", FieldType::Line { max: 40 }).write().form(),
    line("caption"),
];
