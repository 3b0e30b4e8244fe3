//! A link that looks like a button.

use crate::domain::content::render::{
    data::Data,
    page::{PLAIN, Page},
};
use crate::domain::content::{
    Field,
    block::{Block, href, line, word},
};

/// The block.
pub static BLOCK: Block = Block::new(
    "button",
    "mouse-pointer-click",
    FIELDS,
    r#"{"label": "Write to us", "link": "mailto:desk@example.org", "variant": "primary"}"#,
    render,
);

/// How a button may look.
const VARIANTS: &[&str] = &["primary", "secondary", "text"];

const FIELDS: &[Field] = &[line("label").required(), href("link").required(), word("variant", VARIANTS)];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let variant = VARIANTS.iter().find(|variant| **variant == data.text("variant")).unwrap_or(&VARIANTS[0]);
    let class = format!("button button-{variant}");
    page.element("p", PLAIN, |page| page.link(data.text("link"), &class, |page| page.text(data.text("label"))));
}
