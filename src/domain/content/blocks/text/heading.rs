//! A heading.

use crate::domain::content::render::{data::Data, page::Page};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, line},
};

/// The block.
pub static BLOCK: Block =
    Block::new("heading", "heading", FIELDS, r#"{"text": "Opening hours", "level": 2, "anchor": "opening-hours"}"#, render);

const FIELDS: &[Field] = &[
    line("text").required(),
    Field::new("level", FieldType::Integer { min: 1, max: 6 }).write().form(),
    Field::new("anchor", FieldType::Slug).write().form().nullable(),
];

/// As its level says, 2 for want of one.
fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let level = data.number("level").and_then(|level| u8::try_from(level).ok()).unwrap_or(2);
    page.heading(level, data.text("anchor"), data.text("text"));
}
