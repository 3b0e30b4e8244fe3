//! A number, with or without a fraction.

use crate::domain::content::{
    Block, Field,
    render::{data::Data, page::Page},
};

use super::{HELP, LABEL, NAME, REQUIRED, SHOW_IF, control::Control, field, number};

/// The block.
pub static BLOCK: Block = field(
    "numberField",
    "list-ordered",
    FIELDS,
    r#"{"label": "How many copies?", "name": "copies", "min": 1, "max": 50, "step": 1}"#,
    render,
);

const FIELDS: &[Field] = &[LABEL, NAME, HELP, REQUIRED, number("min"), number("max"), number("step"), SHOW_IF];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let control = Control::of(page, data);
    let step = data.decimal("step");
    control.single(page, data, |page| {
        let mut all = vec![("type", "number".to_owned())];
        all.extend(control.attributes(data));
        all.extend([("min", data.decimal("min")), ("max", data.decimal("max"))]);
        all.extend([("step", if step.is_empty() { "any".to_owned() } else { step }), ("value", control.value(""))]);
        page.open("input", &all);
    });
}
