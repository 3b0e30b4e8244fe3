//! What a tree has that was not there before, checked as a body is. The rest was stored before and stays as it is.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::domain::{
    content::{Context, Kind, blocks, path::Path},
    error::{Fault, Faults},
};

use super::{
    check::Check,
    parts::{self, id},
};

/// What the field of a fault begins with, before the id.
const PREFIX: &str = "part-";

/// Notes the faults of sections, columns and blocks in `after` that are not in `before` as they are. A fault's field begins with
/// `part-` and the id of what is at fault.
pub fn check(kind: &'static Kind, before: &[Value], after: &[Value], context: &Context, faults: &mut Faults) {
    let stored = all(before).map(|part| (id(part), part)).collect::<HashMap<_, _>>();
    for part in all(after) {
        let known = stored.get(id(part)).copied();
        if known.is_some_and(|known| own_fields(known) == own_fields(part)) {
            continue;
        }
        let name = of_part(id(part));
        let path = Path::root(&name);
        let mut part = Value::Object(own_fields(part));
        let mut check = Check::new(kind, context, faults);
        if !check.plain(&path, &part, 2) {
            continue;
        }
        if part.get("type").is_some() && part.get("data").is_some() {
            without_stored(&mut part, known);
            if known.is_none_or(|known| known.get("data") != part.get("data") || known.get("type") != part.get("type")) {
                check.block(&path, &mut part);
            }
        } else {
            check.styles(&path, part.as_object_mut().unwrap_or(&mut Map::new()));
        }
    }
}

/// The field of a fault of the part with this id.
pub fn of_part(id: &str) -> String {
    format!("{PREFIX}{id}")
}

/// The id of the part that a fault of [`check`] is about.
pub fn part_of(fault: &Fault) -> Option<&str> {
    fault.field.strip_prefix(PREFIX)?.split('.').next()
}

/// Every section, column and block.
fn all(tree: &[Value]) -> impl Iterator<Item = &Value> {
    let held = |section| parts::columns(section).iter().flat_map(|column| std::iter::once(column).chain(parts::blocks(column)));
    tree.iter().flat_map(move |section| std::iter::once(section).chain(held(section)))
}

/// A part without those that it holds.
fn own_fields(part: &Value) -> Map<String, Value> {
    let members = part.as_object().into_iter().flatten().filter(|(name, _)| !matches!(name.as_str(), "columns" | "blocks"));
    members.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Takes those keys of a block's data away that its type does not have and that were stored before: they are kept, and no fault.
fn without_stored(part: &mut Value, known: Option<&Value>) {
    let Some(block) = part.get("type").and_then(Value::as_str).and_then(blocks::of_type) else { return };
    let Some(stored) = known.and_then(|known| known.get("data")) else { return };
    if let Some(data) = part.get_mut("data").and_then(Value::as_object_mut) {
        data.retain(|name, value| block.field(name).is_some() || stored.get(name) != Some(value));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::content::{kinds::website_page, samples::context};

    #[test]
    fn only_what_is_new_is_checked() {
        let tree = |block: Value| vec![json!({"id": "s", "columns": [{"id": "c", "blocks": [block]}]})];
        let faults = |before: &Value, after: &Value| {
            let mut faults = Faults::default();
            check(&website_page::KIND, &tree(before.clone()), &tree(after.clone()), &context(), &mut faults);
            faults.0.into_iter().map(|fault| (fault.field, fault.code)).collect::<Vec<_>>()
        };
        let old = json!({"id": "b", "type": "heading", "data": {"text": "Sea", "old": 1, "level": 9}});
        assert_eq!(faults(&old, &old), []);
        let written = json!({"id": "b", "type": "heading", "data": {"text": "Lake", "old": 1, "level": 9}});
        assert_eq!(faults(&old, &written), [("part-b.data.level".to_owned(), "out_of_range")]);
        let empty = json!({"id": "b", "type": "heading", "data": {}});
        assert_eq!(faults(&old, &empty), [("part-b.data.text".to_owned(), "required")]);
        let strange = json!({"id": "x", "type": "strange", "data": {}});
        assert_eq!(faults(&old, &strange), [("part-x.type".to_owned(), "unknown_block")]);
        assert_eq!(faults(&strange, &strange), []);
    }
}
