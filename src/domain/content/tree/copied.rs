//! Parts of a tree once more, without their ids: where they are put they get new ones. All languages come along.

use serde_json::{Map, Value};

use super::parts;

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// A block.
    Block(Map<String, Value>),
    /// A section, with all that it holds.
    Section(Map<String, Value>),
}

impl Copied {
    /// What this is: only a section has columns.
    pub fn of(part: Map<String, Value>) -> Self {
        if part.contains_key("columns") { Self::Section(part) } else { Self::Block(part) }
    }
}

/// The block of this id, as a new one.
pub fn block(sections: &[Value], id: &str) -> Option<Map<String, Value>> {
    let spot = parts::find_block(sections, id)?;
    parts::block(sections, &spot).cloned().and_then(new)
}

/// The section of this id, with all that it holds, as a new one.
pub fn section(sections: &[Value], id: &str) -> Option<Map<String, Value>> {
    sections.get(parts::find_section(sections, id)?).cloned().and_then(new)
}

fn new(mut part: Value) -> Option<Map<String, Value>> {
    forget_ids(&mut part);
    match part {
        Value::Object(part) => Some(part),
        _ => None,
    }
}

/// Takes the ids of a part away, those of the parts that it holds, and those of the items of a block.
fn forget_ids(part: &mut Value) {
    let Some(part) = part.as_object_mut() else { return };
    part.shift_remove("id");
    for (name, value) in part {
        match (name.as_str(), value) {
            ("columns" | "blocks", Value::Array(held)) => held.iter_mut().for_each(forget_ids),
            ("data", Value::Object(data)) => {
                let items = data.values_mut().filter_map(Value::as_array_mut).flatten().filter_map(Value::as_object_mut);
                items.for_each(|item| drop(item.shift_remove("id")));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_copy_has_all_but_the_ids() {
        let faq =
            json!({"id": "f", "type": "faq", "data": {"items": [{"id": "1", "question": {"en": "Who?", "fr": "Qui ?"}}], "id": "kept"}});
        let tree = [json!({"id": "s", "role": "hero", "columns": [{"id": "c", "blocks": [faq]}]})];
        let block = json!({"type": "faq", "data": {"items": [{"question": {"en": "Who?", "fr": "Qui ?"}}], "id": "kept"}});
        assert_eq!(super::block(&tree, "f").map(Value::from), Some(block.clone()));
        assert_eq!(section(&tree, "s").map(Value::from), Some(json!({"role": "hero", "columns": [{"blocks": [block]}]})));
        assert_eq!((super::block(&tree, "s"), section(&tree, "f")), (None, None));
    }
}
