//! The objects of an archived entry with what is said of their members: the entry itself, groups, items, and the data of each block.

use serde_json::{Map, Value};

use crate::domain::content::{Field, FieldType, Kind, blocks};

/// What is said of an object.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape<'a> {
    /// It holds these fields.
    Fields(&'static [Field]),
    /// It holds an id, and these fields.
    Item(&'static [Field]),
    /// It is the data of a block of this type, which nobody knows here.
    Unknown(&'a str),
}

impl Shape<'_> {
    /// The fields that are known of it.
    pub(super) const fn fields(self) -> &'static [Field] {
        match self {
            Self::Fields(fields) | Self::Item(fields) => fields,
            Self::Unknown(_) => &[],
        }
    }
}

/// What is done with an object: its place as a JSON pointer (RFC 6901), what is said of it, and its members.
pub(super) type Each<'a> = &'a mut dyn FnMut(&str, Shape<'_>, &mut Map<String, Value>);

/// Does something with every object of an entry, the outer ones first.
pub(super) fn each(kind: &Kind, entry: &mut Map<String, Value>, with: Each<'_>) {
    object("", Shape::Fields(kind.fields), entry, with);
}

fn object(at: &str, shape: Shape<'_>, members: &mut Map<String, Value>, with: Each<'_>) {
    with(at, shape, members);
    for field in shape.fields() {
        let Some(value) = members.get_mut(field.name) else { continue };
        let at = format!("{at}/{}", field.name);
        match (field.holds, value) {
            (FieldType::Group(fields), Value::Object(group)) => object(&at, Shape::Fields(fields), group, with),
            (FieldType::Items { fields, .. }, Value::Array(items)) => {
                for (index, item) in objects(items) {
                    object(&format!("{at}/{index}"), Shape::Item(fields), item, with);
                }
            }
            (FieldType::Tree, Value::Array(sections)) => tree(&at, sections, with),
            _ => {}
        }
    }
}

fn tree(at: &str, sections: &mut [Value], with: Each<'_>) {
    for (section, columns) in parts(sections, "columns") {
        for (column, blocks) in parts(columns, "blocks") {
            for (index, block) in objects(blocks) {
                let at = format!("{at}/{section}/columns/{column}/blocks/{index}/data");
                let name = block.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
                let Some(data) = block.get_mut("data").and_then(Value::as_object_mut) else { continue };
                match blocks::of_type(&name) {
                    Some(known) => object(&at, Shape::Fields(known.fields), data, with),
                    None => with(&at, Shape::Unknown(&name), data),
                }
            }
        }
    }
}

/// Each part with the parts that it holds under `name`.
fn parts<'v>(of: &'v mut [Value], name: &'static str) -> impl Iterator<Item = (usize, &'v mut Vec<Value>)> {
    objects(of).filter_map(move |(index, part)| Some((index, part.get_mut(name)?.as_array_mut()?)))
}

fn objects(of: &mut [Value]) -> impl Iterator<Item = (usize, &mut Map<String, Value>)> {
    of.iter_mut().enumerate().filter_map(|(index, one)| Some((index, one.as_object_mut()?)))
}
