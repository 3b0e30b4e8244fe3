//! The schemas of what is sent and answered of a branding, made from the list of its fields.

use std::borrow::Cow;

use serde_json::{Map, Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, schema::Schema},
};

use crate::domain::{pattern, text::NAME_MAX};

use super::{Draft, Patch, field::schemas};

/// A schema that was written as JSON.
pub fn from_json(schema: Value) -> RefOr<Schema> {
    RefOr::T(serde_json::from_value(schema).unwrap_or_else(|_| Schema::default()))
}

fn body(about: &str, required: &[&str], example: Value) -> RefOr<Schema> {
    let mut properties = Map::new();
    // What is left out of a change may be null, too.
    let kind = if required.is_empty() { json!(["string", "null"]) } else { json!("string") };
    properties.insert("name".to_owned(), json!({"type": kind, "minLength": 1, "maxLength": NAME_MAX, "pattern": pattern::NAME}));
    properties.extend(schemas(true));
    let mut schema =
        json!({"type": "object", "description": about, "properties": properties, "additionalProperties": false, "example": example});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    from_json(schema)
}

impl PartialSchema for Draft {
    fn schema() -> RefOr<Schema> {
        body("What makes a branding.", &["name"], json!({"name": "Journal", "colorPrimary": "#1d4e89", "fontHeading": "serif"}))
    }
}

impl ToSchema for Draft {
    fn name() -> Cow<'static, str> {
        "BrandingNew".into()
    }
}

impl PartialSchema for Patch {
    fn schema() -> RefOr<Schema> {
        body("Changes a branding; what is left out stays, `null` takes a field back to what is usual.", &[], json!({"buttonStyle": "pill"}))
    }
}

impl ToSchema for Patch {
    fn name() -> Cow<'static, str> {
        "BrandingPatch".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_says_all_that_was_written() {
        let said = serde_json::to_value(<Draft as PartialSchema>::schema()).expect("JSON");
        assert_eq!((&said["additionalProperties"], &said["required"]), (&json!(false), &json!(["name"])));
        for (name, schema) in schemas(true) {
            assert_eq!(said["properties"][&name], schema, "{name}");
        }
    }
}
