//! What a block holds, read in one language.

use serde_json::{Map, Value};

use crate::domain::content::locale::{Locales, displayed};

/// The data of a block or of one of its items.
#[derive(Debug, Clone, Copy)]
pub struct Data<'a> {
    members: Option<&'a Map<String, Value>>,
    locale: &'a str,
    locales: &'a Locales<'a>,
}

impl<'a> Data<'a> {
    /// These members, to be read in a language.
    pub fn new(members: Option<&'a Map<String, Value>>, locale: &'a str, locales: &'a Locales<'a>) -> Self {
        Self { members, locale, locales }
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.members?.get(name)
    }

    /// A text, in the language or what stands in for it; empty when there is none.
    pub fn text(&self, name: &str) -> &'a str {
        self.value(name).and_then(|value| displayed(value, self.locale, self.locales).as_str()).unwrap_or_default()
    }

    /// Whether a flag has this value.
    pub fn is_set(&self, name: &str, to: bool) -> bool {
        self.value(name).is_some_and(|value| *value == to)
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.value(name).and_then(Value::as_i64)
    }

    /// A number as it is written; empty when there is none.
    pub fn decimal(&self, name: &str) -> String {
        match self.value(name) {
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    /// Texts of a list.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.value(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// The items of a list.
    pub fn items(&self, name: &str) -> impl Iterator<Item = Self> + use<'a> {
        let (locale, locales) = (self.locale, self.locales);
        let items = self.value(name).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_object).map(move |members| Self::new(Some(members), locale, locales))
    }

    /// A group.
    pub fn group(&self, name: &str) -> Self {
        Self { members: self.value(name).and_then(Value::as_object), ..*self }
    }

    /// A text of each language that has one, in the order of the languages.
    pub fn by_language(&self, name: &str) -> Vec<(&'a str, &'a str)> {
        match self.value(name) {
            Some(Value::String(plain)) => vec![(self.locales.default, plain.as_str())],
            Some(Value::Object(map)) => map.iter().filter_map(|(tag, text)| Some((tag.as_str(), text.as_str()?))).collect(),
            _ => Vec::new(),
        }
    }
}
