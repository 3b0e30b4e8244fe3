//! In which languages an entry is written: the set that lists filter by, and how complete each language is.

use std::fmt;

use serde_json::Value;

use crate::domain::Result;

use super::{Entry, Field, FieldType, Locales, locale::is_blank};

/// Stands for plain text: it is in the default language, whichever that is when somebody asks.
const PLAIN: &str = "*";

/// How many entries an app has, by status, and how many have no title in a language of the project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub total: u64,
    /// Those the world may see.
    pub published: u64,
    /// Those it may not see yet.
    pub draft: u64,
    /// Those that publish themselves.
    pub scheduled: u64,
    /// For each language of the project, the default first: how many have no title in it.
    pub lacking: Vec<(String, u64)>,
}

/// Narrows a list by the languages of the titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InLanguage {
    /// Entries with a title in this language.
    Written(String),
    /// Entries without one.
    Missing(String),
}

/// How much of an entry is written in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The language.
    pub tag: String,
    /// How many texts are written in it.
    pub written: usize,
    /// How many are written in any language.
    pub of: usize,
}

impl InLanguage {
    /// The filter of this word: a tag, or `lacks:` and a tag. None for a language that the project does not have.
    pub fn from_word(word: &str, locales: &Locales<'_>) -> Option<Self> {
        let (tag, missing) = word.strip_prefix("lacks:").map_or((word, false), |tag| (tag, true));
        let filter = if missing { Self::Missing(tag.to_owned()) } else { Self::Written(tag.to_owned()) };
        locales.has(tag).then_some(filter)
    }

    /// The language.
    pub fn tag(&self) -> &str {
        let (Self::Written(tag) | Self::Missing(tag)) = self;
        tag
    }

    /// Whether an entry with this set of languages is shown.
    pub fn shows(&self, set: &str, default: &str) -> bool {
        has(set, self.tag(), default) == matches!(self, Self::Written(_))
    }
}

impl fmt::Display for InLanguage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written(tag) => out.write_str(tag),
            Self::Missing(tag) => write!(out, "lacks:{tag}"),
        }
    }
}

/// The set of languages of a localized value: each tag between blanks, in order, such as ` en fr `; [`PLAIN`] for plain text;
/// nothing where nothing is written.
pub fn of(value: &Value) -> String {
    let mut tags: Vec<&str> = match value {
        Value::String(text) if !is_blank(text) => vec![PLAIN],
        Value::Object(map) => {
            map.iter().filter(|(_, text)| text.as_str().is_some_and(|text| !is_blank(text))).map(|(tag, _)| &**tag).collect()
        }
        _ => Vec::new(),
    };
    tags.sort_unstable();
    if tags.is_empty() { String::new() } else { format!(" {} ", tags.join(" ")) }
}

/// Whether a set holds a language.
pub fn has(set: &str, tag: &str, default: &str) -> bool {
    set.split(' ').any(|one| one == tag || (one == PLAIN && tag == default))
}

/// How complete the entry's fields are in each language of the project, the default first. What is written in no language
/// at all is not missing.
///
/// # Errors
/// Internal, when the stored fields are not JSON.
pub fn shares(entry: &Entry, locales: &Locales<'_>) -> Result<Vec<Share>> {
    let members = entry.members()?;
    let mut sets = Vec::new();
    for field in entry.kind.fields {
        members.get(field.name).into_iter().for_each(|value| gather(field, value, &mut sets));
    }
    let others = locales.enabled.iter().filter(|tag| *tag != locales.default).map(String::as_str);
    let tags = std::iter::once(locales.default).chain(others);
    let share = |tag: &str| {
        let written = sets.iter().filter(|set| has(set, tag, locales.default)).count();
        Share { tag: tag.to_owned(), written, of: sets.len() }
    };
    Ok(tags.map(share).collect())
}

/// The sets of all texts that are written in some language.
fn gather(field: &Field, value: &Value, sets: &mut Vec<String>) {
    if field.localized() {
        sets.extend(Some(of(value)).filter(|set| !set.is_empty()));
    } else if let (FieldType::Group(members), Value::Object(map)) = (field.holds, value) {
        members.iter().for_each(|member| map.get(member.name).into_iter().for_each(|value| gather(member, value, sets)));
    }
}

impl Share {
    /// The word of its mark: `full`, `part` or `none`.
    pub const fn word(&self) -> &'static str {
        match self.written {
            0 => "none",
            all if all == self.of => "full",
            _ => "part",
        }
    }

    /// How many texts are missing.
    pub const fn missing(&self) -> usize {
        self.of - self.written
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::content::{
        Draft,
        kinds::website_post,
        samples::{context, object},
    };

    #[test]
    fn a_set_names_each_language_once_and_in_order() {
        assert_eq!(of(&json!({"fr": "Été", "en": "Summer", "de": "", "it": null})), " en fr ");
        assert_eq!(
            (of(&json!("Plain")), of(&json!("")), of(&json!(null)), of(&json!({}))),
            (" * ".into(), String::new(), String::new(), String::new())
        );
        assert!(has(" en fr ", "fr", "en") && !has(" en fr ", "f", "en") && !has(" en fr-CA ", "fr", "en"));
        assert!(has(" * ", "en", "en") && !has(" * ", "fr", "en") && !has("", "en", "en"));
    }

    #[test]
    fn a_filter_is_a_language_of_the_project() {
        let enabled = ["en".to_owned(), "fr".to_owned()];
        let locales = Locales { default: "en", enabled: &enabled };
        let parse = |word: &str| InLanguage::from_word(word, &locales);
        assert_eq!(parse("fr"), Some(InLanguage::Written("fr".into())));
        assert_eq!(parse("lacks:en"), Some(InLanguage::Missing("en".into())));
        assert_eq!((parse("de"), parse("lacks:"), parse("%")), (None, None, None));
        assert!(InLanguage::Missing("fr".into()).shows(" en ", "en") && !InLanguage::Missing("en".into()).shows(" * ", "en"));
        for word in ["fr", "lacks:fr"] {
            assert_eq!(parse(word).map(|filter| filter.to_string()).as_deref(), Some(word));
        }
    }

    #[test]
    fn a_language_is_measured_by_what_is_written_in_any() {
        let body = json!({"name": "A post", "slug": "a-post", "title": {"en": "One", "fr": "Un"}, "excerpt": {"fr": "Deux"}, "seo": {"title": "Three"}});
        let draft = Draft::parse(&website_post::KIND, object(body), &context()).expect("good");
        let shares = shares(draft.preview(), &context().locales).expect("JSON");
        let words: Vec<_> = shares.iter().map(|share| (share.tag.as_str(), share.word(), share.missing())).collect();
        assert_eq!(words[..2], [("en", "part", 1), ("fr", "part", 1)]);
        assert!(words[2..].iter().all(|(_, word, missing)| (*word, *missing) == ("none", 3)), "{words:?}");
        assert_eq!(draft.preview().locales, " en fr ");
        let bare = Draft::parse(&website_post::KIND, object(json!({"name": "x", "slug": "x"})), &context()).expect("good");
        assert!(super::shares(bare.preview(), &context().locales).expect("JSON").iter().all(|share| share.word() == "none"));
    }
}
