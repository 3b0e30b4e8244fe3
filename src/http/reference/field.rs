//! Fields, told from JSON Schemas (2020-12): what each holds in a few words, and what is inside.

use serde_json::Value;

/// How deep fields are told: a section, its columns, their blocks.
const DEPTH: usize = 3;

/// Most words of an enumeration that stand in the line of a field.
const WORDS: usize = 12;

/// A field of a body or of an answer, or a parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds: `text, up to 200 characters`.
    pub kind: String,
    /// Whether it has to be there.
    pub required: bool,
    /// What it is for; empty where nobody said so.
    pub help: String,
    /// What is in it, where that is an object or a list of some.
    pub inner: Vec<Field>,
}

/// The schemas of the document.
#[derive(Debug, Clone, Copy)]
pub struct Schemas<'d>(pub &'d Value);

impl<'d> Schemas<'d> {
    /// What a schema refers to, or the schema itself.
    pub fn meant(self, schema: &'d Value) -> &'d Value {
        let Some(name) = schema["$ref"].as_str() else { return schema };
        self.0.pointer(name.trim_start_matches('#')).map_or(&Value::Null, |meant| self.meant(meant))
    }

    /// The parts of a schema that is one of several, without "nothing"; of an ordinary one, itself.
    pub fn choices(self, schema: &'d Value) -> Vec<&'d Value> {
        let schema = self.meant(schema);
        let some = ["oneOf", "anyOf"].iter().find_map(|word| schema[*word].as_array());
        some.map_or_else(|| vec![schema], |all| all.iter().map(|one| self.meant(one)).filter(|one| one["type"] != "null").collect())
    }

    /// The names and schemas of an object's members with whether each is required, those of its parts (`allOf`) included.
    pub fn members(self, schema: &'d Value) -> Vec<(&'d String, &'d Value, bool)> {
        let schema = self.meant(schema);
        let own = schema["properties"].as_object().into_iter().flatten();
        let required = |name: &String| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name.as_str()));
        let parts = schema["allOf"].as_array().into_iter().flatten().flat_map(|part| self.members(part));
        parts.chain(own.map(|(name, schema)| (name, schema, required(name)))).collect()
    }

    /// The fields of an object, or of the objects of a list.
    pub fn fields(self, schema: &'d Value) -> Vec<Field> {
        self.inner(schema, DEPTH)
    }

    /// One field.
    pub fn field(self, name: &str, schema: &'d Value, required: bool) -> Field {
        self.at(name, schema, required, DEPTH)
    }

    fn at(self, name: &str, schema: &'d Value, required: bool, depth: usize) -> Field {
        let help = [schema, self.meant(schema)].iter().find_map(|one| one["description"].as_str()).unwrap_or_default().to_owned();
        Field { name: name.to_owned(), kind: self.kind(schema), required, help, inner: self.inner(schema, depth.saturating_sub(1)) }
    }

    fn inner(self, schema: &'d Value, depth: usize) -> Vec<Field> {
        if depth == 0 || schema["x-localized"] == true {
            return Vec::new();
        }
        let told = |schema: &'d Value| -> Vec<Field> {
            self.members(schema).into_iter().map(|(name, schema, required)| self.at(name, schema, required, depth)).collect()
        };
        let of = |one: &'d Value| if one["items"].is_object() { self.inner(&one["items"], depth) } else { told(one) };
        self.choices(schema).into_iter().map(of).find(|fields| !fields.is_empty()).unwrap_or_default()
    }

    /// What a schema holds, in a few words.
    pub fn kind(self, schema: &'d Value) -> String {
        let meant = self.meant(schema);
        let nothing =
            ["oneOf", "anyOf"].iter().any(|word| meant[*word].as_array().is_some_and(|all| all.iter().any(|one| one["type"] == "null")))
                || meant["type"].as_array().is_some_and(|all| all.iter().any(|one| one == "null"));
        let words = if meant["x-localized"] == true {
            "text, or one for each language".to_owned()
        } else {
            let mut all: Vec<_> = self.choices(meant).into_iter().map(|one| self.one(one)).collect();
            all.dedup();
            all.join(" or ")
        };
        if nothing { format!("{words}, or null") } else { words }
    }

    fn one(self, schema: &'d Value) -> String {
        if let Some(all) = schema["enum"].as_array() {
            let words: Vec<_> = all.iter().filter(|one| !one.is_null()).take(WORDS).map(plain).collect();
            let more = if all.len() > WORDS { ", …" } else { "" };
            return format!("{}{more}", words.join(", "));
        }
        if !schema["const"].is_null() {
            return plain(&schema["const"]);
        }
        match word(&schema["type"]) {
            "string" => text(schema),
            "integer" => format!("whole number{}", range(schema)),
            "number" => format!("number{}", range(schema)),
            "boolean" => "true or false".into(),
            "array" => {
                let most = schema["maxItems"].as_u64().map_or_else(String::new, |most| format!(", at most {most}"));
                let item = self.kind(&schema["items"]);
                let items = if item == "object" { "objects".to_owned() } else { item };
                format!("list of {items}{most}")
            }
            _ if schema["allOf"].is_array() || schema["type"] == "object" || schema["properties"].is_object() => "object".into(),
            _ => "any value".into(),
        }
    }
}

/// The first word of a type that is not "nothing".
fn word(of: &Value) -> &str {
    let listed = || of.as_array().and_then(|all| all.iter().filter_map(Value::as_str).find(|one| *one != "null"));
    of.as_str().or_else(listed).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn text(schema: &Value) -> String {
    match schema["format"].as_str() {
        Some("uuid") => return "id".into(),
        Some("date-time") => return "time (RFC 3339)".into(),
        Some("date") => return "day (RFC 3339)".into(),
        Some("uri") => return "address".into(),
        Some("email") => return "e-mail address".into(),
        _ => {}
    }
    schema["maxLength"].as_u64().map_or_else(|| "text".into(), |most| format!("text, up to {most} characters"))
}

fn range(schema: &Value) -> String {
    match (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
        (Some(least), Some(most)) => format!(", {least} to {most}"),
        (Some(least), None) => format!(", from {least}"),
        (None, Some(most)) => format!(", up to {most}"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_is_told_in_words() {
        let document = json!({ "components": { "schemas": { "Id": { "type": "string", "format": "uuid" } } } });
        let kind = |schema: Value| Schemas(&document).kind(Box::leak(Box::new(schema)));
        assert_eq!(kind(json!({ "type": ["string", "null"], "maxLength": 9 })), "text, up to 9 characters, or null");
        assert_eq!(kind(json!({ "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Id" }] })), "id, or null");
        assert_eq!(kind(json!({ "type": "array", "maxItems": 3, "items": { "type": "object" } })), "list of objects, at most 3");
        assert_eq!(kind(json!({ "type": "string", "enum": ["draft", "published"] })), "draft, published");
        assert_eq!(kind(json!({ "type": "integer", "minimum": 1, "maximum": 6 })), "whole number, 1 to 6");
        assert_eq!(
            kind(json!({ "anyOf": [{ "type": "string" }, { "type": "null" }], "x-localized": true })),
            "text, or one for each language, or null"
        );
    }

    #[test]
    fn fields_are_told_with_what_is_in_them_and_not_for_ever() {
        let document = json!({ "components": { "schemas": {
            "Meta": { "type": "object", "required": ["at"], "properties": { "at": { "type": "string", "format": "date-time" } } },
            "Deep": { "type": "object", "properties": { "a": { "type": "object", "properties": { "b": { "type": "object", "properties": {
                "c": { "type": "object", "properties": { "d": { "type": "boolean" } } } } } } } } } } } });
        let whole = json!({ "allOf": [{ "$ref": "#/components/schemas/Meta" }, { "type": "object", "properties": {
            "items": { "type": "array", "items": { "$ref": "#/components/schemas/Meta" } } } }] });
        let told = Schemas(&document).fields(&whole);
        assert_eq!(told.iter().map(|one| (&*one.name, one.required)).collect::<Vec<_>>(), [("at", true), ("items", false)]);
        assert_eq!(told[1].inner[0].name, "at");
        let deep = Schemas(&document).fields(&document["components"]["schemas"]["Deep"]);
        assert_eq!(deep[0].inner[0].inner[0].name, "c");
        assert!(deep[0].inner[0].inner[0].inner.is_empty());
    }
}
