//! Fields that offer options: one of a list, one of several buttons, several boxes.

use crate::domain::content::{
    Block, Field,
    render::{data::Data, page::Page},
};

use super::{HELP, LABEL, NAME, OPTIONS, REQUIRED, SHOW_IF, control::Control, field};

/// One of a list.
pub static SELECT: Block = field(
    "selectField",
    "list",
    FIELDS,
    r#"{"label": "Subject", "name": "subject", "required": true, "options": [{"id": "order", "label": "An order", "value": "order"}, {"id": "press", "label": "The press", "value": "press"}]}"#,
    select,
);

/// One of several buttons.
pub static RADIO: Block = field(
    "radioField",
    "circle-check",
    FIELDS,
    r#"{"label": "How shall we answer?", "name": "answer-by", "options": [{"id": "mail", "label": "By e-mail", "value": "email"}, {"id": "phone", "label": "By phone", "value": "phone"}]}"#,
    |page, data| Control::of(page, data).several(page, data, "radio", options(data)),
);

/// Several boxes.
pub static CHECKBOXES: Block = field(
    "checkboxesField",
    "square-check",
    FIELDS,
    r#"{"label": "What do you read?", "name": "reads", "options": [{"id": "a", "label": "Novels", "value": "novels"}, {"id": "b", "label": "Atlases", "value": "atlases"}]}"#,
    |page, data| Control::of(page, data).several(page, data, "checkbox", options(data)),
);

const FIELDS: &[Field] = &[LABEL, NAME, HELP, REQUIRED, OPTIONS, SHOW_IF];

/// Each option: what is stored, and what is shown.
fn options<'d>(data: &Data<'d>) -> impl Iterator<Item = (String, &'d str)> + use<'d> {
    data.items("options").map(|option| {
        let value = Some(option.text("value")).filter(|value| !value.is_empty()).unwrap_or(option.text("id"));
        (value.to_owned(), option.text("label"))
    })
}

fn select(page: &mut Page<'_>, data: &Data<'_>) {
    let control = Control::of(page, data);
    control.single(page, data, |page| {
        page.element("select", &control.attributes(data), |page| {
            page.option("", false, "");
            for (value, text) in options(data) {
                page.option(&value, control.has(&value), text);
            }
        });
    });
}
