//! A listing. It is the same in every language.

use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, MARKDOWN_MAX, line},
};

/// The block.
pub static BLOCK: Block =
    Block::new("code", "code", FIELDS, r#"{"code": "print('hello')\n", "language": "python", "caption": "A first program"}"#, render);

const FIELDS: &[Field] = &[
    Field::new("code", FieldType::Block { max: MARKDOWN_MAX }).write().form().searchable().required(),
    Field::new("language", FieldType::Line { max: 40 }).write().form(),
    line("caption"),
];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    page.element("figure", &[("class", "code")], |page| {
        let language = data.text("language");
        let class = if language.is_empty() { String::new() } else { format!("language-{language}") };
        page.element("pre", PLAIN, |page| page.element("code", &[("class", &class)], |page| page.text(data.text("code"))));
        page.line("figcaption", "", data.text("caption"));
    });
}
