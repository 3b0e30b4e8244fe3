//! Localized values: plain text, or a map from language to text.

use serde_json::{Map, Value};

use super::path::Path;
use crate::domain::{
    error::{Fault, Faults},
    text,
};

/// The languages of a project.
#[derive(Debug, Clone, Copy)]
pub struct Locales<'a> {
    /// The one that plain text is taken to be in; always one of the enabled ones.
    pub default: &'a str,
    /// All that content may be written in.
    pub enabled: &'a [String],
}

impl Locales<'_> {
    /// Whether content may be written in this language.
    pub fn has(&self, tag: &str) -> bool {
        tag == self.default || self.enabled.iter().any(|one| one == tag)
    }

    fn words(&self) -> String {
        let others = self.enabled.iter().map(String::as_str).filter(|tag| *tag != self.default);
        std::iter::once(self.default).chain(others).collect::<Vec<_>>().join(", ")
    }

    fn tag(&self, path: &Path, tag: &str) -> Result<(), Fault> {
        text::locale(&path.to_string(), tag)?;
        if self.has(tag) {
            return Ok(());
        }
        Err(path.fault("unknown_locale", format_args!("is not a language of this project; it has {}", self.words())))
    }
}

/// Checks a localized value; `null` in a map takes that language away. `text` checks the text of one language.
pub(super) fn check(
    path: &Path,
    value: Value,
    locales: &Locales,
    text: impl Fn(&Path, &str) -> Result<String, Fault>,
    faults: &mut Faults,
) -> Option<Value> {
    match value {
        Value::Null => Some(Value::Null),
        Value::String(plain) => faults.keep(text(path, &plain)).map(Value::String),
        Value::Object(map) => {
            let mut checked = Map::new();
            for (tag, value) in map {
                let here = path.key(&tag);
                let one = locales.tag(&here, &tag).and_then(|()| match value {
                    Value::Null => Ok(Value::Null),
                    Value::String(plain) => text(&here, &plain).map(Value::String),
                    _ => Err(here.wrong_type("text or null")),
                });
                if let Some(value) = faults.keep(one) {
                    checked.insert(tag, value);
                }
            }
            Some(Value::Object(checked))
        }
        _ => faults.keep(Err(path.wrong_type("text, a map from language to text, or null"))),
    }
}

/// Writes a checked value over a stored one. Writing one language keeps the others.
pub(super) fn merge(stored: &mut Value, patch: Value, default: &str) {
    match (stored, patch) {
        (Value::Object(stored), Value::String(text)) if !stored.is_empty() => {
            stored.insert(default.to_owned(), Value::String(text));
        }
        (stored, Value::Object(patch)) => merge_map(stored, patch, default),
        (stored, patch) => *stored = patch,
    }
}

fn merge_map(stored: &mut Value, patch: Map<String, Value>, default: &str) {
    if patch.is_empty() {
        return;
    }
    let mut map = match stored.take() {
        Value::Object(map) => map,
        Value::String(plain) => Map::from_iter([(default.to_owned(), Value::String(plain))]),
        _ => Map::new(),
    };
    for (tag, value) in patch {
        if value.is_null() {
            map.shift_remove(&tag);
        } else {
            map.insert(tag, value);
        }
    }
    if !map.is_empty() {
        *stored = Value::Object(map);
    }
}

/// Turns a stored map into the text of one language: `fr-CA`, else `fr`, else the default, else any.
pub(super) fn flatten(value: &mut Value, locale: &str, locales: &Locales) {
    let Value::Object(map) = value else { return };
    let mut tag = locale;
    let mut found = map.shift_remove(tag);
    while found.is_none()
        && let Some(end) = tag.rfind('-')
    {
        tag = &tag[..end];
        found = map.shift_remove(tag);
    }
    let found = found.or_else(|| map.shift_remove(locales.default)).or_else(|| map.values_mut().next().map(Value::take));
    *value = found.unwrap_or(Value::Null);
}

/// Does the same to every map within a content tree. Blocks have no descriptor, so a map is what looks like one: it is
/// not empty, its keys are languages of the project and its values are text.
pub(super) fn flatten_tree(value: &mut Value, locale: &str, locales: &Locales) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| flatten_tree(item, locale, locales)),
        Value::Object(map) if !map.is_empty() && map.iter().all(|(tag, text)| text.is_string() && locales.has(tag)) => {
            flatten(value, locale, locales);
        }
        Value::Object(map) => map.values_mut().for_each(|member| flatten_tree(member, locale, locales)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::domain::content::samples::LOCALES;

    fn merged(mut stored: Value, patch: Value) -> Value {
        merge(&mut stored, patch, "en");
        stored
    }

    fn flat(mut value: Value, locale: &str) -> Value {
        flatten(&mut value, locale, &LOCALES);
        value
    }

    #[test]
    fn merges_plain_text_and_maps() {
        assert_eq!(merged(json!("Hello"), json!("Hi")), json!("Hi"));
        assert_eq!(merged(json!({"en": "Hello", "fr": "Salut"}), json!("Hi")), json!({"en": "Hi", "fr": "Salut"}));
        assert_eq!(merged(json!("Hello"), json!({"fr": "Salut"})), json!({"en": "Hello", "fr": "Salut"}));
        assert_eq!(merged(json!({"en": "Hello", "fr": "Salut"}), json!({"fr": null})), json!({"en": "Hello"}));
        assert_eq!(merged(json!({"fr": "Salut"}), json!({"fr": null})), json!(null));
        assert_eq!(merged(json!({"fr": "Salut"}), json!(null)), json!(null));
        assert_eq!(merged(json!("Hello"), json!({})), json!("Hello"));
        assert_eq!(merged(json!(null), json!("Hello")), json!("Hello"));
    }

    #[test]
    fn flattens_to_the_nearest_language() {
        let map = json!({"de": "Hallo", "en": "Hello", "fr": "Salut"});
        assert_eq!(flat(map.clone(), "fr-CA"), "Salut");
        assert_eq!(flat(map.clone(), "pt-BR"), "Hello");
        assert_eq!(flat(json!({"de": "Hallo"}), "fr"), "Hallo");
        assert_eq!(flat(json!("Hello"), "fr"), "Hello");
        assert_eq!(flat(json!(null), "fr"), json!(null));
    }

    #[test]
    fn flattens_only_what_looks_like_a_language_map() {
        let mut tree =
            json!([{"id": "a", "data": {"text": {"en": "Hello", "fr": "Salut"}, "kept": {"en": 1}, "none": {}, "alt": {"src": "x"}}}]);
        flatten_tree(&mut tree, "fr", &LOCALES);
        assert_eq!(tree, json!([{"id": "a", "data": {"text": "Salut", "kept": {"en": 1}, "none": {}, "alt": {"src": "x"}}}]));
    }

    #[test]
    fn refuses_a_language_that_the_project_has_not() {
        let mut faults = Faults::default();
        let value = json!({"fr": "Salut", "nl": "Hallo", "EN": "Hi", "de": 3});
        check(&Path::root("title"), value, &LOCALES, |_, text| Ok(text.to_owned()), &mut faults);
        let found: Vec<_> = faults.0.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        assert_eq!(found, [("title.nl", "unknown_locale"), ("title.EN", "malformed"), ("title.de", "wrong_type")]);
        assert!(faults.0[0].message.ends_with("it has en, fr, de, fr-CA."), "{}", faults.0[0].message);
    }

    fn tags() -> impl Strategy<Value = String> {
        prop::sample::select(vec!["en", "fr", "de", "fr-CA"]).prop_map(str::to_owned)
    }

    fn localized() -> impl Strategy<Value = Value> {
        let map = prop::collection::hash_map(tags(), ".{0,8}", 1..4).prop_map(|map| json!(map));
        prop_oneof![Just(Value::Null), ".{0,8}".prop_map(Value::String), map]
    }

    proptest! {
        #[test]
        fn writing_one_language_keeps_the_others(stored in localized(), tag in tags(), text in ".{0,8}") {
            let after = merged(stored.clone(), json!({ tag.as_str(): text }));
            prop_assert_eq!(&after[&tag], &text);
            let before = match stored {
                Value::String(plain) => json!({"en": plain}),
                other => other,
            };
            for other in ["en", "fr", "de", "fr-CA"].into_iter().filter(|other| *other != tag) {
                prop_assert_eq!(after.get(other), before.get(other));
            }
        }

        #[test]
        fn plain_text_is_the_default_language(stored in localized(), text in ".{0,8}") {
            let plain = merged(stored.clone(), json!(text));
            prop_assert_eq!(flat(plain.clone(), "en"), json!(text));
            for other in ["fr", "de", "fr-CA"] {
                prop_assert_eq!(plain.get(other), stored.get(other));
            }
        }

        #[test]
        fn merging_twice_changes_nothing_more(stored in localized(), patch in localized()) {
            let once = merged(stored, patch.clone());
            prop_assert_eq!(merged(once.clone(), patch), once);
        }
    }
}
