//! A mark from 1 to the end of a scale.

use crate::domain::content::{
    Block, Field, FieldType,
    render::{data::Data, page::Page},
};

use super::{HELP, LABEL, NAME, REQUIRED, SHOW_IF, control::Control, field};

/// The block.
pub static BLOCK: Block = field(
    "ratingField",
    "swatch-book",
    FIELDS,
    r#"{"label": "How did you like it?", "name": "rating", "scale": 5, "help": "1 is not at all, 5 is very much."}"#,
    render,
);

/// The end of a scale, for want of one.
pub const SCALE: i64 = 5;

const FIELDS: &[Field] =
    &[LABEL, NAME, HELP, REQUIRED, Field::new("scale", FieldType::Integer { min: 2, max: 10 }).write().form(), SHOW_IF];

fn render(page: &mut Page<'_>, data: &Data<'_>) {
    let marks: Vec<_> = (1..=data.number("scale").unwrap_or(SCALE)).map(|mark| mark.to_string()).collect();
    Control::of(page, data).several(page, data, "radio", marks.iter().map(|mark| (mark.clone(), mark.as_str())));
}
