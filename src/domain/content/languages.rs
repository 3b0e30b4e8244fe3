//! In which languages an entry is written: how complete each language of it is, and the set that lists filter by.

use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value};

use crate::domain::Result;

use super::{Entry, Field, FieldType, Locales, blocks, locale::is_blank, tree::parts};

/// Stands for plain text: it is in the default language, whichever that is when somebody asks.
const PLAIN: &str = "*";
/// Stands for every language, of an entry in which nothing is to be translated.
const EVERY: &str = "+";
/// The title, without which no language is complete.
const TITLE: &str = "title";

/// How many entries an app has, by status, and how many are not complete in a language of the project.
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
    /// For each language of the project, the default first: how many lack a text in it.
    pub lacking: Vec<(String, u64)>,
}

/// Narrows a list by the languages in which entries are complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InLanguage {
    /// Entries with all their texts in this language.
    Complete(String),
    /// Entries that lack one.
    Lacking(String),
}

/// How much of an entry is written in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The language.
    pub tag: String,
    /// How many texts are written in it.
    pub written: usize,
    /// How many are written in any language, with the title even where it is not.
    pub of: usize,
}

/// How many texts an entry has, in its fields and in its blocks, and how many of them are written in each language. It is stored with the
/// entry, so that no list reads the texts: `3 *:1 en:2 fr:1`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    of: usize,
    tags: BTreeMap<String, usize>,
}

impl InLanguage {
    /// The filter of this word: a tag, or `lacks:` and a tag. None for a language that the project does not have.
    pub fn from_word(word: &str, locales: &Locales<'_>) -> Option<Self> {
        let (tag, lacks) = word.strip_prefix("lacks:").map_or((word, false), |tag| (tag, true));
        let filter = if lacks { Self::Lacking(tag.to_owned()) } else { Self::Complete(tag.to_owned()) };
        locales.has(tag).then_some(filter)
    }

    /// The language.
    pub fn tag(&self) -> &str {
        let (Self::Complete(tag) | Self::Lacking(tag)) = self;
        tag
    }

    /// Whether an entry that is complete in this set of languages is shown.
    pub fn shows(&self, set: &str, default: &str) -> bool {
        has(set, self.tag(), default) == matches!(self, Self::Complete(_))
    }

    /// Whether an entry is shown of which this is a language.
    pub fn shows_share(&self, share: &Share) -> bool {
        share.tag == self.tag() && (share.missing() == 0) == matches!(self, Self::Complete(_))
    }
}

impl fmt::Display for InLanguage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Complete(tag) => out.write_str(tag),
            Self::Lacking(tag) => write!(out, "lacks:{tag}"),
        }
    }
}

/// The words of which a set has one, if it holds a language: that itself, or what stands for it.
pub fn words(tag: &str, default: &str) -> [String; 4] {
    let of_default = |word: String| if tag == default { word } else { tag.to_owned() };
    [tag.to_owned(), EVERY.to_owned(), of_default(PLAIN.to_owned()), of_default(format!("{PLAIN}{tag}"))]
}

/// Whether a set holds a language.
pub fn has(set: &str, tag: &str, default: &str) -> bool {
    let words = words(tag, default);
    set.split(' ').any(|one| words.iter().any(|word| word == one))
}

impl Written {
    /// Those of an entry, as its fields and its content are now. What is written in no language at all is not missing, but for the title.
    ///
    /// # Errors
    /// Internal, when what is stored is not JSON.
    pub fn of(entry: &Entry) -> Result<Self> {
        let members = entry.members()?;
        let mut texts = Self::default();
        texts.gather(entry.kind.fields, &members);
        let title = entry.kind.field(TITLE).filter(|field| field.localized());
        if title.is_some() && members.get(TITLE).is_none_or(|title| tags(title).is_empty()) {
            texts.of += 1;
        }
        // Most entries have no content.
        let tree: Vec<Value> = match entry.content.as_str() {
            "" | "[]" => Vec::new(),
            content => serde_json::from_str(content).map_err(|_| super::entry::broken("content"))?,
        };
        for block in tree.iter().flat_map(parts::columns).flat_map(parts::blocks) {
            let known = block.get("type").and_then(Value::as_str).and_then(blocks::of_type);
            if let (Some(known), Some(Value::Object(data))) = (known, block.get("data")) {
                texts.gather(known.fields, data);
            }
        }
        Ok(texts)
    }

    /// What was stored; nothing of a text that nobody has stored.
    pub fn parse(text: &str) -> Self {
        let mut parts = text.split(' ');
        let of = parts.next().and_then(|of| of.parse().ok()).unwrap_or_default();
        let tags = parts.filter_map(|part| part.split_once(':')).filter_map(|(tag, n)| Some((tag.to_owned(), n.parse().ok()?)));
        Self { of, tags: tags.collect() }
    }

    /// How complete each language of the project is, the default first.
    pub fn shares(&self, locales: &Locales<'_>) -> Vec<Share> {
        let others = locales.enabled.iter().filter(|tag| *tag != locales.default).map(String::as_str);
        let share = |tag: &str| {
            let plain = if tag == locales.default { self.count(PLAIN) } else { 0 };
            Share { tag: tag.to_owned(), written: self.count(tag) + plain, of: self.of }
        };
        std::iter::once(locales.default).chain(others).map(share).collect()
    }

    /// The set of languages in which it is complete, each between blanks, in order: ` en fr `. [`EVERY`] where nothing is to be translated,
    /// [`PLAIN`] for plain text alone. Where some of it is plain text, what is complete if it is the default language has [`PLAIN`] before it.
    pub fn complete(&self) -> String {
        let plain = self.count(PLAIN);
        let words: Vec<String> = match (self.of, plain) {
            (0, _) => vec![EVERY.to_owned()],
            (of, plain) if of == plain => vec![PLAIN.to_owned()],
            (of, plain) => {
                let all = self.tags.iter().filter(|(tag, n)| **n + plain == of && *tag != PLAIN).map(|(tag, _)| tag);
                all.map(|tag| if plain > 0 { format!("{PLAIN}{tag}") } else { tag.clone() }).collect()
            }
        };
        if words.is_empty() { String::new() } else { format!(" {} ", words.join(" ")) }
    }

    fn count(&self, tag: &str) -> usize {
        self.tags.get(tag).copied().unwrap_or_default()
    }

    fn gather(&mut self, fields: &[Field], members: &Map<String, Value>) {
        for (field, value) in fields.iter().filter_map(|field| Some((field, members.get(field.name)?))) {
            match (field.holds, value) {
                _ if field.localized() => self.add(value),
                (FieldType::Group(fields), Value::Object(group)) => self.gather(fields, group),
                (FieldType::Items { fields, .. }, Value::Array(items)) => {
                    items.iter().filter_map(Value::as_object).for_each(|item| self.gather(fields, item));
                }
                _ => {}
            }
        }
    }

    /// One text more, if it is written in some language.
    fn add(&mut self, value: &Value) {
        let tags = tags(value);
        self.of += usize::from(!tags.is_empty());
        for tag in tags {
            *self.tags.entry(tag.to_owned()).or_default() += 1;
        }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.of)?;
        self.tags.iter().try_for_each(|(tag, n)| write!(out, " {tag}:{n}"))
    }
}

/// The languages in which a localized value is written.
fn tags(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) if !is_blank(text) => vec![PLAIN],
        Value::Object(map) => {
            map.iter().filter(|(_, text)| text.as_str().is_some_and(|text| !is_blank(text))).map(|(tag, _)| &**tag).collect()
        }
        _ => Vec::new(),
    }
}

impl Share {
    /// The word of its mark: `full`, `part` or `none`.
    pub const fn word(&self) -> &'static str {
        match self.written {
            all if all == self.of => "full",
            0 => "none",
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
        kinds::{website_layout, website_post},
        samples::{context, object},
    };

    fn texts(body: Value) -> Written {
        let draft = Draft::parse(&website_post::KIND, object(body), &context()).expect("good");
        let found = Written::of(draft.preview()).expect("JSON");
        assert_eq!(Written::parse(&found.to_string()), found);
        found
    }

    #[test]
    fn a_set_names_each_complete_language_once_and_in_order() {
        let set = |of, all: &[(&str, usize)]| Written { of, tags: all.iter().map(|(tag, n)| ((*tag).to_owned(), *n)).collect() }.complete();
        assert_eq!((set(2, &[("en", 2), ("fr", 1)]), set(2, &[("fr", 2), ("en", 2), ("de", 0)])), (" en ".into(), " en fr ".into()));
        assert_eq!((set(2, &[("*", 2)]), set(0, &[]), set(1, &[])), (" * ".into(), " + ".into(), String::new()));
        assert_eq!((set(3, &[("*", 1), ("en", 2), ("fr", 1)]), set(2, &[("*", 1)])), (" *en ".into(), String::new()));
        assert!(has(" en fr ", "fr", "en") && !has(" en fr ", "f", "en") && !has(" en fr-CA ", "fr", "en"));
        assert!(has(" * ", "en", "en") && !has(" * ", "fr", "en") && !has("", "en", "en"));
        assert!(has(" *en *fr ", "en", "en") && !has(" *en *fr ", "fr", "en") && has(" + ", "fr", "en"));
    }

    #[test]
    fn a_filter_is_a_language_of_the_project() {
        let enabled = ["en".to_owned(), "fr".to_owned()];
        let locales = Locales { default: "en", enabled: &enabled };
        let parse = |word: &str| InLanguage::from_word(word, &locales);
        assert_eq!(parse("fr"), Some(InLanguage::Complete("fr".into())));
        assert_eq!(parse("lacks:en"), Some(InLanguage::Lacking("en".into())));
        assert_eq!((parse("de"), parse("lacks:"), parse("%")), (None, None, None));
        assert!(InLanguage::Lacking("fr".into()).shows(" en ", "en") && !InLanguage::Lacking("en".into()).shows(" * ", "en"));
        for word in ["fr", "lacks:fr"] {
            assert_eq!(parse(word).map(|filter| filter.to_string()).as_deref(), Some(word));
        }
    }

    #[test]
    fn a_language_is_measured_by_what_is_written_in_any_of_fields_and_blocks() {
        let words = |texts: &Written| {
            let shares = texts.shares(&context().locales).into_iter();
            shares.map(|share| format!("{} {} {}", share.tag, share.word(), share.missing())).take(3).collect::<Vec<_>>().join(", ")
        };
        let mut body = json!({"name": "A post", "slug": "a-post", "title": {"en": "One", "fr": "Un"}, "excerpt": {"fr": "Deux"}, "seo": {"title": "Three"}});
        let fields = texts(body.clone());
        assert_eq!((fields.to_string().as_str(), fields.complete().as_str()), ("3 *:1 en:1 fr:2", " *fr "));
        assert!(words(&fields).starts_with("en part 1, fr part 1, "), "{}", words(&fields));
        body["excerpt"]["en"] = json!("Two");
        body["seo"] = json!({});
        assert_eq!(texts(body.clone()).complete(), " en fr ");
        let items = json!([{ "id": "i", "question": {"en": "Why?", "fr": "Pourquoi ?"}, "answer": {"en": "So."} }]);
        let blocks = json!([
            { "id": "h", "type": "heading", "data": { "text": {"en": "Head", "fr": "Tête"}, "level": 2 } },
            { "id": "f", "type": "faq", "data": { "items": items } },
            { "id": "d", "type": "divider", "data": {} },
        ]);
        body["content"] = json!([{ "id": "s", "columns": [{ "id": "c", "blocks": blocks }] }]);
        let with_blocks = texts(body);
        assert_eq!((with_blocks.to_string().as_str(), with_blocks.complete().as_str()), ("5 en:5 fr:4", " en "));
    }

    #[test]
    fn no_language_is_complete_without_a_title_and_each_is_where_there_is_nothing_to_translate() {
        let bare = texts(json!({"name": "x", "slug": "x"}));
        assert_eq!((bare.complete(), bare.to_string()), (String::new(), "1".to_owned()));
        assert!(bare.shares(&context().locales).iter().all(|share| share.word() == "none" && share.missing() == 1));
        let layout = Draft::parse(&website_layout::KIND, object(json!({"name": "x"})), &context()).expect("good");
        let none = Written::of(layout.preview()).expect("JSON");
        assert_eq!(none.complete(), " + ");
        assert!(none.shares(&context().locales).iter().all(|share| share.word() == "full"));
        assert_eq!(Written::parse(""), Written::default());
    }
}
