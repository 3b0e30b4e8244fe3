//! Localized values: plain text, or a map from language to text.

use serde_json::{Map, Value};

use crate::domain::{
    error::{Fault, Faults},
    text,
};

use super::path::Path;

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

    /// The language of the project that is nearest to this one: `fr-CA`, else `fr`, else the default.
    pub fn nearest<'t>(&'t self, tag: &'t str) -> &'t str {
        prefixes(tag).find(|tag| self.has(tag)).unwrap_or(self.default)
    }

    /// The text of a stored value that readers of a language are shown.
    pub fn text<'v>(&self, value: &'v Value, locale: &str) -> Option<&'v str> {
        displayed(value, locale, self).as_str()
    }

    /// The language that a write names, which must be one of the project's.
    ///
    /// # Errors
    /// The fault of `locale`.
    pub fn check_tag(&self, tag: Option<&str>) -> Result<(), Fault> {
        tag.map_or(Ok(()), |tag| self.tag(&Path::root("locale"), tag))
    }

    /// Writes a localized text of something that is no entry over its stored one: at most so many characters in each language. What is wrong with it
    /// goes to `faults`, and then it stays as it was.
    pub fn write(&self, field: &str, stored: &mut Value, patch: Value, max: usize, faults: &mut Faults) {
        let text = |path: &Path, text: &str| text::block(&path.to_string(), text, max);
        let mut found = Faults::default();
        if let Some(patch) = check(&Path::root(field), patch, self, text, &mut found)
            && found.0.is_empty()
        {
            merge(stored, patch, None, self);
        }
        found.0.into_iter().for_each(|fault| faults.push(fault));
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

/// Whether nothing is written in a text; it falls back as an absent one does.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Writes a checked value over a stored one. Plain text goes to the default language and null takes all away, unless the write
/// is in one language (`locale`): then either is about that one. Writing one language keeps the others.
pub(super) fn merge(stored: &mut Value, patch: Value, locale: Option<&str>, locales: &Locales) {
    match (locale, patch) {
        (_, Value::Object(patch)) => merge_map(stored, patch, locales),
        (Some(tag), Value::String(text)) if is_blank(&text) => merge(stored, Value::Null, Some(tag), locales),
        (Some(tag), patch) => {
            if !is_fallback(stored, &patch, tag, locales) {
                merge_map(stored, Map::from_iter([(tag.to_owned(), patch)]), locales);
            }
        }
        (None, patch @ Value::String(_)) if stored.as_object().is_some_and(|map| !map.is_empty()) => {
            merge_map(stored, Map::from_iter([(locales.default.to_owned(), patch)]), locales);
        }
        (None, patch) => *stored = patch,
    }
}

/// Whether this is what a reader of `tag` is shown for want of a text in it: sent back, it is no translation.
fn is_fallback(stored: &Value, patch: &Value, tag: &str, locales: &Locales) -> bool {
    let own = match stored {
        Value::Object(map) => map.get(tag).and_then(Value::as_str),
        Value::String(plain) if tag == locales.default => Some(plain.as_str()),
        _ => None,
    };
    if own.is_some_and(|own| !is_blank(own)) {
        return false;
    }
    let mut shown = stored.clone();
    flatten(&mut shown, tag, locales);
    shown == *patch
}

/// What is written already in the same way stays as it is, so that such a patch is no change.
fn merge_map(stored: &mut Value, patch: Map<String, Value>, locales: &Locales) {
    let before = match &*stored {
        Value::Object(map) => map.clone(),
        Value::String(plain) => Map::from_iter([(locales.default.to_owned(), Value::String(plain.clone()))]),
        _ => Map::new(),
    };
    let mut map = before.clone();
    for (tag, value) in patch {
        if value.is_null() {
            map.shift_remove(&tag);
        } else {
            map.insert(tag, value);
        }
    }
    if map != before {
        *stored = if map.is_empty() { Value::Null } else { Value::Object(map) };
    }
}

/// Turns a stored map into the text of one language: `fr-CA`, else `fr`, else the default, else any; blank ones are passed over.
pub(super) fn flatten(value: &mut Value, locale: &str, locales: &Locales) {
    if value.is_object() {
        *value = displayed(value, locale, locales).clone();
    }
}

/// The text of a stored map that readers of a language are shown; null for want of any. What is no map is shown as it is.
pub(super) fn displayed<'v>(value: &'v Value, locale: &str, locales: &Locales) -> &'v Value {
    let Value::Object(map) = value else { return value };
    let written = |text: &&Value| text.as_str().is_some_and(|text| !is_blank(text));
    let mut tags = prefixes(locale).chain([locales.default]);
    let found = tags.find_map(|tag| map.get(tag).filter(written)).or_else(|| map.values().find(written));
    found.or_else(|| map.values().find(|text| text.is_string())).unwrap_or(&Value::Null)
}

/// `fr-CA`, then `fr`.
fn prefixes(locale: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(locale), |tag| tag.rfind('-').map(|end| &tag[..end]))
}

/// Members that people read, and so differ by language, as far as their names tell.
pub(super) const READ_BY_PEOPLE: &[&str] =
    &["alt", "answer", "caption", "cite", "description", "html", "label", "markdown", "question", "text", "title"];

/// Turns the plain texts of a block of an unknown type that people read into texts of one language.
pub(super) fn spread_tree(value: &mut Value, locale: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| spread_tree(item, locale)),
        Value::Object(map) => {
            for (name, member) in map {
                match member {
                    Value::String(text) if READ_BY_PEOPLE.contains(&name.as_str()) && !is_blank(text) => {
                        *member = Value::Object(Map::from_iter([(locale.to_owned(), member.take())]));
                    }
                    member => spread_tree(member, locale),
                }
            }
        }
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
        merge(&mut stored, patch, None, &LOCALES);
        stored
    }

    fn written(mut stored: Value, locale: &str, patch: Value) -> Value {
        merge(&mut stored, patch, Some(locale), &LOCALES);
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
        assert_eq!(merged(json!("Hello"), json!({"en": "Hello", "fr": null})), json!("Hello"), "the same is no change");
    }

    #[test]
    fn a_write_in_one_language_is_about_that_one() {
        assert_eq!(written(json!("Hello"), "fr", json!("Salut")), json!({"en": "Hello", "fr": "Salut"}));
        assert_eq!(written(json!({"en": "Hello"}), "en", json!("Hi")), json!({"en": "Hi"}));
        assert_eq!(written(json!("Hello"), "en", json!("Hello")), json!("Hello"));
        assert_eq!(written(json!(null), "fr", json!("Salut")), json!({"fr": "Salut"}));
        for nothing in [json!(null), json!(""), json!(" ")] {
            assert_eq!(written(json!({"en": "Hello", "fr": "Salut"}), "fr", nothing), json!({"en": "Hello"}));
        }
        assert_eq!(written(json!({"fr": "Salut"}), "fr", json!(null)), json!(null));
        assert_eq!(written(json!({"en": "Hello"}), "fr", json!({"de": "Hallo"})), json!({"en": "Hello", "de": "Hallo"}));
    }

    #[test]
    fn what_was_shown_for_want_of_a_text_is_none() {
        assert_eq!(written(json!({"en": "Hello"}), "fr", json!("Hello")), json!({"en": "Hello"}));
        assert_eq!(written(json!("Hello"), "fr-CA", json!("Hello")), json!("Hello"));
        let french = json!({"en": "Hello", "fr": "Salut"});
        assert_eq!(written(french.clone(), "fr-CA", json!("Salut")), french);
        assert_eq!(written(french, "fr-CA", json!("Hello")), json!({"en": "Hello", "fr": "Salut", "fr-CA": "Hello"}));
        assert_eq!(written(json!({"en": "Hello", "fr": ""}), "fr", json!("Hello")), json!({"en": "Hello", "fr": ""}));
        assert_eq!(written(json!({"en": "Hello", "fr": "Salut"}), "fr", json!("Hello")), json!({"en": "Hello", "fr": "Hello"}));
    }

    #[test]
    fn a_tree_in_one_language_says_so() {
        let mut tree =
            json!([{"type": "faq", "data": {"items": [{"question": "Quoi ?", "link": "/a"}], "title": {"en": "A"}, "text": ""}}]);
        spread_tree(&mut tree, "fr");
        let wanted =
            json!([{"type": "faq", "data": {"items": [{"question": {"fr": "Quoi ?"}, "link": "/a"}], "title": {"en": "A"}, "text": ""}}]);
        assert_eq!(tree, wanted);
    }

    #[test]
    fn the_nearest_language_is_one_of_the_project() {
        assert_eq!(["fr-CA", "fr-BE", "pt", "de"].map(|tag| LOCALES.nearest(tag)), ["fr-CA", "fr", "en", "de"]);
        assert!(LOCALES.check_tag(Some("fr")).is_ok() && LOCALES.check_tag(None).is_ok());
        assert_eq!(LOCALES.check_tag(Some("pt")).map_err(|fault| (fault.field, fault.code)), Err(("locale".into(), "unknown_locale")));
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
            let as_map = |value: Value| match value {
                Value::String(plain) => json!({"en": plain}),
                other => other,
            };
            let after = as_map(merged(stored.clone(), json!({ tag.as_str(): text })));
            prop_assert_eq!(&after[&tag], &text);
            let before = as_map(stored);
            for other in ["en", "fr", "de", "fr-CA"].into_iter().filter(|other| *other != tag) {
                prop_assert_eq!(after.get(other), before.get(other));
            }
        }

        #[test]
        fn plain_text_is_the_default_language(stored in localized(), text in ".{0,8}") {
            let plain = merged(stored.clone(), json!(text));
            if !is_blank(&text) {
                prop_assert_eq!(flat(plain.clone(), "en"), json!(text));
            }
            for other in ["fr", "de", "fr-CA"] {
                prop_assert_eq!(plain.get(other), stored.get(other));
            }
        }

        #[test]
        fn a_language_that_is_read_and_sent_back_changes_nothing(stored in localized(), tag in tags()) {
            let read = flat(stored.clone(), &tag);
            let after = written(stored.clone(), &tag, read.clone());
            prop_assert_eq!(flat(after.clone(), &tag), if read.as_str().is_some_and(is_blank) { flat(after.clone(), &tag) } else { read });
            for other in ["en", "fr", "de", "fr-CA"].into_iter().filter(|other| *other != tag) {
                prop_assert_eq!(after.get(other), stored.get(other));
            }
        }

        #[test]
        fn a_write_in_one_language_keeps_the_others(stored in localized(), tag in tags(), text in ".{0,8}") {
            let (before, after) = (flat(stored.clone(), &tag), written(stored.clone(), &tag, json!(text)));
            if !is_blank(&text) {
                prop_assert_eq!(flat(after.clone(), &tag), json!(text));
            }
            if before == json!(text) && !is_blank(&text) && stored.get(&tag).is_none() {
                prop_assert_eq!(&after, &stored);
            }
            let of = |value: &Value, tag: &str| if value.is_string() { (tag == "en").then(|| value.clone()) } else { value.get(tag).cloned() };
            for other in ["en", "fr", "de", "fr-CA"].into_iter().filter(|other| *other != tag) {
                prop_assert_eq!(of(&after, other), of(&stored, other));
            }
        }

        #[test]
        fn merging_twice_changes_nothing_more(stored in localized(), patch in localized()) {
            let once = merged(stored, patch.clone());
            prop_assert_eq!(merged(once.clone(), patch), once);
        }
    }
}
