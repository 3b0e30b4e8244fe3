//! A table, as the rows of a table in Markdown.

use crate::domain::content::render::{data::Data, page::Page};
use crate::domain::content::{
    Field,
    block::{Block, line, markdown},
};

/// The block.
pub static BLOCK: Block =
    Block::new("table", "table", FIELDS, r#"{"markdown": "| Size | Price |\n| --- | --- |\n| A5 | 4 |", "caption": "Prices"}"#, render);

const FIELDS: &[Field] = &[markdown("markdown").required(), line("caption")];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    page.element("figure", &[("class", "table")], |page| {
        page.element("div", &[("class", "scroll")], |page| page.markdown(data.text("markdown")));
        page.line("figcaption", "", data.text("caption"));
    });
}
