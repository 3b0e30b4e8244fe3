//! Several images.

use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, ITEMS_MAX},
};

use super::image;

/// The block.
pub static BLOCK: Block = Block::new(
    "gallery",
    "images",
    FIELDS,
    r#"{"items": [{"id": "one", "file": "/press.webp", "alt": "The press"}, {"id": "two", "file": "/type.webp", "alt": "Lead type"}], "columns": 2}"#,
    render,
);

const FIELDS: &[Field] = &[
    Field::new("items", FieldType::Items { fields: image::FIELDS, max: ITEMS_MAX }).write().form().required(),
    Field::new("columns", FieldType::Integer { min: 1, max: 6 }).write().form(),
];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let columns = data.number("columns").unwrap_or(3).clamp(1, 6);
    page.element("ul", &[("class", format!("gallery gallery-{columns}"))], |page| {
        data.items("items").for_each(|item| page.element("li", PLAIN, |page| image::render(page, &item)));
    });
}
