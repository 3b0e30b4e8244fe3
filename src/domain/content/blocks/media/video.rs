//! A film, from a file or from elsewhere.

use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};
use crate::domain::content::{
    Field, FieldType,
    block::{Block, line},
};

/// The block.
pub static BLOCK: Block = Block {
    one_of: &["file", "url"],
    ..Block::new(
        "video",
        "video",
        FIELDS,
        r#"{"url": "https://example.org/press.mp4", "title": "How a page is printed", "captions": {"en": "/press.en.vtt", "fr": "/press.fr.vtt"}}"#,
        render,
    )
};

const FIELDS: &[Field] = &[
    Field::new("file", FieldType::Link).write().form().media("film"),
    Field::new("url", FieldType::Link).write().form(),
    line("title").required(),
    Field::new("poster", FieldType::Link).write().form().media("image"),
    Field::new("captions", FieldType::LocalizedLink).write().form().media("text"),
];

/// A film that the browser plays itself. What is no file is linked: no page of ours loads anything from elsewhere by itself but what is named.
fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let file = page.resolve(data.text("file"));
    let source = file.clone().or_else(|| page.resolve(data.text("url")));
    page.element("figure", &[("class", "video")], |page| match source {
        Some(source) if (file.is_some() || plays(&source)) && page.links().loads(&source) => {
            let poster = page.resolve(data.text("poster")).unwrap_or_default();
            let attributes = [("src", source.as_str()), ("poster", &poster), ("title", data.text("title")), ("controls", "controls")];
            page.element("video", &attributes, |page| {
                for (tag, captions) in data.by_language("captions") {
                    if let Some(captions) = page.resolve(captions) {
                        page.open("track", &[("kind", "captions"), ("srclang", tag), ("src", &captions)]);
                    }
                }
            });
            page.line("figcaption", "", data.text("title"));
        }
        Some(_) => page.element("p", PLAIN, |page| page.link(data.text("url"), "", |page| page.text(data.text("title")))),
        None => page.line("p", "missing", data.text("title")),
    });
}

/// Whether an address is that of a film, by its ending.
fn plays(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".mp4", ".webm", ".ogv", ".mov"].iter().any(|ending| path.ends_with(ending))
}
