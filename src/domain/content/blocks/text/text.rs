//! Paragraphs, lists and whatever else Markdown has.

use crate::domain::content::render::{data::Data, page::Page};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, markdown},
};

/// The block.
pub static BLOCK: Block = Block::new("text", "align-left", FIELDS, r#"{"markdown": "We print on **Tuesdays**.", "lead": true}"#, render);

const FIELDS: &[Field] = &[markdown("markdown").required(), Field::new("lead", FieldType::Bool).write().form().nullable()];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let class = if data.is_set("lead", true) { "prose lead" } else { "prose" };
    page.element("div", &[("class", class)], |page| page.markdown(data.text("markdown")));
}
