//! The rules of a form as a JSON Schema (2020-12): what may be sent to it as JSON.

use serde_json::{Map, Value, json};

use super::{
    definition::Definition,
    field::{Choice, Field, Input},
};

/// The schema of what may be sent. What is asked only under a condition is not required; whether it holds only the server knows, and so it
/// does for forms of texts that JSON Schema has no word for.
pub fn schema(definition: &Definition) -> Value {
    let is_always_asked = |field: &&Field| field.is_required && field.conditions.is_empty();
    let required: Vec<_> = definition.fields.iter().filter(is_always_asked).map(|field| field.name.as_str()).collect();
    let properties: Map<_, _> = definition.fields.iter().map(|field| (field.name.clone(), property(field))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn property(field: &Field) -> Value {
    let mut schema = match &field.input {
        Input::Text { min, max, pattern, .. } => {
            let mut text = json!({"type": "string", "minLength": min, "maxLength": max});
            if !pattern.is_empty() {
                text["pattern"] = format!("^(?:{pattern})$").into();
            }
            text
        }
        Input::Email => json!({"type": "string", "format": "email"}),
        Input::Phone => json!({"type": "string", "maxLength": 40}),
        Input::Url => json!({"type": "string", "format": "uri", "pattern": "^https?://"}),
        Input::Number { min, max, step } => {
            let mut number = json!({"type": "number"});
            for (word, bound) in [("minimum", min), ("maximum", max)] {
                bound.iter().for_each(|bound| number[word] = json!(bound));
            }
            // Steps are counted from the least; only without one they are multiples.
            if let (None | Some(0.0), Some(step)) = (min, step) {
                number["multipleOf"] = json!(step);
            }
            number
        }
        Input::Date(..) => json!({"type": "string", "format": "date"}),
        Input::Time(..) => json!({"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2})?$"}),
        Input::One(choices) => json!({"type": "string", "enum": values(choices)}),
        Input::Some(choices) => json!({"type": "array", "items": {"type": "string", "enum": values(choices)}}),
        Input::Checkbox => json!({"type": "boolean"}),
        Input::Consent(_) if field.is_required => json!({"const": true}),
        Input::Consent(_) => json!({"type": "boolean"}),
        Input::Rating(scale) => json!({"type": "integer", "minimum": 1, "maximum": scale}),
        // JSON carries no files: where there must be one, nothing that is sent as JSON is good.
        Input::Files(_) => json!({"not": {}, "description": "Files are sent with a form (multipart/form-data)."}),
        Input::Hidden(_) => json!({"type": "string", "maxLength": 500}),
    };
    schema["title"] = field.label.as_str().into();
    schema
}

fn values(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.value.as_str()).collect()
}
