//! Reading a body by its descriptor: every field is checked and brought into the form in which it is stored.

use std::collections::HashSet;

use serde_json::{Map, Value};
use url::Url;
use uuid::fmt::Hyphenated;

use crate::domain::{
    error::{Fault, Faults},
    id::uuid,
    text::{self, is_hidden_control, is_unseen},
};

use super::{Context, Field, FieldType, Status, date, locale, path::Path};

/// Most faults that one body is told; beyond them it is noise.
const FAULTS_MAX: usize = 100;
/// Most tags of an entry.
pub(super) const TAGS_MAX: usize = 50;
/// Most characters of a tag.
pub(super) const TAG_MAX: usize = 100;
/// Most entries that one field names.
pub(super) const REFERENCES_MAX: usize = 50;
/// Most characters of an address.
pub(super) const LINK_MAX: usize = 2_000;

/// The greatest number; beyond it not every whole one is told apart.
const NUMBER_MAX: f64 = 1e15;

/// Pattern of a line of text with something in it.
pub(super) const FULL_LINE_PATTERN: &str = r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*[^\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069][^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$";
/// Pattern of a UUID, hyphenated.
pub(super) const UUID_PATTERN: &str = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
/// Pattern of an image's address.
pub(super) const LINK_PATTERN: &str = r"^(https?://[^\s\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+|/([^\s/\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069][^\s\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*)?|file:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})?$";
/// Pattern of where a link leads.
pub(super) const HREF_PATTERN: &str = r"^((https?://|mailto:|tel:|#)[^\s\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+|/([^\s/\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069][^\s\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*)?|(file|entry|dialog):[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(#[^\s\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*)?)?$";
/// Pattern of an id of a section, a column, a block or an item.
pub(super) const ID_PATTERN: &str = "^[A-Za-z0-9_-]{1,64}$";
/// Pattern of a color.
pub(super) const COLOR_PATTERN: &str = "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$";
/// A field and the value that a body gives it, in the form in which it is stored.
pub(super) type Change = (&'static Field, Value);

/// Reads a content tree; [`super::tree`] has it.
type TreeReader<'a> = &'a dyn Fn(&Path, Vec<Value>, &mut Faults) -> Option<String>;

/// Reads bodies and gathers their faults.
pub(super) struct ValueReader<'a> {
    context: &'a Context<'a>,
    tree: Option<TreeReader<'a>>,
    /// What was wrong so far.
    pub(super) faults: Faults,
}

impl<'a> ValueReader<'a> {
    /// A reader without faults.
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Self { context, tree: None, faults: Faults::default() }
    }

    /// The same, where a body may hold a content tree.
    pub(super) fn with_tree(self, tree: TreeReader<'a>) -> Self {
        Self { tree: Some(tree), ..self }
    }

    /// The changes, or what was wrong.
    pub(super) fn finish<T>(mut self, read: T) -> Result<T, Faults> {
        self.faults.0.truncate(FAULTS_MAX);
        if self.faults.0.is_empty() { Ok(read) } else { Err(self.faults) }
    }

    /// Reads `body` by these fields; anything else in it is a fault. `complete` asks for the required ones.
    pub(super) fn body(
        &mut self,
        parent: Option<&Path>,
        fields: impl Iterator<Item = &'static Field>,
        mut body: Map<String, Value>,
        complete: bool,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        for field in fields {
            let path = parent.map_or(Path::root(field.name), |parent| parent.key(field.name));
            match body.shift_remove(field.name) {
                Some(value) => changes.extend(self.field(&path, field, value).map(|value| (field, value))),
                None if complete && field.required => self.faults.push(path.fault("required", "is required")),
                None => {}
            }
        }
        for name in body.keys().take(FAULTS_MAX) {
            let path = parent.map_or(Path::root(name), |parent| parent.key(name));
            self.faults.push(path.unknown());
        }
        changes
    }

    fn field(&mut self, path: &Path, field: &Field, value: Value) -> Option<Value> {
        if value.is_null() && (field.nullable || !self.context.complete) {
            return Some(Value::Null);
        }
        if value.is_null() && field.required && field.localized() {
            return self.faults.keep(Err(path.fault("required", "is required")));
        }
        let locales = &self.context.locales;
        match (field.holds, value) {
            (FieldType::Localized { max }, value) => {
                locale::check(path, value, locales, |path, text| line(path, text, max, false), &mut self.faults)
            }
            (FieldType::LocalizedBlock { max }, value) => {
                locale::check(path, value, locales, |path, text| block(path, text, max), &mut self.faults)
            }
            (FieldType::Group(fields), Value::Object(members)) => {
                let changes = self.body(Some(path), fields.iter(), members, false);
                Some(Value::Object(changes.into_iter().map(|(field, value)| (field.name.to_owned(), value)).collect()))
            }
            (FieldType::Tags, Value::Array(tags)) => self.words(path, tags, |path, tag| line(path, tag, TAG_MAX, true)),
            (FieldType::Origins, Value::Array(origins)) => self.words(path, origins, origin),
            (FieldType::References { .. }, Value::Array(ids)) => self.references(path, ids),
            (FieldType::LocalizedLink, value) => locale::check(path, value, locales, link, &mut self.faults),
            (FieldType::ContentType, Value::String(word)) => {
                let good = self.context.kinds.iter().any(|kind| kind.has_slug() && kind.content_type == word);
                let checked = if good {
                    Ok(Value::String(word))
                } else {
                    Err(path.fault("unknown_kind", "must be a kind of content that has addresses"))
                };
                self.faults.keep(checked)
            }
            (FieldType::Items { fields, max }, Value::Array(items)) => self.items(path, fields, max, items),
            (FieldType::Tree, Value::Array(sections)) => self.tree?(path, sections, &mut self.faults).map(Value::String),
            (_, value) => self.faults.keep(scalar(path, field, value)),
        }
    }

    /// Words, each once.
    fn words(&mut self, path: &Path, tags: Vec<Value>, check: fn(&Path, &str) -> Result<String, Fault>) -> Option<Value> {
        if tags.len() > TAGS_MAX {
            return self.faults.keep(Err(path.fault("too_many", format_args!("must have at most {TAGS_MAX} items"))));
        }
        let mut kept: Vec<Value> = Vec::new();
        for (index, tag) in tags.iter().enumerate() {
            let here = path.at(index);
            let tag = tag.as_str().ok_or_else(|| here.wrong_type("text")).and_then(|tag| check(&here, tag));
            if let Some(tag) = self.faults.keep(tag).map(Value::String)
                && !kept.contains(&tag)
            {
                kept.push(tag);
            }
        }
        Some(Value::Array(kept))
    }

    fn references(&mut self, path: &Path, ids: Vec<Value>) -> Option<Value> {
        if ids.len() > REFERENCES_MAX {
            return self.faults.keep(Err(path.fault("too_many", format_args!("must have at most {REFERENCES_MAX} items"))));
        }
        let mut kept: Vec<Value> = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let here = path.at(index);
            let id = id.as_str().ok_or_else(|| here.wrong_type("text")).and_then(|id| uuid_of(&here, id));
            if let Some(id) = self.faults.keep(id)
                && !kept.contains(&id)
            {
                kept.push(id);
            }
        }
        Some(Value::Array(kept))
    }

    fn items(&mut self, path: &Path, fields: &'static [Field], max: usize, items: Vec<Value>) -> Option<Value> {
        if items.len() > max {
            return self.faults.keep(Err(path.fault("too_many", format_args!("must have at most {max} items"))));
        }
        let (mut kept, mut ids) = (Vec::new(), HashSet::new());
        for (index, item) in items.into_iter().enumerate() {
            let here = path.at(index);
            let Value::Object(mut item) = item else {
                self.faults.push(here.wrong_type("an object"));
                continue;
            };
            let Some(id) = self.id(&here, item.shift_remove("id")) else { continue };
            if !ids.insert(id.clone()) {
                self.faults.push(here.key("id").fault("duplicate", "is used twice"));
            }
            let changes = self.body(Some(&here), fields.iter(), item, self.context.complete);
            let members = changes.into_iter().map(|(field, value)| (field.name.to_owned(), value));
            kept.push(Value::Object([("id".to_owned(), Value::String(id))].into_iter().chain(members).collect()));
        }
        Some(Value::Array(kept))
    }

    /// Keeps a good id, makes a missing one.
    pub(super) fn id(&mut self, path: &Path, given: Option<Value>) -> Option<String> {
        let path = path.key("id");
        let id = match given {
            None => Ok(uuid(self.context.now, self.context.entropy).to_string()),
            Some(Value::String(id)) if is_id(&id) => Ok(id),
            Some(Value::String(_)) => Err(path.fault("malformed", "must have 1 to 64 letters, digits, - or _")),
            Some(_) => Err(path.wrong_type("text")),
        };
        self.faults.keep(id)
    }
}

fn scalar(path: &Path, field: &Field, value: Value) -> Result<Value, Fault> {
    match (field.holds, value) {
        (FieldType::Bool, flag @ Value::Bool(_)) => Ok(flag),
        (FieldType::Line { max }, Value::String(text)) => line(path, &text, max, field.required).map(|text| or_null(text, field)),
        (FieldType::Block { max }, Value::String(text)) => block(path, &text, max).map(|text| or_null(text, field)),
        (FieldType::Link, Value::String(text)) => link(path, &text).map(|text| or_null(text, field)),
        (FieldType::Slug, Value::String(text)) => text::slug(&path.to_string(), &text).map(Value::String),
        (FieldType::Status | FieldType::PlainStatus, Value::String(word)) if Status::PLAIN.contains(&word.as_str()) => {
            Ok(Value::String(word))
        }
        (FieldType::Status | FieldType::PlainStatus, Value::String(_)) => Err(path.fault("malformed", "must be draft or published")),
        (FieldType::Id | FieldType::Reference(_) | FieldType::App(_), Value::String(text)) => uuid_of(path, &text),
        (FieldType::Instant, Value::String(text)) => date::read(path, &text).map(|at| at.to_string().into()),
        (FieldType::Color, Value::String(text)) if is_color(&text) => Ok(Value::String(text)),
        (FieldType::Color, Value::String(_)) => Err(path.fault("malformed", "must be a color such as #1a2b3c")),
        (FieldType::Href, Value::String(text)) => href(path, &text).map(|text| or_null(text, field)),
        (FieldType::Word(words), Value::String(word)) if words.contains(&word.as_str()) => Ok(Value::String(word)),
        (FieldType::Word(words), Value::String(_)) => Err(path.fault("malformed", format_args!("must be one of {}", words.join(", ")))),
        (FieldType::Integer { min, max }, Value::Number(number)) => match number.as_i64() {
            Some(whole) if (min..=max).contains(&whole) => Ok(Value::from(whole)),
            _ => Err(path.fault("out_of_range", format_args!("must be a whole number from {min} to {max}"))),
        },
        (FieldType::Number, Value::Number(number)) => match number.as_f64() {
            Some(found) if found.abs() <= NUMBER_MAX => Ok(Value::Number(number)),
            _ => Err(path.fault("out_of_range", format_args!("must lie between -{NUMBER_MAX} and {NUMBER_MAX}"))),
        },
        (FieldType::Shaped(shape), Value::String(text)) => match text.trim() {
            "" if field.nullable => Ok(Value::Null),
            text if shape.has(text) => Ok(Value::String(text.to_owned())),
            _ => Err(path.fault("malformed", shape.rule())),
        },
        (holds, _) => Err(path.wrong_type(&what(holds, field.nullable))),
    }
}

fn uuid_of(path: &Path, text: &str) -> Result<Value, Fault> {
    text.parse::<Hyphenated>().map(|id| id.to_string().into()).map_err(|_| path.fault("malformed", "must be a UUID"))
}

fn what(holds: FieldType, nullable: bool) -> String {
    let noun = match holds {
        FieldType::Bool => "true or false",
        FieldType::Tags | FieldType::Origins | FieldType::Tree | FieldType::Items { .. } | FieldType::References { .. } => "an array",
        FieldType::Integer { .. } => "a whole number",
        FieldType::Number => "a number",
        FieldType::Group(_) => "an object",
        _ => "text",
    };
    if nullable { format!("{noun} or null") } else { noun.to_owned() }
}

/// Nothing typed is nothing, where a field has a word for that.
fn or_null(text: String, field: &Field) -> Value {
    if text.is_empty() && field.nullable { Value::Null } else { Value::String(text) }
}

// Length and characters are checked before trimming, so that the patterns above say exactly what is accepted.
fn line(path: &Path, text: &str, max: usize, full: bool) -> Result<String, Fault> {
    check_text(path, text, max, |_| false)?;
    let text = text.trim();
    if full && is_unseen(text) {
        return Err(path.fault("required", "must not be empty"));
    }
    Ok(text.to_owned())
}

fn block(path: &Path, text: &str, max: usize) -> Result<String, Fault> {
    check_text(path, text, max, |c| matches!(c, '\n' | '\r' | '\t'))?;
    Ok(text.to_owned())
}

fn check_text(path: &Path, text: &str, max: usize, allowed: impl Fn(char) -> bool) -> Result<(), Fault> {
    if text.chars().count() > max {
        return Err(path.fault("too_long", format_args!("must have at most {max} characters")));
    }
    if text.chars().any(|c| is_hidden_control(c) && !allowed(c)) {
        return Err(path.fault("control_character", "must not contain control characters"));
    }
    Ok(())
}

fn link(path: &Path, text: &str) -> Result<String, Fault> {
    check_text(path, text, LINK_MAX, |_| false)?;
    let plain = !text.contains(|c: char| c.is_whitespace() || c == '\\');
    let good = match text {
        "" | "/" => true,
        // Two slashes would lead to another host.
        _ if text.starts_with('/') => plain && !text.starts_with("//"),
        _ => match text.split_once(':') {
            Some(("file", id)) => id.parse::<Hyphenated>().is_ok(),
            Some(("http" | "https", rest)) => plain && rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty()),
            _ => false,
        },
    };
    let rule = "must be an http or https address, a path, or file: and the id of a file";
    if good { Ok(text.to_owned()) } else { Err(path.fault("malformed", rule)) }
}

/// A web origin as browsers write it: no path, no default port, small letters.
fn origin(path: &Path, text: &str) -> Result<String, Fault> {
    let rule = "must be an origin such as https://example.org, without a path";
    let good = Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.username().is_empty());
    let good = good.filter(|url| url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.password().is_none());
    good.map(|url| url.origin().ascii_serialization()).ok_or_else(|| path.fault("malformed", rule))
}

/// Where a link may lead. Nothing that runs: no `javascript:`, no `data:`.
fn href(path: &Path, text: &str) -> Result<String, Fault> {
    check_text(path, text, LINK_MAX, |_| false)?;
    let plain = !text.contains(|c: char| c.is_whitespace() || c == '\\');
    let good = match text.split_once(':') {
        Some(("entry" | "dialog", id)) => id.split('#').next().is_some_and(|id| id.parse::<Hyphenated>().is_ok()),
        Some(("mailto" | "tel", rest)) => plain && !rest.is_empty(),
        _ if text.starts_with('#') => plain && text.len() > 1,
        _ => return link(path, text),
    };
    let rule = "must be an address, a path, or entry:, file: or dialog: and an id";
    if good { Ok(text.to_owned()) } else { Err(path.fault("malformed", rule)) }
}

/// Whether a text is the id of a section, a column, a block or an item.
pub(super) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| matches!(hex.len(), 3 | 6 | 8) && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(holds: FieldType, text: &str) -> bool {
        scalar(&Path::root("x"), &Field::new("x", holds), Value::String(text.to_owned())).is_ok()
    }

    #[test]
    fn links_lead_to_the_web_a_path_or_a_file() {
        let file = "file:0190a1b2-0000-7000-8000-000000000001";
        for good in ["", "/", "/a/b.png", "https://example.org/a.png", "http://x", file, "/é"] {
            assert!(accepts(FieldType::Link, good), "{good}");
        }
        for bad in
            ["//evil.example", "/\\evil.example", "javascript:alert(1)", "https://", "a.png", "file:x", "/a b", "data:image/png;base64,AA"]
        {
            assert!(!accepts(FieldType::Link, bad), "{bad}");
        }
        assert!(!accepts(FieldType::Link, &format!("/{}", "a".repeat(LINK_MAX))));
    }

    #[test]
    fn colors_and_ids_have_one_form() {
        assert!(["#fff", "#1a2b3c", "#1A2B3C80"].into_iter().all(|text| accepts(FieldType::Color, text)));
        assert!(!["fff", "#ffff", "#ggg", "red", "#1a2b3c8"].into_iter().any(|text| accepts(FieldType::Color, text)));
        assert!(accepts(FieldType::Id, "0190A1B2-0000-7000-8000-000000000001"));
        assert!(!accepts(FieldType::Id, "0190a1b2000070008000000000000001"));
    }

    #[test]
    fn length_counts_before_trimming() {
        let path = Path::root("x");
        assert_eq!(line(&path, " ab ", 4, true).ok().as_deref(), Some("ab"));
        assert_eq!(line(&path, " abc ", 4, true).map_err(|fault| fault.code), Err("too_long"));
        assert_eq!(line(&path, "ab\n", 4, true).map_err(|fault| fault.code), Err("control_character"));
        assert_eq!(line(&path, " \u{3000}", 4, true).map_err(|fault| fault.code), Err("required"));
        assert_eq!(block(&path, "a\n\tb", 4).ok().as_deref(), Some("a\n\tb"));
        assert_eq!(block(&path, "a\u{202e}", 4).map_err(|fault| fault.code), Err("control_character"));
    }
}
