//! A quotation and who said it.

use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, MARKDOWN_MAX, href, line},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "quote",
    "quote",
    FIELDS,
    r#"{"text": "The best paper in town.", "cite": "A reader", "link": "https://example.org/letters"}"#,
    render,
);

const FIELDS: &[Field] = &[
    Field::new("text", FieldType::LocalizedBlock { max: MARKDOWN_MAX }).write().form().searchable().required(),
    line("cite"),
    href("link"),
];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    page.element("figure", &[("class", "quote")], |page| {
        let source = page.resolve(data.text("link")).unwrap_or_default();
        page.element("blockquote", &[("cite", &source)], |page| data.text("text").split("\n\n").for_each(|part| page.line("p", "", part)));
        if !data.text("cite").is_empty() {
            page.element("figcaption", PLAIN, |page| page.link(data.text("link"), "", |page| page.line("cite", "", data.text("cite"))));
        }
    });
}
