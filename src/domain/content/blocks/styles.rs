//! How a section, a column or a block looks: words, which a site's stylesheet gives a meaning. No lengths and no colors, so that content
//! fits every branding.

use serde_json::{Map, Value};

use crate::domain::{
    content::{
        Context, Field, FieldType,
        block::{word, write_fields},
        path::Path,
    },
    error::Faults,
};

const SPACE: &[&str] = &["none", "small", "medium", "large"];

/// Where something is shown; what is left out is shown.
const VISIBILITY: &[Field] = &[
    Field::new("phone", FieldType::Bool).write().form().nullable(),
    Field::new("tablet", FieldType::Bool).write().form().nullable(),
    Field::new("desktop", FieldType::Bool).write().form().nullable(),
];

/// The members of `styles`.
pub const STYLES: &[Field] = &[
    word("spacingTop", SPACE),
    word("spacingBottom", SPACE),
    word("width", &["narrow", "normal", "wide", "full"]),
    word("align", &["start", "center", "end"]),
    word("background", &["none", "muted", "primary", "inverse"]),
    word("border", &["none", "line", "card"]),
    Field::new("visibility", FieldType::Group(VISIBILITY)).write().form(),
    Field::new("anchor", FieldType::Slug).write().form().nullable(),
];

/// Writes `styles` over those of a block, a column or a section; null takes one away.
pub(in crate::domain::content) fn write(
    (stored, styles): (&mut Map<String, Value>, Map<String, Value>),
    path: &Path,
    context: &Context,
    faults: &mut Faults,
) {
    write_fields(STYLES, (stored, styles), path, context, faults);
}
