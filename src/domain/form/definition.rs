//! What a form asks: its fields, in the order in which they stand in its content.

use std::collections::HashSet;

use serde_json::Value;

use crate::domain::{
    Error, Result,
    content::{Locales, render::data::Data},
};

use super::field::{Field, id_of, kind_of, name_of};

/// What a form asks in one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Definition {
    /// Its fields.
    pub fields: Vec<Field>,
}

impl Definition {
    /// Reads the content of a form.
    ///
    /// # Errors
    /// [`Error::Internal`] when the text is no JSON.
    pub fn read(content: &str, locale: &str, locales: &Locales<'_>) -> Result<Self> {
        Ok(Self::of(&parsed(content)?, locale, locales))
    }

    /// What a tree asks.
    pub fn of(sections: &[Value], locale: &str, locales: &Locales<'_>) -> Self {
        let mut taken = HashSet::new();
        let fields = blocks(sections).filter_map(Value::as_object).filter_map(|block| {
            let data = Data::new(block.get("data").and_then(Value::as_object), locale, locales);
            Field::read(block, &data, &mut taken)
        });
        Self { fields: fields.collect() }
    }

    /// The field of this block.
    pub fn of_block(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }
}

/// The fields as answers tell them beside the content: what stands in the data of each, with its id, its type and its name.
///
/// # Errors
/// [`Error::Internal`] when the text is no JSON.
pub fn field_list(content: &str) -> Result<Vec<Value>> {
    let (sections, mut taken) = (parsed(content)?, HashSet::new());
    let fields = blocks(&sections).filter_map(Value::as_object).filter_map(|block| {
        let kind = kind_of(block)?;
        let name = name_of(block, &mut taken);
        let first = [("id", id_of(block)), ("type", kind), ("name", &name)].map(|(key, value)| (key.to_owned(), Value::from(value)));
        let data = block.get("data").and_then(Value::as_object).into_iter().flatten().filter(|(key, _)| key.as_str() != "name");
        let rest = data.map(|(key, value)| (key.clone(), value.clone()));
        Some(Value::Object(first.into_iter().chain(rest).collect()))
    });
    Ok(fields.collect())
}

/// The sections of a form's content.
pub(super) fn parsed(content: &str) -> Result<Vec<Value>> {
    serde_json::from_str(content).map_err(|_| Error::Internal("the content of a form is no JSON".into()))
}

/// The blocks of a tree, in their order.
pub(super) fn blocks(sections: &[Value]) -> impl Iterator<Item = &Value> {
    sections.iter().flat_map(|section| parts_in(section, "columns")).flat_map(|column| parts_in(column, "blocks"))
}

fn parts_in<'v>(part: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    part.get(name).and_then(Value::as_array).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::form::field::Input;

    const LOCALES: Locales<'static> = Locales { default: "en", enabled: &[] };

    fn form(blocks: &Value) -> String {
        json!([{"id": "s", "columns": [{"id": "c", "blocks": blocks}]}]).to_string()
    }

    #[test]
    fn fields_stand_in_their_order_and_each_has_a_name_of_its_own() {
        let content = form(&json!([
            {"id": "a", "type": "heading", "data": {"text": "Hello"}},
            {"id": "b", "type": "textField", "data": {"label": {"en": "Name", "fr": "Nom"}, "name": "name", "required": true}},
            {"id": "c", "type": "emailField", "data": {"label": "Mail", "name": "name"}},
            {"id": "d", "type": "numberField", "data": {"label": "How many", "min": 1, "step": 0.5}},
        ]));
        let read = Definition::read(&content, "fr", &LOCALES).expect("a form");
        let names: Vec<_> = read.fields.iter().map(|field| (field.id.as_str(), field.name.as_str(), field.label.as_str())).collect();
        assert_eq!(names, [("b", "name", "Nom"), ("c", "c", "Mail"), ("d", "d", "How many")]);
        assert_eq!(read.fields[2].input, Input::Number { min: Some(1.0), max: None, step: Some(0.5) });
        assert!(read.fields[0].is_required && !read.fields[1].is_required);
        let told = field_list(&content).expect("a form");
        assert_eq!(told[0], json!({"id": "b", "type": "text", "name": "name", "label": {"en": "Name", "fr": "Nom"}, "required": true}));
        assert_eq!((&told[1]["name"], told.len()), (&json!("c"), 3));
    }

    #[test]
    fn what_is_no_tree_asks_nothing() {
        for content in ["[]", "[1]", r#"[{"columns": 7}]"#, r#"[{"columns": [{"blocks": [null, {"type": "Field"}]}]}]"#] {
            assert_eq!(Definition::read(content, "en", &LOCALES).expect("JSON").fields, [], "{content}");
        }
        assert!(Definition::read("{", "en", &LOCALES).is_err() && field_list("{").is_err());
    }
}
