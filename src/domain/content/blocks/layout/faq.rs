//! Questions and their answers.

use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, ITEMS_MAX, line, markdown},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "faq",
    "circle-help",
    FIELDS,
    r#"{"items": [{"id": "one", "question": "Do you ship abroad?", "answer": "Yes, to **every** country."}]}"#,
    render,
);

const ITEM: &[Field] = &[line("question").required(), markdown("answer").required()];

const FIELDS: &[Field] = &[Field::new("items", FieldType::Items { fields: ITEM, max: ITEMS_MAX }).write().form().required()];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    page.element("div", &[("class", "faq")], |page| {
        for item in data.items("items") {
            page.element("details", PLAIN, |page| {
                page.line("summary", "", item.text("question"));
                page.element("div", &[("class", "prose")], |page| page.markdown(item.text("answer")));
            });
        }
    });
}
