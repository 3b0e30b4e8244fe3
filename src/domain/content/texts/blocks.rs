//! The blocks of a tree, and the texts in their data.

use serde_json::{Map, Value};

use super::super::{Field, FieldType, blocks::of_type, locale::READ_BY_PEOPLE};

/// A block, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockAt<'e> {
    /// The id of its section.
    pub section: &'e str,
    /// What the section is, if it says so.
    pub role: Option<&'e str>,
    /// The id of its column.
    pub column: &'e str,
    /// Its id.
    pub id: &'e str,
    /// Its type.
    pub kind: &'e str,
    data: &'e Value,
}

impl Eq for BlockAt<'_> {}

/// All blocks of a tree, in their order.
pub fn all(sections: &[Value]) -> impl Iterator<Item = BlockAt<'_>> {
    sections.iter().flat_map(|section| {
        let role = section.get("role").and_then(Value::as_str);
        items(section, "columns").flat_map(move |column| {
            items(column, "blocks").map(move |block| BlockAt {
                section: word(section, "id"),
                role,
                column: word(column, "id"),
                id: word(block, "id"),
                kind: word(block, "type"),
                data: block.get("data").unwrap_or(&Value::Null),
            })
        })
    })
}

fn items<'e>(of: &'e Value, name: &str) -> impl Iterator<Item = &'e Value> {
    of.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn word<'e>(of: &'e Value, name: &str) -> &'e str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

impl<'e> BlockAt<'e> {
    /// Hands on each text of its data that is searched: the member that it stands in, its language, if it says which, and itself. Of a block
    /// of an unknown type those that people read, as far as their names tell.
    pub fn texts(&self, mut take: impl FnMut(&'e str, Option<&'e str>, &'e str)) {
        let Value::Object(data) = self.data else { return };
        match of_type(self.kind) {
            Some(block) => each_text(block.fields, data, &mut take),
            None => guessed(data, &mut take),
        }
    }
}

fn each_text<'e>(fields: &'static [Field], data: &'e Map<String, Value>, take: &mut impl FnMut(&'e str, Option<&'e str>, &'e str)) {
    for field in fields {
        match (data.get(field.name), field.holds) {
            (Some(Value::Array(items)), FieldType::Items { fields, .. }) => {
                items.iter().filter_map(Value::as_object).for_each(|item| each_text(fields, item, take));
            }
            (Some(Value::Object(group)), FieldType::Group(fields)) => each_text(fields, group, take),
            (Some(value), _) if field.searchable => each_language(field.name, value, take),
            _ => {}
        }
    }
}

/// A text, or one for each language.
fn each_language<'e>(name: &'e str, value: &'e Value, take: &mut impl FnMut(&'e str, Option<&'e str>, &'e str)) {
    match value {
        Value::String(text) => take(name, None, text),
        Value::Object(map) => map.iter().for_each(|(tag, text)| text.as_str().into_iter().for_each(|text| take(name, Some(tag), text))),
        _ => {}
    }
}

fn guessed<'e>(data: &'e Map<String, Value>, take: &mut impl FnMut(&'e str, Option<&'e str>, &'e str)) {
    for (name, value) in data {
        if READ_BY_PEOPLE.contains(&name.as_str()) {
            each_language(name, value, take);
        } else {
            below(value, take);
        }
    }
}

fn below<'e>(value: &'e Value, take: &mut impl FnMut(&'e str, Option<&'e str>, &'e str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| below(item, take)),
        Value::Object(map) => guessed(map, take),
        _ => {}
    }
}
