//! Examples of bodies and answers, made of their schemas: each is what its schema allows, and reads like content.

use serde_json::{Map, Value, json};

use super::field::Schemas;

/// How deep an example goes. Below that, objects have what is required, and lists are empty.
const DEPTH: usize = 5;

/// An id in an example.
pub const ID: &str = "0198f2c4-6b1e-7d20-9a41-3f0c5be7d812";

/// An instant in an example.
const INSTANT: &str = "2026-11-26T14:32:08.114Z";

/// Texts by the name of their field.
const TEXTS: [(&str, &str); 28] = [
    ("fontBody", "humanist"),
    ("fontHeading", "serif"),
    ("name", "Tide tables"),
    ("slug", "tide-tables"),
    ("gcUrlRedirect", "/tide-tables"),
    ("allowedOrigins", "https://northwind.example"),
    ("title", "Tide tables 2027"),
    ("description", "High and low water for every harbour of the coast."),
    ("excerpt", "High and low water, harbour by harbour."),
    ("email", "grace@northwind.example"),
    ("locale", "en"),
    ("defaultLocale", "en"),
    ("locales", "en"),
    ("apiKey", "$STELE_KEY"),
    ("type", "text"),
    ("blockType", "text"),
    ("icon", "book-open"),
    ("fromPath", "/tides"),
    ("toPath", "/tide-tables"),
    ("url", "https://northwind.example/tide-tables"),
    ("ip", "203.0.113.7"),
    ("reason", "Made for a trial that is over."),
    ("markdown", "High water is at noon."),
    ("search", "tide"),
    ("image", "https://northwind.example/tides.jpg"),
    ("featuredImageUrl", "https://northwind.example/tides.jpg"),
    ("backgroundColor", "#e8f1f2"),
    ("googleTagManagerId", "GTM-NORTH27"),
];

impl<'d> Schemas<'d> {
    /// A body: what is required, or else the first field that takes a simple value.
    pub fn body_example(self, schema: &'d Value) -> Value {
        let members = self.members(schema);
        let named = |(name, schema, _): &(&'d String, &'d Value, bool)| ((*name).clone(), self.sample(name, schema, DEPTH));
        let whole: Map<String, Value> = members.iter().filter(|(.., required)| *required).map(named).collect();
        if !whole.is_empty() {
            return whole.into();
        }
        let simple = members.iter().map(named).find(|(_, value)| value.is_string() || value.is_boolean() || value.is_number());
        simple.into_iter().collect::<Map<_, _>>().into()
    }

    /// An answer, with all of its fields.
    pub fn reply_example(self, schema: &'d Value) -> Value {
        self.sample("", schema, DEPTH)
    }

    fn sample(self, name: &str, schema: &'d Value, depth: usize) -> Value {
        let meant = self.meant(schema);
        for one in [schema, meant] {
            let told = [&one["example"], &one["examples"][0], &one["const"], &one["enum"][0], &one["default"]];
            if let Some(value) = told.into_iter().find(|value| !value.is_null()) {
                return value.clone();
            }
        }
        let Some(first) = self.choices(meant).first().copied() else { return Value::Null };
        if !std::ptr::eq(first, meant) {
            return self.sample(name, first, depth);
        }
        let kind = first["type"].as_str().or_else(|| first["type"][0].as_str()).unwrap_or_default();
        match kind {
            "string" => text(name, first).into(),
            "boolean" => true.into(),
            "integer" | "number" => first["minimum"].as_i64().unwrap_or(1).max(1).min(first["maximum"].as_i64().unwrap_or(i64::MAX)).into(),
            "array" if depth > 1 => json!([self.sample(name, &first["items"], depth - 1)]),
            "array" => json!([]),
            _ => self.object(first, depth),
        }
    }

    fn object(self, schema: &'d Value, depth: usize) -> Value {
        let wanted = self.members(schema).into_iter().filter(|(_, member, required)| {
            *required || (depth > 2 && !self.meant(member)["x-ref"].is_string() && self.meant(member)["x-localized"] != true)
        });
        wanted.map(|(name, member, _)| (name.clone(), self.sample(name, member, depth.saturating_sub(1)))).collect::<Map<_, _>>().into()
    }
}

/// The first of the words of a pattern that is nothing but some words: `^(put|remove)$`.
fn first_word(pattern: &str) -> Option<&str> {
    let words = pattern.strip_prefix("^(")?.strip_suffix(")$")?;
    words.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'|' || byte == b'_').then(|| words.split('|').next())?
}

fn text(name: &str, schema: &Value) -> String {
    match schema["format"].as_str() {
        Some("uuid") => return ID.into(),
        Some("date-time") => return INSTANT.into(),
        Some("date") => return INSTANT[..10].into(),
        Some("uri") => return "https://northwind.example/tide-tables".into(),
        Some("email") => return "grace@northwind.example".into(),
        _ => {}
    }
    if let Some(word) = schema["pattern"].as_str().and_then(first_word) {
        return word.to_owned();
    }
    TEXTS.iter().find(|(known, _)| *known == name).map_or("tide-tables", |(_, text)| text).to_owned()
}
