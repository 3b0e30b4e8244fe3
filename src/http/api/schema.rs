//! Schemas of the OpenAPI document, each put in when the first route names it.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::domain::pattern;

use super::wire;

/// A schema that is put into the document when its route is.
pub type Schema = Arc<dyn Fn(&mut Components) -> Value + Send + Sync>;

/// The named schemas of the document.
#[derive(Debug, Default)]
pub struct Components(pub(super) BTreeMap<String, Value>);

impl Components {
    /// A reference to the schema of a type; the schema and those that it names are added.
    pub fn of<T: ToSchema>(&mut self) -> Value {
        let mut named = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut named);
        for (name, schema) in named {
            let mut value = serde_json::to_value(schema).unwrap_or_default();
            spell_out(&mut value);
            self.0.entry(name).or_insert(value);
        }
        reference(&T::name())
    }

    /// A reference to the schema of a list of what `item` refers to.
    pub fn list_of(&mut self, item: &Value) -> Value {
        let meta = self.of::<wire::Meta>();
        let name = item["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let list = || {
            json!({
                "type": "object",
                "required": ["data", "meta"],
                "properties": { "data": { "type": "array", "items": item }, "meta": meta },
            })
        };
        self.refer(&format!("{name}List"), &list)
    }

    /// A reference to a schema under a name of its own.
    pub fn refer(&mut self, name: &str, value: &dyn Fn() -> Value) -> Value {
        self.0.entry(name.to_owned()).or_insert_with(value);
        reference(name)
    }
}

/// Puts each pattern where its name stands.
fn spell_out(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if let Some(word) = members.get_mut("pattern")
                && let Some(spelled) = word.as_str().and_then(pattern::by_name)
            {
                *word = spelled.into();
            }
            members.values_mut().for_each(spell_out);
        }
        Value::Array(items) => items.iter_mut().for_each(spell_out),
        _ => {}
    }
}

/// A reference to a schema of the document.
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The schema of a type.
pub fn of<T: ToSchema>() -> Schema {
    Arc::new(|components: &mut Components| components.of::<T>())
}

/// A fixed schema under a name of its own.
pub fn component(name: &'static str, value: impl Fn() -> Value + Send + Sync + 'static) -> Schema {
    Arc::new(move |components: &mut Components| components.refer(name, &value))
}

/// The schema of a text.
pub fn text() -> Schema {
    Arc::new(|_: &mut Components| json!({ "type": "string" }))
}
