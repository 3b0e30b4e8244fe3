//! A link that looks like a button.

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
);

const FIELDS: &[Field] = &[line("label").required(), href("link").required(), word("variant", &["primary", "secondary", "text"])];
