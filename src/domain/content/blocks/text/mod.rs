//! Blocks that are read: headings, paragraphs, quotations, code, tables.

pub mod callout;
pub mod code;
pub mod heading;
pub mod html;
pub mod quote;
pub mod table;
#[allow(clippy::module_inception)]
pub mod text;
