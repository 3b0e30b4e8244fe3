//! The schema of the arguments of a tool. Clients understand but a part of JSON Schema, each another one: so there is no union, no
//! reference, no format and no null in it. What an object holds is said in words, and checked by the server, which names the path of a fault.

use serde_json::{Map, Value, json};

use crate::domain::content::Kinds;

use super::argument::{Argument, Holds};

/// The schema of an object of these members.
pub fn of(takes: &[Argument], kinds: Kinds) -> Map<String, Value> {
    let properties: Map<_, _> = takes.iter().map(|argument| (argument.name.to_owned(), property(argument, kinds))).collect();
    let required: Vec<_> = takes.iter().filter(|argument| argument.required).map(|argument| argument.name).collect();
    let mut schema = Map::from_iter([("type".to_owned(), json!("object")), ("properties".to_owned(), properties.into())]);
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema
}

fn property(argument: &Argument, kinds: Kinds) -> Value {
    let mut property = match argument.holds {
        Holds::Text => json!({ "type": "string" }),
        Holds::Number(max) => json!({ "type": "integer", "minimum": 1, "maximum": max }),
        Holds::Flag => json!({ "type": "boolean" }),
        Holds::Word(words) => json!({ "type": "string", "enum": words }),
        Holds::Kind => json!({ "type": "string", "enum": kinds.iter().map(|kind| kind.content_type).collect::<Vec<_>>() }),
        Holds::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        // An object without properties is taken by some clients for one that is always empty.
        Holds::Object => json!({ "type": "object", "properties": {}, "additionalProperties": true }),
        Holds::Objects(takes, _) => json!({ "type": "array", "items": of(takes, kinds) }),
    };
    if !argument.about.is_empty() {
        property["description"] = argument.about.into();
    }
    property
}
