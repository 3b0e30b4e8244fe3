//! A form of the project.

use crate::domain::content::render::{data::Data, page::Page};
use crate::domain::{
    content::{Field, FieldType, block::Block, kinds::names::FORM},
    project::app::AppType,
};

/// The block. A form holds no other.
pub static BLOCK: Block = Block {
    never: Some(AppType::Forms),
    ..Block::new("form", "clipboard-list", FIELDS, r#"{"formId": "0190a1b2-0000-7000-8000-000000000001"}"#, render)
};

const FIELDS: &[Field] = &[Field::new("formId", FieldType::Reference(FORM)).write().form().required()];

/// The form, which is sent to where it is hosted; nothing, where it is gone.
fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let id = data.text("formId");
    page.element("div", &[("class", "form"), ("data-form", id)], |page| {
        page.form(id);
    });
}
