//! What is done with stored values by the descriptors of their fields: a value is written over another, or shown in one language.

use serde_json::{Map, Value};

use super::{Field, FieldType, Locales, locale};

/// The languages that localized values are written into: that of plain text and null, if it is named, among those of the project.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) locale: Option<&'a str>,
    pub(super) locales: &'a Locales<'a>,
}

/// What stands in a stored object for a field that nobody gave.
pub(super) fn nothing(field: &Field) -> Value {
    match field.holds {
        FieldType::Tags | FieldType::Origins | FieldType::Items { .. } | FieldType::References { .. } => Value::Array(Vec::new()),
        FieldType::Group(_) => Value::Object(Map::new()),
        FieldType::Bool if !field.nullable => Value::Bool(false),
        _ => Value::Null,
    }
}

/// Writes a checked value over a stored one.
pub(super) fn merge(field: &Field, stored: &mut Value, value: Value, into: Target) {
    match (field.holds, stored, value) {
        (_, stored, value) if field.localized() => locale::merge(stored, value, into.locale, into.locales),
        (FieldType::Group(fields), Value::Object(stored), Value::Object(members)) => merge_group(fields, stored, members, into),
        (FieldType::Group(fields), Value::Object(stored), Value::Null) if into.locale.is_some() => {
            let nulls = fields.iter().map(|field| (field.name.to_owned(), Value::Null)).collect();
            merge_group(fields, stored, nulls, into);
        }
        (FieldType::Group(fields), stored @ Value::Null, Value::Object(members)) => {
            let mut group = Map::new();
            merge_group(fields, &mut group, members, into);
            *stored = if group.is_empty() { Value::Null } else { Value::Object(group) };
        }
        (FieldType::Items { fields, .. }, stored, Value::Array(items)) => merge_items(fields, stored, items, into),
        (FieldType::Group(_), stored, Value::Null) => *stored = nothing(field),
        (_, stored, value) => *stored = value,
    }
}

/// A group holds only what was given: null takes a member away.
pub(super) fn merge_group(fields: &[Field], stored: &mut Map<String, Value>, members: Map<String, Value>, into: Target) {
    for (name, value) in members {
        let Some(field) = fields.iter().find(|field| field.name == name) else { continue };
        let slot = stored.entry(field.name).or_insert(Value::Null);
        merge(field, slot, value, into);
        if slot.is_null() {
            stored.shift_remove(field.name);
        }
    }
}

/// Items are those that are given now, in this order; one with a known id keeps what it has beside what is given.
fn merge_items(fields: &[Field], stored: &mut Value, items: Vec<Value>, into: Target) {
    let mut before: Vec<Map<String, Value>> = match stored.take() {
        Value::Array(items) => {
            items.into_iter().filter_map(|item| if let Value::Object(item) = item { Some(item) } else { None }).collect()
        }
        _ => Vec::new(),
    };
    let one = |item: Value| {
        let Value::Object(mut item) = item else { return item };
        let id = item.shift_remove("id").unwrap_or_default();
        let known = before.iter().position(|known| known.get("id") == Some(&id)).map(|at| before.swap_remove(at));
        let mut kept = known.unwrap_or_else(|| Map::from_iter([("id".to_owned(), id)]));
        merge_group(fields, &mut kept, item, into);
        Value::Object(kept)
    };
    *stored = Value::Array(items.into_iter().map(one).collect());
}

/// Turns a stored value into that of one language.
pub(super) fn flatten(field: &Field, value: &mut Value, locale: &str, locales: &Locales) {
    let members = |fields: &[Field], map: &mut Map<String, Value>| {
        for field in fields {
            if let Some(value) = map.get_mut(field.name) {
                flatten(field, value, locale, locales);
            }
        }
    };
    match (field.holds, value) {
        (_, value) if field.localized() => locale::flatten(value, locale, locales),
        (FieldType::Group(fields), Value::Object(map)) => members(fields, map),
        (FieldType::Items { fields, .. }, Value::Array(items)) => {
            items.iter_mut().filter_map(Value::as_object_mut).for_each(|item| members(fields, item));
        }
        _ => {}
    }
}
