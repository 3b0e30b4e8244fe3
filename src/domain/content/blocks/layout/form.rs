//! A form of the project.

use crate::domain::content::{Field, FieldType, block::Block};

/// The block.
pub static BLOCK: Block = Block::new("form", "clipboard-list", FIELDS, r#"{"formId": "0190a1b2-0000-7000-8000-000000000001"}"#);

const FIELDS: &[Field] = &[Field::new("formId", FieldType::Reference("form")).write().form().required()];
