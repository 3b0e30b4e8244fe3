//! An image.

use crate::domain::content::render::{data::Data, page::Page};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, href, line},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "image",
    "image",
    FIELDS,
    r#"{"file": "file:0190a1b2-0000-7000-8000-000000000001", "alt": "The press, built in 1897", "caption": "Our press"}"#,
    render,
);

/// The fields of an image, which a gallery has, too.
pub(super) const FIELDS: &[Field] = &[
    Field::new("file", FieldType::Link).write().form().required().media("image"),
    line("alt"),
    Field::new("decorative", FieldType::Bool).write().form().nullable(),
    line("caption"),
    href("link"),
];

/// An image with its caption; without a file that is there, what stands for it.
pub(super) fn render(page: &mut Page<'_>, data: &Data<'_>) {
    page.element("figure", &[("class", "image")], |page| {
        let alt = if data.is_set("decorative", true) { "" } else { data.text("alt") };
        match page.picture(data.text("file")) {
            Some(source) => page.link(data.text("link"), "", |page| page.image(&source, alt)),
            None => page.line("p", "missing", alt),
        }
        page.line("figcaption", "", data.text("caption"));
    });
}
