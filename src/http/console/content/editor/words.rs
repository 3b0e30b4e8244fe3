//! What became of an entry, in words: its fields, and the parts of its content.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    domain::{
        content::{
            FieldType, Kind, Locales,
            tree::parts,
            version::difference::NodeChange,
            working::{
                decision::{Conflict, ConflictPlace},
                settled::Side,
            },
        },
        time::Instant,
    },
    http::console::{
        base::chrome::{Chrome, field_key},
        content::inputs,
    },
};

use super::outline;

/// What knows the words.
pub struct EditorWords<'a> {
    pub c: &'a Chrome,
    pub kind: &'static Kind,
    /// The content in which a part is looked for: the first that has it.
    pub trees: &'a [Vec<Value>],
    pub locales: Locales<'a>,
    /// The names of the entries that a value may be the id of.
    pub names: BTreeMap<String, String>,
}

/// A change that fits together with all others.
pub struct Settled {
    /// Whether it is of who decides.
    pub is_mine: bool,
    /// What was changed: a field, or a kind of block.
    pub name: String,
    /// How a block begins.
    pub text: String,
    /// What became of it.
    pub became: &'static str,
    /// What of it: field, and language.
    pub fields: Vec<(String, Option<String>)>,
}

impl EditorWords<'_> {
    /// What one side has changed.
    pub fn settled_lines(&self, side: &Side, is_mine: bool) -> Vec<Settled> {
        let field = |(field, tag): &(String, Option<String>)| {
            let fields = vec![(String::new(), tag.clone())];
            Settled { is_mine, name: self.field(field), text: String::new(), became: "changed", fields }
        };
        let part = |part: &NodeChange| {
            let level = || (self.c.word("version-level", part.level).to_string(), String::new());
            let (name, text) = self.block(&part.id).unwrap_or_else(level);
            let fields = part.fields.iter().filter(|change| change.field.contains('.') || part.level != "block");
            let fields = fields.map(|change| (self.part_field(&change.field), change.locale.clone())).collect();
            Settled { is_mine, name, text, became: part.change.word(), fields }
        };
        side.fields.iter().map(field).chain(side.parts.iter().map(part)).collect()
    }

    /// What a field of the entry is called.
    pub fn field(&self, name: &str) -> String {
        self.words(&field_key(name), name)
    }

    /// What a field of a part is called: `data.items[1].question`, `styles.width`.
    pub fn part_field(&self, path: &str) -> String {
        let name = path.rsplit('.').next().unwrap_or_default();
        let name = name.split('[').next().unwrap_or_default();
        let of = match path.split('.').next() {
            Some("styles") => "style",
            Some("data") => "block-field",
            _ => "editor-section",
        };
        self.words(&format!("{of}-{}", name.to_lowercase()), name)
    }

    /// What a block is called, and how it begins.
    pub fn block(&self, id: &str) -> Option<(String, String)> {
        let found = self.trees.iter().find_map(|tree| parts::find_block(tree, id).and_then(|spot| parts::block(tree, &spot)))?;
        let word = found.get("type").and_then(Value::as_str)?;
        Some((
            self.words(&format!("block-{}", word.to_lowercase()), word),
            outline::beginning(self.c, found, self.locales.default, &self.locales),
        ))
    }

    /// Whether a conflict is about a moment.
    pub fn is_moment(&self, conflict: &Conflict) -> bool {
        let ConflictPlace::Field { name, .. } = &conflict.place else { return false };
        inputs::fields(self.kind).iter().any(|(of, field)| of == name && field.holds == FieldType::Instant)
    }

    /// A value that is in conflict as text: of a block all that it says.
    pub fn value_text(&self, conflict: &Conflict, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => match text.parse::<Instant>() {
                Ok(at) if self.is_moment(conflict) => self.c.moment(&at),
                _ => self.name_of(text),
            },
            Value::Array(all) if all.iter().all(Value::is_string) => self.names_of(all),
            Value::Object(block) if block.contains_key("type") => {
                // Where a language has no text, readers are shown that of another: it is told once.
                let mut all: Vec<&str> = Vec::new();
                for text in self.locales.enabled.iter().flat_map(|tag| outline::texts(value, tag, &self.locales)) {
                    if !all.contains(&text) {
                        all.push(text);
                    }
                }
                all.join(" · ")
            }
            other => other.to_string(),
        }
    }

    /// A value that is no text, as people read it.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.parse::<Instant>().map_or_else(|_| self.name_of(text), |at| self.c.moment(&at)),
            Value::Bool(flag) => self.c.t(if *flag { "content-yes" } else { "content-no" }).to_string(),
            Value::Array(all) if all.iter().all(Value::is_string) => self.names_of(all),
            other => other.to_string(),
        }
    }

    /// Whether a value is the id of an entry whose name is known.
    pub fn is_named(&self, value: &Value) -> bool {
        value.as_str().is_some_and(|text| self.names.contains_key(text))
    }

    /// The name of the entry with this id; the text itself where it is none.
    fn name_of(&self, text: &str) -> String {
        self.names.get(text).map_or(text, String::as_str).to_owned()
    }

    fn names_of(&self, all: &[Value]) -> String {
        all.iter().filter_map(Value::as_str).map(|text| self.name_of(text)).collect::<Vec<_>>().join(", ")
    }

    fn words(&self, key: &str, name: &str) -> String {
        if self.c.locale().lang.has(key) { self.c.t(key).to_string() } else { name.to_owned() }
    }
}
