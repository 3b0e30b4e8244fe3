//! What a form asks: each field is a block. What all fields have is here, and how they are drawn.

pub mod checkbox;
pub mod choice;
mod control;
pub mod file;
pub mod groups;
pub mod hidden;
pub mod line;
pub mod moment;
pub mod number;
pub mod page_break;
pub mod rating;
pub mod textarea;

use crate::domain::{
    content::{
        Field, FieldType, Shape,
        block::{Block, line as text, word},
        render::{data::Data, page::Page},
    },
    project::app::AppType,
};

/// Most characters that one answer may have.
pub const ANSWER_MAX: i64 = 20_000;
/// Most options of a list.
pub const OPTIONS_MAX: usize = 200;
/// Most conditions of a field.
const CONDITIONS_MAX: usize = 10;
/// Most characters of the name or the value of an option or of a condition.
const VALUE_MAX: usize = 200;

/// When a condition holds of what was answered to the field that it names.
pub const IS: &[&str] = &["equals", "differs", "contains", "filled", "empty"];

/// The question itself.
const LABEL: Field = text("label").required();
/// What its answer is called in a submission; its id for want of a name.
const NAME: Field = Field::new("name", FieldType::Slug).write().form().nullable();
/// A hint below the label.
const HELP: Field = text("help");
/// Whether there must be an answer.
const REQUIRED: Field = flag("required");
/// It is asked only if all of these hold. They look at fields before it; what names none of these does not count.
const SHOW_IF: Field = Field::new("showIf", FieldType::Items { fields: CONDITION, max: CONDITIONS_MAX }).write().form();

const CONDITION: &[Field] = &[short("field").required(), word("is", IS).required(), short("value")];

/// What a list offers.
const OPTIONS: Field = Field::new("options", FieldType::Items { fields: OPTION, max: OPTIONS_MAX }).write().form().required();
/// What is shown, and what is stored if it is chosen; its id for want of a value.
const OPTION: &[Field] = &[LABEL, short("value")];

const fn short(name: &'static str) -> Field {
    Field::new(name, FieldType::Line { max: VALUE_MAX }).write().form()
}

const fn flag(name: &'static str) -> Field {
    Field::new(name, FieldType::Bool).write().form().nullable()
}

const fn length(name: &'static str) -> Field {
    Field::new(name, FieldType::Integer { min: 1, max: ANSWER_MAX }).write().form()
}

const fn number(name: &'static str) -> Field {
    Field::new(name, FieldType::Number).write().form()
}

const fn shaped(name: &'static str, shape: Shape) -> Field {
    Field::new(name, FieldType::Shaped(shape)).write().form()
}

/// A block that only a form holds.
const fn field(
    name: &'static str,
    icon: &'static str,
    fields: &'static [Field],
    example: &'static str,
    render: fn(&mut Page<'_>, &Data<'_>),
) -> Block {
    Block { only: Some(AppType::Forms), ..Block::new(name, icon, fields, example, render) }
}
