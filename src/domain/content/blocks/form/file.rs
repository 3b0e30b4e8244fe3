//! One file or several.

use crate::domain::{
    content::{
        Block, Field, FieldType, Shape,
        render::{data::Data, page::Page},
    },
    file::accept::Accepted,
    form::attachment::{FILES_MAX, SIZE_MAX},
};

use super::{HELP, LABEL, NAME, REQUIRED, SHOW_IF, control::Control, field, shaped};

/// The block.
pub static BLOCK: Block = field(
    "fileField",
    "paperclip",
    FIELDS,
    r#"{"label": "Your curriculum vitae", "name": "cv", "required": true, "accept": "pdf, docx", "maxSize": 5}"#,
    render,
);

const FIELDS: &[Field] = &[
    LABEL,
    NAME,
    HELP,
    REQUIRED,
    shaped("accept", Shape::FileTypes),
    Field::new("maxSize", FieldType::Integer { min: 1, max: SIZE_MAX }).write().form(),
    Field::new("maxFiles", FieldType::Integer { min: 1, max: FILES_MAX }).write().form(),
    SHOW_IF,
];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let control = Control::of(page, data);
    let accepted = Accepted::parse(data.text("accept")).unwrap_or_default().attribute();
    let several = if data.number("maxFiles").unwrap_or(1) > 1 { "multiple" } else { "" };
    control.single(page, data, |page| {
        let mut all = vec![("type", "file".to_owned())];
        all.extend(control.attributes(data));
        all.extend([("accept", accepted), ("multiple", several.to_owned())]);
        page.open("input", &all);
    });
}
