//! Parameters of queries that several routes of content take, and how they are read.

use crate::{
    domain::{Result, error::Fault, text},
    http::{api::query::Param, base::bearer::call::ApiCall},
};

/// The kind of an entry and its id, where the path names neither.
pub(super) const OF_ENTRY: &[Param] = &[
    Param {
        name: "contentType",
        help: "The kind of the entry.",
        schema: r#"{"type": "string", "pattern": "{contentType}"}"#,
        required: true,
    },
    Param { name: "contentId", help: "The entry.", schema: r#"{"type": "string", "format": "uuid"}"#, required: true },
];

/// The language in which texts are asked for, or written.
pub(super) const LOCALE: &[Param] = &[locale_param(
    "Texts in this language, with fallback to the project's default. A write in it keeps the other languages; a text that is only the fallback is not stored.",
)];

/// The language in which texts are asked for.
pub(super) const fn locale_param(help: &'static str) -> Param {
    let schema = r#"{"type": "string", "maxLength": 35, "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}"#;
    Param { name: "locale", help, schema, required: false }
}

/// Whether content comes as HTML, too.
pub(super) const fn render_param(help: &'static str) -> Param {
    Param { name: "render", help, schema: r#"{"type": "string", "enum": ["html"]}"#, required: false }
}

/// The language, where one is named.
///
/// # Errors
/// Invalid, where it is not a tag of one.
pub(super) fn locale(call: &ApiCall) -> Result<Option<String>> {
    Ok(call.query("locale").map(|tag| text::locale("locale", tag)).transpose()?)
}

/// Whether content is asked for as HTML.
///
/// # Errors
/// Invalid, where it is asked for as something else.
pub(super) fn as_html(call: &ApiCall) -> Result<bool> {
    match call.query("render") {
        None => Ok(false),
        Some("html") => Ok(true),
        Some(_) => Err(Fault::new("render", "malformed", "render must be html.").into()),
    }
}
