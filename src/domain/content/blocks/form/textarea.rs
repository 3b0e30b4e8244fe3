//! A text of several lines.

use crate::domain::content::{
    Block, Field,
    render::{data::Data, page::Page},
};

use super::{HELP, LABEL, NAME, REQUIRED, SHOW_IF, control::Control, field, length};

/// The block.
pub static BLOCK: Block = field(
    "textareaField",
    "align-left",
    FIELDS,
    r#"{"label": "Your message", "name": "message", "required": true, "minLength": 10, "maxLength": 2000}"#,
    render,
);

const FIELDS: &[Field] = &[LABEL, NAME, HELP, REQUIRED, length("minLength"), length("maxLength"), SHOW_IF];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let control = Control::of(page, data);
    control.single(page, data, |page| {
        let mut all = control.attributes(data);
        all.extend([("rows", "6".to_owned()), ("minlength", data.decimal("minLength")), ("maxlength", data.decimal("maxLength"))]);
        // HTML drops one line break at the start.
        page.element("textarea", &all, |page| page.text(&format!("\n{}", control.value(""))));
    });
}
