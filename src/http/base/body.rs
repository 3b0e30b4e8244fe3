//! JSON bodies: read into their type, or refused with the field that is wrong.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    collections::HashSet,
    fmt,
};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use crate::domain::{
    Error, Result,
    error::{Fault, Faults},
    time::TOO_FAR,
};

/// Most bytes of a body.
pub const LIMIT: usize = 2 * 1024 * 1024;
/// Most bytes of a body with a file in it, which base64 makes longer by a third: 20 MB.
pub const LONG_LIMIT: usize = 28 * 1024 * 1024;
/// Most bytes of a body where no token is needed: a key, or the secret of a link with a name and a password.
pub const OPEN_LIMIT: usize = 64 * 1024;

/// Most values in a body, at any depth: in memory each takes many times the bytes that it has as text.
const VALUES: usize = 50_000;

/// Most fields that nobody knows which are told at once.
const UNKNOWN_MAX: usize = 8;

/// Reads a body. An empty one counts as `{}`, since the SDK sends some POSTs without one.
///
/// # Errors
/// Invalid, naming the field: unknown, missing, of a wrong type; or the body as a whole.
pub fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    // An array would be read as the fields of a struct in their order.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| *first == b'[') {
        return Err(Fault::new("body", "wrong_type", "The body must be a JSON object.").into());
    }
    walk(bytes)?;
    read(bytes).map_err(|first| Error::Invalid(with_others(bytes, first, &|bytes| read::<T>(bytes).err())))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> std::result::Result<T, Fault> {
    let mut input = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut input).map_err(|error| {
        let path = error.path().to_string();
        fault(bytes, &path, &error.into_inner())
    })?;
    input.end().map_err(|error| fault(bytes, ".", &error))?;
    Ok(read)
}

/// A fault, and behind a field that nobody knows what `read` finds without it: whoever misspelled a required field is told both.
fn with_others(bytes: &[u8], first: Fault, read: &dyn Fn(&[u8]) -> Option<Fault>) -> Faults {
    let (mut faults, mut next) = (Faults::default(), Some(first));
    let mut body = None;
    while let Some(fault) = next.take() {
        let unknown = (fault.code == "unknown_field" && faults.0.len() < UNKNOWN_MAX).then(|| fault.field.clone());
        faults.push(fault);
        let Some(name) = unknown else { break };
        let rest = body.get_or_insert_with(|| serde_json::from_slice::<Map<String, Value>>(bytes).unwrap_or_default());
        // Of one that lies deeper nothing is left out, and there is nothing to go on with.
        if rest.shift_remove(&name).is_some() {
            next = serde_json::to_vec(rest).ok().and_then(|bytes| read(&bytes));
        }
    }
    faults
}

/// Refuses an object that has a member twice, however deep: of two values nobody can say which was meant, and two programs
/// would choose differently; and more values than a body may hold. Whatever else is wrong is left to the reader that follows.
fn walk(bytes: &[u8]) -> Result<()> {
    let walk = Walk { repeated: RefCell::default(), values: Cell::new(0) };
    // The parser goes no deeper than 128 levels.
    let _ = Step(&walk).deserialize(&mut serde_json::Deserializer::from_slice(bytes));
    if walk.values.get() > VALUES {
        return Err(Fault::new("body", "too_many_values", format!("The body may hold at most {VALUES} values.")).into());
    }
    let Some(mut path) = walk.repeated.into_inner() else { return Ok(()) };
    path.reverse();
    let field = path.concat();
    let field = field.trim_start_matches('.');
    Err(Fault::new(field, "repeated", "A field is given twice.").into())
}

/// A walk through a body, while nothing is kept of it.
struct Walk {
    /// The path of a member that is there twice, its last part first.
    repeated: RefCell<Option<Vec<String>>>,
    values: Cell<usize>,
}

/// Walks through a value. Once a member is found twice the walk ends, and on the way out each level adds its part of the path.
struct Step<'w>(&'w Walk);

impl Step<'_> {
    fn add(&self, part: impl FnOnce() -> String) {
        if let Some(path) = self.0.repeated.borrow_mut().as_mut() {
            path.push(part());
        }
    }
}

impl<'de> DeserializeSeed<'de> for Step<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> std::result::Result<(), D::Error> {
        self.0.values.set(self.0.values.get() + 1);
        if self.0.values.get() > VALUES {
            return Err(D::Error::custom("too many values"));
        }
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Step<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> std::result::Result<(), A::Error> {
        let part = |name: &str| format!(".{}", name.chars().take(64).collect::<String>());
        let mut seen = HashSet::new();
        while let Some(Name(name)) = members.next_key()? {
            if seen.contains(&name) {
                *self.0.repeated.borrow_mut() = Some(vec![part(&name)]);
                return Err(A::Error::custom("repeated"));
            }
            members.next_value_seed(Step(self.0)).inspect_err(|_| self.add(|| part(&name)))?;
            seen.insert(name);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<(), A::Error> {
        let mut at = 0;
        while items.next_element_seed(Step(self.0)).inspect_err(|_| self.add(|| format!("[{at}]")))?.is_some() {
            at += 1;
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> std::result::Result<(), E> {
        Ok(())
    }
}

/// The name of a member, borrowed from the body unless it holds an escape.
#[derive(PartialEq, Eq, Hash, Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// The parser's words are taken apart, so that none of them reaches the caller unchecked.
fn fault(bytes: &[u8], path: &str, error: &serde_json::Error) -> Fault {
    let text = error.to_string();
    let quoted = || text.split('`').nth(1).unwrap_or("body").chars().take(64).collect::<String>();
    let at = if path == "." || path == "?" { "body" } else { path };
    // A number where one of some words belongs is a syntax error to the parser.
    if text.starts_with("expected value") && serde_json::from_slice::<IgnoredAny>(bytes).is_ok() {
        return Fault::new(at, "wrong_type", format!("{at} is not of the right form."));
    }
    if error.is_syntax() || error.is_eof() {
        let deep = text.starts_with("recursion limit");
        let (code, message) = if deep { ("too_deep", "The body is nested too deeply.") } else { ("not_json", "The body is not JSON.") };
        return Fault::new("body", code, message);
    }
    if text.starts_with("unknown field") {
        let name = quoted();
        return Fault::new(inside(path, &name), "unknown_field", format!("There is no field {name:?} here."));
    }
    if text.starts_with("missing field") {
        let name = quoted();
        return Fault::new(inside(path, &name), "required", format!("{name} is required."));
    }
    if text.contains(TOO_FAR) {
        return Fault::new(at, "too_far", format!("{at} {TOO_FAR}."));
    }
    let wanted = text.split_once("expected ").map(|(_, rest)| rest.split(" at line").next().unwrap_or(rest));
    let message = wanted.map_or_else(|| format!("{at} is not of the right form."), |wanted| format!("{at} must be {wanted}."));
    Fault::new(at, "wrong_type", message)
}

fn inside(path: &str, name: &str) -> String {
    match path {
        "." | "?" => name.to_owned(),
        path if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        path => format!("{path}.{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::project::Draft;

    fn field(body: &str) -> (String, &'static str) {
        match json::<Draft>(body.as_bytes()) {
            Err(Error::Invalid(faults)) => (faults.0[0].field.clone(), faults.0[0].code),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_number_is_none_of_some_words() {
        let Err(Error::Invalid(faults)) = json::<crate::domain::org::service_account::Draft>(br#"{"name": "a", "role": 1}"#) else {
            panic!("no fault")
        };
        assert_eq!((faults.0[0].field.as_str(), faults.0[0].code), ("role", "wrong_type"));
    }

    #[test]
    fn a_member_that_is_given_twice_is_named_wherever_it_is() {
        let twice = |body: &str| match json::<serde_json::Map<String, serde_json::Value>>(body.as_bytes()) {
            Err(Error::Invalid(faults)) => (faults.0[0].field.clone(), faults.0[0].code),
            other => panic!("{other:?}"),
        };
        assert_eq!(twice(r#"{"name": 1, "name": 1}"#), ("name".into(), "repeated"));
        assert_eq!(twice(r#"{"title": {"en": "a", "fr": "b", "en": "a"}}"#), ("title.en".into(), "repeated"));
        assert_eq!(twice(r#"{"content": [0, {"a": [{"b": {}}, {"c": 1, "\u0063": 2}]}]}"#), ("content[1].a[1].c".into(), "repeated"));
        assert_eq!(field(r#"{"name": "a", "name": "b"}"#), ("name".into(), "repeated"));
        let alike = json::<serde_json::Map<String, serde_json::Value>>(br#"{"a": {"b": 1}, "b": [{"b": 1}, {"b": 1}], "A": 1}"#);
        assert!(alike.is_ok(), "{alike:?}");
    }

    #[test]
    fn a_misspelled_field_hides_no_other_fault() {
        let faults = |body: &str| match json::<Draft>(body.as_bytes()) {
            Err(Error::Invalid(faults)) => faults.0.into_iter().map(|fault| (fault.field, fault.code)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let (unknown, required) = (|name: &str| (name.to_owned(), "unknown_field"), ("name".to_owned(), "required"));
        assert_eq!(faults(r#"{"nmae": "a", "slgu": "b"}"#), [unknown("nmae"), unknown("slgu"), required.clone()]);
        assert_eq!(faults(r#"{"nmae": "a", "name": 1}"#), [unknown("nmae"), ("name".to_owned(), "wrong_type")]);
        assert_eq!(faults(r#"{"nmae": "a", "name": "b"}"#), [unknown("nmae")]);
        let many: String = (0..20).map(|n| format!(r#""x{n:02}": 1, "#)).collect();
        assert_eq!(faults(&format!(r#"{{{many}"y": 1}}"#)).len(), UNKNOWN_MAX + 1);
    }

    #[test]
    fn every_refusal_names_the_field() {
        assert_eq!(field(r#"{"name": 1}"#), ("name".into(), "wrong_type"));
        assert_eq!(field(r#"{"name": "a", "nmae": 1}"#), ("nmae".into(), "unknown_field"));
        assert_eq!(field("{}"), ("name".into(), "required"));
        assert_eq!(field(r#"{"name": "a", "enabledLocales": ["en", 3]}"#), ("enabledLocales[1]".into(), "wrong_type"));
        assert_eq!(field(r#"{"name": "a""#), ("body".into(), "not_json"));
        assert_eq!(field(r#" ["a", null]"#), ("body".into(), "wrong_type"));
        assert_eq!(field(r#"{"name": "a"} x"#), ("body".into(), "not_json"));
        assert_eq!(field(r#"{"name": }"#), ("body".into(), "not_json"));
        assert_eq!(field(r#"{"name": "\ud800"}"#), ("body".into(), "not_json"));
        assert_eq!(field(&format!("{}1", r#"{"name":"#.repeat(300))).1, "wrong_type");
        assert_eq!(field(&format!(r#"{{"x":{}"#, "[".repeat(300))).1, "unknown_field");
    }
}
