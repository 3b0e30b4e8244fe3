//! What differs between two values: member by member, in each language apart, and in texts word by word.

use serde::Serialize;
use serde_json::{Map, Value};
use similar::{ChangeTag, TextDiff};
use utoipa::ToSchema;

use crate::domain::content::Locales;

/// Most words of texts that are compared word by word; longer ones are told whole.
const WORDS: usize = 4_000;

/// A text or a value that is another now.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FieldChange {
    /// Which: `title`, `data.items[1].text`.
    pub field: String,
    /// In which language, where it has one for each.
    pub locale: Option<String>,
    /// What it was; null where there was nothing.
    #[schema(value_type = Object, nullable)]
    pub before: Value,
    /// What it is.
    #[schema(value_type = Object, nullable)]
    pub after: Value,
    /// Where both are texts: their words, in order.
    pub words: Vec<Words>,
}

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ChangedWords)]
pub struct Words {
    /// What became of them.
    pub change: WordChange,
    /// The words, with the space between them.
    pub text: String,
}

/// What became of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum WordChange {
    /// They are in both.
    Same,
    /// They are new.
    Added,
    /// They are gone.
    Removed,
}

impl WordChange {
    /// Whether they are new.
    pub const fn is_added(self) -> bool {
        matches!(self, Self::Added)
    }

    /// Whether they are gone.
    pub const fn is_removed(self) -> bool {
        matches!(self, Self::Removed)
    }
}

/// Compares two objects and appends what differs in their members.
pub fn compare(before: &Map<String, Value>, after: &Map<String, Value>, locales: &Locales, changes: &mut Vec<FieldChange>) {
    Comparison { locales, changes }.members("", before, after);
}

struct Comparison<'a> {
    locales: &'a Locales<'a>,
    changes: &'a mut Vec<FieldChange>,
}

impl Comparison<'_> {
    fn members(&mut self, path: &str, before: &Map<String, Value>, after: &Map<String, Value>) {
        let names = after.keys().chain(before.keys().filter(|name| !after.contains_key(*name)));
        for name in names {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            self.values(&path, before.get(name).unwrap_or(&Value::Null), after.get(name).unwrap_or(&Value::Null));
        }
    }

    fn values(&mut self, path: &str, before: &Value, after: &Value) {
        if before == after {
            return;
        }
        if let Some((before, after)) = self.localized(before).zip(self.localized(after))
            && !(before.is_empty() && after.is_empty())
            && !(is_text_or_null(&before, self.locales) && is_text_or_null(&after, self.locales))
        {
            return self.languages(path, &before, &after);
        }
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => self.members(path, before, after),
            (Value::Null, Value::Object(after)) => self.members(path, &Map::new(), after),
            (Value::Object(before), Value::Null) => self.members(path, before, &Map::new()),
            (Value::Array(before), Value::Array(after)) if are_objects(before) && are_objects(after) => self.items(path, before, after),
            _ => self.push(path, None, before, after),
        }
    }

    /// The texts by language, where a value can be read so: a map of languages, plain text in the default one, or nothing.
    fn localized(&self, value: &Value) -> Option<Map<String, Value>> {
        match value {
            Value::Null => Some(Map::new()),
            Value::String(_) => Some([(self.locales.default.to_owned(), value.clone())].into_iter().collect()),
            Value::Object(map) if !map.is_empty() => {
                let fits = |(tag, text): (&String, &Value)| self.locales.has(tag) && (text.is_string() || text.is_null());
                map.iter().all(fits).then(|| map.clone())
            }
            _ => None,
        }
    }

    fn languages(&mut self, path: &str, before: &Map<String, Value>, after: &Map<String, Value>) {
        let tags = after.keys().chain(before.keys().filter(|tag| !after.contains_key(*tag)));
        for tag in tags {
            let (before, after) = (before.get(tag).unwrap_or(&Value::Null), after.get(tag).unwrap_or(&Value::Null));
            if before != after {
                self.push(path, Some(tag), before, after);
            }
        }
    }

    /// Items are the same where they have one id; those without are compared in their order.
    fn items(&mut self, path: &str, before: &[Value], after: &[Value]) {
        let ids = |items: &[Value]| items.iter().map(|item| item.get("id").and_then(Value::as_str).map(str::to_owned)).collect::<Vec<_>>();
        let (old, new) = (ids(before), ids(after));
        let by_id = old.iter().chain(&new).all(Option::is_some);
        let nothing = Value::Null;
        for (at, item) in after.iter().enumerate() {
            let earlier = if by_id { old.iter().position(|id| *id == new[at]) } else { Some(at) };
            self.values(&format!("{path}[{at}]"), earlier.and_then(|at| before.get(at)).unwrap_or(&nothing), item);
        }
        for (at, item) in before.iter().enumerate() {
            let is_gone = if by_id { !new.contains(&old[at]) } else { at >= after.len() };
            if is_gone {
                self.values(&format!("{path}[{at}]"), item, &nothing);
            }
        }
        let common = |of: &[Option<String>], other: &[Option<String>]| -> Vec<Value> {
            of.iter().filter(|id| other.contains(id)).map(|id| id.clone().into()).collect()
        };
        let (was, is) = (common(&old, &new), common(&new, &old));
        if by_id && was != is {
            self.push(&format!("{path}[]"), None, &was.into(), &is.into());
        }
    }

    fn push(&mut self, path: &str, locale: Option<&str>, before: &Value, after: &Value) {
        let words = match (before, after) {
            (Value::String(before), Value::String(after)) => words(before, after),
            _ => Vec::new(),
        };
        let locale = locale.map(str::to_owned);
        self.changes.push(FieldChange { field: path.to_owned(), locale, before: before.clone(), after: after.clone(), words });
    }
}

/// Whether there is nothing but plain text: such a field has no languages, as far as can be seen.
fn is_text_or_null(texts: &Map<String, Value>, locales: &Locales) -> bool {
    texts.keys().all(|tag| tag == locales.default)
}

fn are_objects(items: &[Value]) -> bool {
    items.iter().all(Value::is_object)
}

/// The words of two texts, with what became of them.
pub fn words(before: &str, after: &str) -> Vec<Words> {
    let mut all: Vec<Words> = Vec::new();
    let mut push = |change, text: &str| match all.last_mut() {
        Some(last) if last.change == change => last.text.push_str(text),
        _ => all.push(Words { change, text: text.to_owned() }),
    };
    if [before, after].iter().any(|text| text.split_whitespace().count() > WORDS) {
        push(WordChange::Removed, before);
        push(WordChange::Added, after);
        return all;
    }
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let became = match change.tag() {
            ChangeTag::Equal => WordChange::Same,
            ChangeTag::Delete => WordChange::Removed,
            ChangeTag::Insert => WordChange::Added,
        };
        push(became, change.value());
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::content::samples::{LOCALES, object};

    fn changes_of(before: Value, after: Value) -> Vec<(String, String, Value, Value)> {
        let mut changes = Vec::new();
        compare(&object(before), &object(after), &LOCALES, &mut changes);
        changes.into_iter().map(|one| (one.field, one.locale.unwrap_or_default(), one.before, one.after)).collect()
    }

    fn one(field: &str, locale: &str, before: Value, after: Value) -> (String, String, Value, Value) {
        (field.to_owned(), locale.to_owned(), before, after)
    }

    #[test]
    fn each_language_is_told_apart() {
        assert_eq!(
            changes_of(json!({"a": {"en": "Sea", "fr": "Mer"}}), json!({"a": {"en": "Sea", "fr": "Lac"}})),
            [one("a", "fr", json!("Mer"), json!("Lac"))]
        );
        assert_eq!(changes_of(json!({"a": "Sea"}), json!({"a": {"en": "Sea", "fr": "Mer"}})), [one("a", "fr", json!(null), json!("Mer"))]);
        assert_eq!(changes_of(json!({"a": "Sea"}), json!({"a": "Lake"})), [one("a", "", json!("Sea"), json!("Lake"))]);
        assert_eq!(changes_of(json!({}), json!({"a": {"fr": "Mer"}})), [one("a", "fr", json!(null), json!("Mer"))]);
        assert_eq!(changes_of(json!({"a": {"x": 1}}), json!({"a": null})), [one("a.x", "", json!(1), json!(null))]);
    }

    #[test]
    fn items_with_an_id_are_found_where_they_went() {
        let items = |ids: &[(&str, &str)]| {
            let items: Vec<_> = ids.iter().map(|(id, text)| json!({ "id": id, "text": text })).collect();
            json!({ "items": items })
        };
        let before = items(&[("a", "A"), ("b", "B"), ("c", "C")]);
        assert_eq!(
            changes_of(before.clone(), items(&[("a", "A"), ("c", "D")])),
            [
                one("items[1].text", "", json!("C"), json!("D")),
                one("items[1].id", "", json!("b"), json!(null)),
                one("items[1].text", "", json!("B"), json!(null)),
            ]
        );
        assert_eq!(
            changes_of(before, items(&[("b", "B"), ("a", "A"), ("c", "C")])),
            [one("items[]", "", json!(["a", "b", "c"]), json!(["b", "a", "c"]))]
        );
        assert_eq!(changes_of(json!({"tags": ["x"]}), json!({"tags": ["x", "y"]})), [one("tags", "", json!(["x"]), json!(["x", "y"]))]);
    }

    #[test]
    fn words_join_to_the_texts_that_they_come_from() {
        let (before, after) = ("The old sea\nis wide.", "The sea\nis very wide.");
        let all = words(before, after);
        let of = |gone| all.iter().filter(|part| part.change != gone).map(|part| part.text.as_str()).collect::<String>();
        assert_eq!((of(WordChange::Added), of(WordChange::Removed)), (before.to_owned(), after.to_owned()));
        assert!(all.iter().any(|part| part.change == WordChange::Removed && part.text.trim() == "old"), "{all:?}");
        let long = "word ".repeat(WORDS + 1);
        assert_eq!(words(&long, "x").len(), 2);
    }
}
