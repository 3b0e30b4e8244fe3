//! Arguments of a tool: described as data, and read by that.

use serde_json::{Map, Value};

use crate::domain::{
    Error, Result,
    content::{Kind, Kinds, of_type},
    error::{Fault, Faults},
};

/// What an argument holds.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// Text.
    Text,
    /// A whole number from 1 to this.
    Number(i64),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// The content type of a kind.
    Kind,
    /// Texts.
    Texts,
    /// An object whose members the server checks.
    Object,
    /// Objects of these members, at most so many.
    Objects(&'static [Argument], usize),
}

/// An argument.
#[derive(Debug, Clone, Copy)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it must be given.
    pub required: bool,
}

impl Argument {
    /// One that may be left out.
    pub const fn new(name: &'static str, holds: Holds, about: &'static str) -> Self {
        Self { name, about, holds, required: false }
    }

    /// It must be given.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// The arguments of a call, checked against what the tool takes.
#[derive(Debug, Clone, Default)]
pub struct Arguments(Map<String, Value>);

impl Arguments {
    /// Reads them. Some clients send arrays, objects, numbers and flags as text: such a text is read as what it is to be.
    ///
    /// # Errors
    /// All faults at once: an unknown argument is one, since a mistyped one would else be left out in silence.
    pub fn read(takes: &[Argument], given: Map<String, Value>) -> Result<Self> {
        let mut faults = Faults::default();
        let read = members(takes, given, "", &mut faults);
        faults.into_result()?;
        Ok(Self(read))
    }

    /// A text; nothing where it is left out.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    /// A flag; not set where it is left out.
    pub fn flag(&self, name: &str) -> bool {
        self.0.get(name) == Some(&Value::Bool(true))
    }

    /// Texts.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let all = self.0.get(name).and_then(Value::as_array).into_iter().flatten();
        all.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// An object.
    pub fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.0.get(name).and_then(Value::as_object)
    }

    /// Objects.
    pub fn objects(&self, name: &str) -> Vec<Self> {
        let all = self.0.get(name).and_then(Value::as_array).into_iter().flatten();
        all.filter_map(Value::as_object).cloned().map(Self).collect()
    }

    /// The kind of this content type, if one is named.
    ///
    /// # Errors
    /// The fault of a kind that there is not.
    pub fn kind(&self, kinds: Kinds) -> Result<Option<&'static Kind>> {
        let Some(word) = self.text("kind") else { return Ok(None) };
        let known = || kinds.iter().map(|kind| kind.content_type).collect::<Vec<_>>().join(", ");
        let unknown = || Error::from(Fault::new("kind", "unknown_kind", format!("kind must be one of {}.", known())));
        of_type(kinds, word).map(Some).ok_or_else(unknown)
    }
}

fn members(takes: &[Argument], mut given: Map<String, Value>, at: &str, faults: &mut Faults) -> Map<String, Value> {
    let mut read = Map::new();
    for argument in takes {
        let path = format!("{at}{}", argument.name);
        match given.remove(argument.name).filter(|value| !value.is_null()) {
            Some(value) => {
                let value = value_of(argument, value, &path, faults);
                read.extend(value.map(|value| (argument.name.to_owned(), value)));
            }
            None if argument.required => faults.add(path.clone(), "required", format!("{path} is required.")),
            None => {}
        }
    }
    for name in given.keys() {
        let known: Vec<_> = takes.iter().map(|argument| argument.name).collect();
        faults.add(format!("{at}{name}"), "unknown_field", format!("There is no argument {at}{name}; there are {}.", known.join(", ")));
    }
    read
}

fn value_of(argument: &Argument, value: Value, path: &str, faults: &mut Faults) -> Option<Value> {
    let mut refuse = |what: String| {
        faults.add(path, "wrong_type", format!("{path} must be {what}."));
        None
    };
    match (argument.holds, unquoted(argument.holds, value)) {
        (Holds::Text | Holds::Kind, text @ Value::String(_)) => Some(text),
        (Holds::Word(words), Value::String(word)) if words.contains(&word.as_str()) => Some(word.into()),
        (Holds::Word(words), _) => refuse(format!("one of {}", words.join(", "))),
        (Holds::Number(max), Value::Number(number)) if number.as_i64().is_some_and(|number| (1..=max).contains(&number)) => {
            Some(number.into())
        }
        (Holds::Number(max), _) => refuse(format!("a whole number from 1 to {max}")),
        (Holds::Flag, flag @ Value::Bool(_)) => Some(flag),
        (Holds::Flag, _) => refuse("true or false".to_owned()),
        (Holds::Texts, Value::Array(all)) if all.iter().all(Value::is_string) => Some(all.into()),
        (Holds::Texts, _) => refuse("an array of texts".to_owned()),
        (Holds::Object, object @ Value::Object(_)) => Some(object),
        (Holds::Object, _) => refuse("an object".to_owned()),
        (Holds::Objects(takes, max), Value::Array(all)) if (1..=max).contains(&all.len()) && all.iter().all(Value::is_object) => {
            let read = all.into_iter().enumerate().map(|(index, one)| {
                let one = if let Value::Object(one) = one { one } else { Map::new() };
                Value::Object(members(takes, one, &format!("{path}[{index}]."), faults))
            });
            Some(read.collect())
        }
        (Holds::Objects(_, max), _) => refuse(format!("an array of 1 to {max} objects")),
        (Holds::Text | Holds::Kind, _) => refuse("text".to_owned()),
    }
}

/// What a text stands for, where no text belongs.
fn unquoted(holds: Holds, value: Value) -> Value {
    match (holds, value) {
        (Holds::Text | Holds::Kind | Holds::Word(_), value) => value,
        (_, Value::String(text)) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const EDIT: &[Argument] = &[Argument::new("old", Holds::Text, "").required(), Argument::new("data", Holds::Object, "")];
    const ALL: &[Argument] = &[
        Argument::new("id", Holds::Text, "").required(),
        Argument::new("version", Holds::Number(9), ""),
        Argument::new("live", Holds::Flag, ""),
        Argument::new("status", Holds::Word(&["draft"]), ""),
        Argument::new("delete", Holds::Texts, ""),
        Argument::new("fields", Holds::Object, ""),
        Argument::new("edits", Holds::Objects(EDIT, 2), ""),
    ];

    fn read(given: Value) -> std::result::Result<Map<String, Value>, Vec<(String, &'static str)>> {
        match Arguments::read(ALL, given.as_object().cloned().unwrap_or_default()) {
            Ok(read) => Ok(read.0),
            Err(Error::Invalid(faults)) => Err(faults.0.into_iter().map(|fault| (fault.field, fault.code)).collect()),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_argument_is_read_both_ways() {
        let good = json!({"id": "1", "version": 2, "live": true, "status": "draft", "delete": ["a"], "fields": {"a": 1}, "edits": [{"old": "[1]", "data": {"x": [1]}}]});
        let texts = json!({"id": "1", "version": "2", "live": "true", "status": "draft", "delete": "[\"a\"]", "fields": "{\"a\": 1}", "edits": "[{\"old\": \"[1]\", \"data\": \"{\\\"x\\\": [1]}\"}]"});
        let read_once = read(good.clone()).expect("good");
        assert_eq!(Value::Object(read_once.clone()), good, "a text that looks like JSON stays a text");
        assert_eq!(read(texts), Ok(read_once));
    }

    #[test]
    fn a_fault_names_its_place() {
        let faults = read(
            json!({"version": 10, "live": "maybe", "status": "gone", "delete": [1], "fields": [], "edits": [{"new": "x"}], "verison": 1}),
        );
        let wanted = [
            ("id", "required"),
            ("version", "wrong_type"),
            ("live", "wrong_type"),
            ("status", "wrong_type"),
            ("delete", "wrong_type"),
            ("fields", "wrong_type"),
            ("edits[0].old", "required"),
            ("edits[0].new", "unknown_field"),
            ("verison", "unknown_field"),
        ];
        assert_eq!(faults, Err(wanted.map(|(field, code)| (field.to_owned(), code)).to_vec()));
        assert_eq!(read(json!({"id": 1, "edits": []})), Err(vec![("id".into(), "wrong_type"), ("edits".into(), "wrong_type")]));
        assert!(read(json!({"id": "1", "live": null})).is_ok(), "null is as good as nothing");
    }
}
