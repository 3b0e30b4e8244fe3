//! What must not be overlooked.

use crate::domain::content::render::{data::Data, page::Page};
use crate::domain::content::{
    Field,
    block::{Block, line, markdown, word},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "callout",
    "info",
    FIELDS,
    r#"{"tone": "warning", "title": "Closed in August", "markdown": "We are back in September."}"#,
    render,
);

/// What a callout may be.
pub const TONES: &[&str] = &["info", "success", "warning", "danger"];

const FIELDS: &[Field] = &[word("tone", TONES), line("title"), markdown("markdown").required()];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let tone = TONES.iter().find(|tone| **tone == data.text("tone")).unwrap_or(&TONES[0]);
    page.element("aside", &[("class", format!("callout callout-{tone}"))], |page| {
        page.line("p", "callout-title", data.text("title"));
        page.element("div", &[("class", "prose")], |page| page.markdown(data.text("markdown")));
    });
}
