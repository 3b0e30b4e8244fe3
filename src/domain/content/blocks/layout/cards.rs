//! Cards side by side, each with a title and perhaps a text, an image and a link.

use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, ITEMS_MAX, MARKDOWN_MAX, href, line},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "cards",
    "layout-grid",
    FIELDS,
    r#"{"items": [{"id": "one", "title": "Subscribe", "text": "Four issues a year.", "image": "/issue.webp", "link": "/subscribe"}]}"#,
    render,
);

const ITEM: &[Field] = &[
    line("title").required(),
    Field::new("text", FieldType::LocalizedBlock { max: MARKDOWN_MAX }).write().form().searchable(),
    Field::new("image", FieldType::Link).write().form().media("image"),
    href("link"),
];

const FIELDS: &[Field] = &[Field::new("items", FieldType::Items { fields: ITEM, max: ITEMS_MAX }).write().form().required()];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    page.element("ul", &[("class", "cards")], |page| {
        for item in data.items("items") {
            page.element("li", &[("class", "card")], |page| {
                if let Some(source) = page.picture(item.text("image")) {
                    page.image(&source, "");
                }
                page.element("h3", PLAIN, |page| page.link(item.text("link"), "", |page| page.text(item.text("title"))));
                page.line("p", "", item.text("text"));
            });
        }
    });
}
