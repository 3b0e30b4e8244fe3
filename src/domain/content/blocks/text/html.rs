//! HTML by hand. It is cleaned when it is rendered: no scripts, no styles, no forms.

use crate::domain::content::render::{data::Data, page::Page};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, MARKDOWN_MAX},
};

/// The block.
pub static BLOCK: Block =
    Block::new("html", "braces", FIELDS, r#"{"html": "<p>Printed by <abbr title=\"Northwind Press\">NP</abbr></p>"}"#, render);

const FIELDS: &[Field] = &[Field::new("html", FieldType::LocalizedBlock { max: MARKDOWN_MAX }).write().form().searchable().required()];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    page.cleaned(data.text("html"));
}
