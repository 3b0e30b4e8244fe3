//! What a visitor sends, in one form: each name with its values.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::attachment::SubmittedFile;

/// Most values that are read of what was sent; a form asks for fewer.
pub const VALUES_MAX: usize = 2_000;

/// What was sent to a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    values: HashMap<String, Vec<String>>,
    /// Files by the names of their fields.
    files: HashMap<String, Vec<SubmittedFile>>,
    /// What holds no text, number, flag, or array of these.
    strange: Vec<String>,
    /// Names that came as members of a JSON object, in their order: there each must be one of a field.
    named: Vec<String>,
}

impl Sent {
    /// Names and values as a browser sends them. A site of its own may have fields besides, which nobody asked for: they are left out.
    pub fn of_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut sent = Self::default();
        for (name, value) in pairs.into_iter().take(VALUES_MAX) {
            sent.values.entry(name).or_default().push(value);
        }
        sent
    }

    /// The members of a JSON object.
    pub fn of_json(members: Map<String, Value>) -> Self {
        let mut sent = Self::default();
        for (name, value) in members.into_iter().take(VALUES_MAX) {
            let values = match value {
                Value::Array(all) => all.into_iter().map(plain).collect(),
                one => plain(one).map(|text| vec![text]),
            };
            sent.named.push(name.clone());
            match values {
                Some(values) => drop(sent.values.insert(name, values)),
                None => sent.strange.push(name),
            }
        }
        sent
    }

    /// The same with files, each under the name of its field, in the order in which they came.
    #[must_use]
    pub fn with_files(mut self, files: impl IntoIterator<Item = (String, SubmittedFile)>) -> Self {
        for (name, file) in files {
            self.files.entry(name).or_default().push(file);
        }
        self
    }

    /// The files that were sent under a name.
    pub fn files(&self, name: &str) -> &[SubmittedFile] {
        self.files.get(name).map_or(&[], Vec::as_slice)
    }

    /// What was sent under a name.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first of it; empty for nothing.
    pub fn text(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// Whether what was sent under a name is nothing that an answer can be.
    pub fn is_strange(&self, name: &str) -> bool {
        self.strange.iter().any(|one| one == name)
    }

    /// The names that must be those of fields.
    pub fn field_names(&self) -> &[String] {
        &self.named
    }
}

/// A value as a browser would send it; nothing for what is not there.
fn plain(value: Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => Some(String::new()),
        Value::Bool(true) => Some("on".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text),
        Value::Array(_) | Value::Object(_) => None,
    }
}
