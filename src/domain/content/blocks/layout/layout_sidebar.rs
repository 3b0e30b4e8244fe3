//! The place of a sidebar.

use crate::domain::content::render::{data::Data, page::Page};
use crate::domain::{
    content::{Field, FieldType, block::Block, kinds::names},
    project::app::AppType,
};

/// The block.
pub static BLOCK: Block = Block {
    only: Some(AppType::SITE),
    holds_sidebar: true,
    ..Block::new("layoutSidebar", "panel-left", FIELDS, r#"{"sidebarId": "0190a1b2-0000-7000-8000-000000000001"}"#, render)
};

const FIELDS: &[Field] = &[Field::new("sidebarId", FieldType::Reference(names::SIDEBAR)).write().form().required()];

/// The tree of the sidebar is written by whoever writes trees.
const fn render(_: &mut Page<'_>, _: &Data<'_>) {}
