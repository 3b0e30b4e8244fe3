//! A content tree as a document.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::domain::content::{
    Field, Locales,
    block::Block,
    blocks::{of_type, styles::STYLES},
    locale::is_blank,
    tree::parts::{self, id},
};

use super::{
    attribute::token,
    ids::Ids,
    line::{escaped, labelled, remark},
    shape::{body_of, is_text, items_of, labels_of, plain},
};

/// In which languages a document shows a tree.
#[derive(Debug, Clone, Copy)]
pub struct ShownLocales<'a> {
    /// The language that is written.
    pub locale: &'a str,
    /// One that is shown beside it, for the reader alone.
    pub second: Option<&'a str>,
    /// The languages of the project.
    pub locales: Locales<'a>,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its id.
    pub id: String,
    /// The line of its section.
    pub section: String,
    /// The line of its column, where the section has several.
    pub column: String,
    /// Its own lines; none for a section, or a column, without blocks.
    pub text: String,
}

/// Every block of a tree, in its order. A section without blocks is told, too.
pub fn pieces(tree: &[Value], shown: &ShownLocales<'_>) -> Vec<Piece> {
    let ids = Ids::new(parts::ids(tree));
    let mut all = Vec::new();
    for section in tree {
        let columns = parts::columns(section);
        let line = format!("::section {}{}\n", ids.short(id(section)), section_attributes(section));
        let mut piece = |column: &str, id: &str, text: String| {
            all.push(Piece { id: id.to_owned(), section: line.clone(), column: column.to_owned(), text });
        };
        if columns.is_empty() {
            piece("", "", String::new());
        }
        for column in columns {
            let line = if columns.len() > 1 { format!("::column {}\n", ids.short(id(column))) } else { String::new() };
            if parts::blocks(column).is_empty() {
                piece(&line, "", String::new());
            }
            parts::blocks(column).iter().for_each(|block| piece(&line, id(block), part(block, ids.short(id(block)), shown)));
        }
    }
    all
}

/// The role and the looks of a section.
fn section_attributes(section: &Value) -> String {
    let role = section.get("role").and_then(Value::as_str).map(|role| format!(" role={}", token(&ROLE, &role.into())));
    role.unwrap_or_default() + &style_attributes(section)
}

/// What a section is; a word that a site gives a meaning.
pub(super) const ROLE: Field = Field::new("role", crate::domain::content::FieldType::Line { max: 64 });

fn style_attributes(part: &Value) -> String {
    let styles = part.get("styles").and_then(Value::as_object).into_iter().flatten();
    let known = styles.filter_map(|(name, value)| Some((STYLES.iter().find(|field| field.name == name)?, value)));
    known.map(|(field, value)| format!(" style.{}={}", field.name, token(field, value))).collect()
}

/// The block that a part is, if it is one that can be written.
pub(super) fn writable(part: &Value) -> Option<(&'static Block, &Map<String, Value>)> {
    let block = part.get("type").and_then(Value::as_str).and_then(of_type)?;
    let data = part.get("data")?.as_object()?;
    let items = items_of(block).and_then(|(field, _)| data.get(field.name));
    let have_ids = |items: &Value| {
        let items = items.as_array().map_or(&[][..], Vec::as_slice);
        let ids: HashSet<_> = items.iter().map(id).filter(|id| !id.is_empty()).collect();
        ids.len() == items.len()
    };
    items.is_none_or(have_ids).then_some((block, data))
}

fn part(part: &Value, short: &str, shown: &ShownLocales<'_>) -> String {
    let Some((block, data)) = writable(part) else {
        let kind = part.get("type").and_then(Value::as_str).unwrap_or_default();
        return format!("::locked {short} type={}\n", token(&ROLE, &kind.into()));
    };
    let mut out = format!("::{} {short}{}{}\n", block.name, attributes(block.fields, data, shown), style_attributes(part));
    let body = body_of(block);
    for field in labels_of(block.fields) {
        if body == Some(field) {
            write_text(field, data, shown, ("", &mut out), |text, out| escaped(text, block.fields, out));
        } else {
            write_text(field, data, shown, ("", &mut out), |text, out| labelled("", field.name, text, out));
        }
    }
    if let Some((field, fields)) = items_of(block) {
        let items = data.get(field.name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let ids = Ids::new(items.iter().map(id));
        items.iter().filter_map(|item| Some((ids.short(id(item)), item.as_object()?))).for_each(|one| item(one, fields, shown, &mut out));
    }
    out
}

fn item((short, item): (&str, &Map<String, Value>), fields: &'static [Field], shown: &ShownLocales<'_>, out: &mut String) {
    let mut lines = String::new();
    for field in labels_of(fields) {
        write_text(field, item, shown, ("  ", &mut lines), |text, out| labelled("  ", field.name, text, out));
    }
    out.push_str("- ");
    out.push_str(short);
    let attributes = attributes(fields, item, shown);
    out.push_str(&attributes);
    // The first text stands on the same line, where nothing is between.
    if attributes.is_empty() && lines.starts_with("  ") && !lines.starts_with("  %%") {
        out.push_str(&lines[1..]);
    } else {
        out.push('\n');
        out.push_str(&lines);
    }
}

/// What is no text: with a blank before each.
fn attributes(fields: &'static [Field], data: &Map<String, Value>, shown: &ShownLocales<'_>) -> String {
    let plain = fields.iter().filter(|field| !is_text(field) && items_field(field).is_none());
    let value = |field: &Field| {
        let stored = data.get(field.name)?;
        if field.localized() { own(stored, shown.locale, &shown.locales).map(Value::from) } else { Some(stored.clone()) }
    };
    plain.filter_map(|field| Some(format!(" {}={}", field.name, token(field, &value(field).filter(|value| !value.is_null())?)))).collect()
}

pub(super) fn items_field(field: &Field) -> Option<&'static [Field]> {
    if let crate::domain::content::FieldType::Items { fields, .. } = field.holds { Some(fields) } else { None }
}

/// What is written in a language of a stored text, and nothing that is shown for want of it.
pub(super) fn own<'v>(stored: &'v Value, locale: &str, locales: &Locales<'_>) -> Option<&'v str> {
    let text = match stored {
        Value::Object(map) => map.get(locale)?.as_str(),
        Value::String(text) if locale == locales.default => Some(text.as_str()),
        _ => None,
    };
    text.filter(|text| !is_blank(text))
}

/// The text of a field as a document tells it.
pub(super) fn text_in(field: &Field, data: &Map<String, Value>, locale: &str, locales: &Locales<'_>) -> Option<String> {
    let stored = data.get(field.name)?;
    let text = if field.localized() { own(stored, locale, locales)? } else { stored.as_str().filter(|text| !is_blank(text))? };
    Some(plain(text))
}

/// Writes the text of a field; what is missing is said, with what is there instead.
fn write_text(
    field: &'static Field,
    data: &Map<String, Value>,
    shown: &ShownLocales<'_>,
    (indent, out): (&str, &mut String),
    write: impl Fn(&str, &mut String),
) {
    match text_in(field, data, shown.locale, &shown.locales) {
        Some(text) => write(&text, out),
        None if field.localized() => missing(field, data, shown, (indent, out)),
        None => {}
    }
    let second = shown.second.filter(|_| field.localized());
    if let Some((second, text)) = second.and_then(|second| Some((second, text_in(field, data, second, &shown.locales)?))) {
        remark(indent, &format!("{second}: {}", field.name), &text, out);
    }
}

fn missing(field: &'static Field, data: &Map<String, Value>, shown: &ShownLocales<'_>, (indent, out): (&str, &mut String)) {
    let others = std::iter::once(shown.locales.default).chain(shown.locales.enabled.iter().map(String::as_str));
    let mut there = others.filter_map(|tag| Some((tag, text_in(field, data, tag, &shown.locales)?)));
    if let Some((tag, text)) = there.next() {
        remark(indent, &format!("missing in {}: {}; {tag}", shown.locale, field.name), &text, out);
    }
}
