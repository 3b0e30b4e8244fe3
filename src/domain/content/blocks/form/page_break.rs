//! Where a long form begins a new part.

use crate::domain::content::{
    Block, Field,
    block::line,
    render::{
        data::Data,
        page::{PLAIN, Page},
    },
};

use super::field;

/// The block.
pub static BLOCK: Block = field("pageBreak", "minus", FIELDS, r#"{"title": "About your order"}"#, render);

const FIELDS: &[Field] = &[line("title")];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    page.open("hr", PLAIN);
    if !data.text("title").is_empty() {
        page.heading(2, "", data.text("title"));
    }
}
