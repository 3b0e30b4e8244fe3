//! What nobody sees and is sent along: where somebody came from, which page it was.

use crate::domain::content::{
    Block, Field,
    render::{data::Data, page::Page},
};

use super::{NAME, control::Control, field, short};

/// The block.
pub static BLOCK: Block = field("hiddenField", "eye-off", FIELDS, r#"{"name": "campaign", "value": "spring"}"#, render);

const FIELDS: &[Field] = &[NAME, short("value")];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let control = Control::of(page, data);
    page.open("input", &[("type", "hidden"), ("name", &control.name), ("value", &control.value(data.text("value")))]);
}
