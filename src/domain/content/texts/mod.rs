//! The texts of an entry that are searched, each with where it stands and in which language.

mod blocks;
mod readable;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::domain::{Result, search::words};

use super::{Column, Entry, Field, FieldType, locale::is_blank};

pub use blocks::BlockAt;

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'e> {
    /// Where it stands.
    pub place: TextPlace<'e>,
    /// Its language; none for what is in no language, or in that which the project takes plain text to be in.
    pub locale: Option<&'e str>,
    /// As people read it: without marks and addresses.
    pub text: std::borrow::Cow<'e, str>,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextPlace<'e> {
    /// In a field of the entry.
    Field(&'static Field),
    /// In this member of a block's data.
    Block(BlockAt<'e>, &'e str),
}

impl TextPlace<'_> {
    /// Whether it is a title: what stands there counts more.
    pub fn is_title(&self) -> bool {
        matches!(self, Self::Field(field) if matches!(field.name, "name" | "title"))
    }

    /// Whether it is the same in all languages.
    fn is_common(&self) -> bool {
        matches!(self, Self::Field(field) if !field.localized())
    }

    /// The block, if it stands in one.
    pub const fn block(&self) -> Option<&BlockAt<'_>> {
        match self {
            Self::Field(_) => None,
            Self::Block(block, _) => Some(block),
        }
    }

    /// The field of the entry or of the block.
    pub fn field(&self) -> &str {
        match self {
            Self::Field(field) => field.name,
            Self::Block(_, field) => field,
        }
    }
}

/// One language of an entry, as the full-text index holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocaleText {
    /// The language; empty for plain text.
    pub locale: String,
    /// The words of its name and title.
    pub title: String,
    /// The words of all else.
    pub body: String,
}

/// An entry whose texts were read.
pub struct Texts<'e> {
    entry: &'e Entry,
    fields: Map<String, Value>,
    content: Vec<Value>,
}

impl Entry {
    /// Its texts.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::domain::Error::Internal) when a stored text is not JSON.
    pub fn texts(&self) -> Result<Texts<'_>> {
        let content = serde_json::from_str(&self.content).map_err(|_| super::entry::broken("content"))?;
        Ok(Texts { entry: self, fields: self.members()?, content })
    }
}

impl Texts<'_> {
    /// All of them, in the order in which they are read. Blank ones are none.
    pub fn all(&self) -> Vec<Text<'_>> {
        let mut all = Vec::new();
        for field in self.entry.kind.fields.iter().filter(|field| field.searchable) {
            let place = TextPlace::Field(field);
            match field.column {
                Some(Column::Name) => push(&mut all, place, None, &self.entry.name),
                Some(Column::Slug) => self.entry.slug.iter().for_each(|slug| push(&mut all, place, None, slug)),
                Some(Column::AuthorName) => self.entry.author_name.iter().for_each(|name| push(&mut all, place, None, name)),
                Some(_) => {}
                None => self.fields.get(field.name).into_iter().for_each(|value| spread(&mut all, place, field, value)),
            }
        }
        for block in self.blocks() {
            block.texts(|field, locale, text| push(&mut all, TextPlace::Block(block, field), locale, text));
        }
        all
    }

    /// The blocks of its content.
    pub fn blocks(&self) -> impl Iterator<Item = BlockAt<'_>> {
        blocks::all(&self.content)
    }

    /// What the index is to hold of it: for each of its languages what is written in that and what is in none.
    pub fn documents(&self) -> Vec<LocaleText> {
        let (mut common, mut all) = (LocaleText::default(), BTreeMap::<&str, LocaleText>::new());
        let texts = self.all();
        for text in &texts {
            let document = if text.place.is_common() { &mut common } else { all.entry(text.locale.unwrap_or_default()).or_default() };
            words::append(if text.place.is_title() { &mut document.title } else { &mut document.body }, &text.text);
        }
        if all.is_empty() {
            return vec![common];
        }
        let with = |own: String, common: &str| [own.as_str(), common].join(" ").trim().to_owned();
        let whole = |(locale, own): (&str, LocaleText)| LocaleText {
            locale: locale.to_owned(),
            title: with(own.title, &common.title),
            body: with(own.body, &common.body),
        };
        all.into_iter().map(whole).collect()
    }
}

fn push<'e>(all: &mut Vec<Text<'e>>, place: TextPlace<'e>, locale: Option<&'e str>, text: &'e str) {
    if !is_blank(text) {
        all.push(Text { place, locale, text: readable::of(place.block().map(|block| block.kind), place.field(), text) });
    }
}

/// The texts of a field without a column.
fn spread<'e>(all: &mut Vec<Text<'e>>, place: TextPlace<'e>, field: &'static Field, value: &'e Value) {
    match (value, field.holds) {
        (Value::String(text), _) => push(all, place, None, text),
        (Value::Array(items), _) => items.iter().for_each(|item| spread(all, place, field, item)),
        (Value::Object(map), FieldType::Group(members)) => {
            for member in members.iter().filter(|member| member.searchable) {
                map.get(member.name).into_iter().for_each(|value| spread(all, TextPlace::Field(member), member, value));
            }
        }
        (Value::Object(map), _) => {
            map.iter().for_each(|(tag, text)| text.as_str().into_iter().for_each(|text| push(all, place, Some(tag), text)))
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::content::kinds::website_post;

    fn entry(fields: &Value, content: &Value) -> Entry {
        let name = "Guide".to_owned();
        let fields = fields.to_string();
        Entry { name, slug: Some("a/guide".into()), fields, content: content.to_string(), ..Entry::blank(&website_post::KIND) }
    }

    fn documents(fields: &Value, content: &Value) -> Vec<(String, String, String)> {
        let entry = entry(fields, content);
        let documents = entry.texts().expect("JSON").documents();
        documents.into_iter().map(|one| (one.locale, one.title, one.body)).collect()
    }

    fn document(locale: &str, title: &str, body: &str) -> (String, String, String) {
        (locale.to_owned(), title.to_owned(), body.to_owned())
    }

    #[test]
    fn each_language_is_a_document_with_what_is_in_none() {
        let blocks = json!([{"columns": [{"blocks": [
            {"id": "b", "type": "text", "data": {"markdown": {"en": "Hello [there](https://a.example)", "fr": "Salut", "de": ""}, "link": "no"}},
        ]}]}]);
        let fields = json!({"title": {"en": "The Sea", "fr": "La Mer"}, "tags": ["blue"], "seo": {"title": "not this"}});
        assert_eq!(
            documents(&fields, &blocks),
            [document("en", "the sea guide", "hello there a guide blue"), document("fr", "la mer guide", "salut a guide blue")]
        );
        assert_eq!(documents(&json!({"title": null}), &json!([])), [document("", "guide", "a guide")]);
        assert_eq!(documents(&json!({"title": "Sea"}), &json!([])), [document("", "sea guide", "a guide")]);
    }

    #[test]
    fn a_text_says_where_it_stands() {
        let faq = json!({"items": [{"id": "i", "question": {"fr": "Quoi ?"}, "answer": "Rien"}], "note": 3});
        let content = json!([{"id": "s", "role": "hero", "columns": [{"id": "c", "blocks": [{"id": "b", "type": "faq", "data": faq}]}]}]);
        let entry = entry(&json!({"title": "Sea"}), &content);
        let texts = entry.texts().expect("JSON");
        let all = texts.all();
        let found: Vec<_> = all.iter().map(|one| (one.place.field(), one.locale, &*one.text)).collect();
        let wanted = [
            ("name", None, "Guide"),
            ("slug", None, "a/guide"),
            ("title", None, "Sea"),
            ("question", Some("fr"), "Quoi ?"),
            ("answer", None, "Rien"),
        ];
        assert_eq!(found, wanted);
        let TextPlace::Block(block, _) = all[3].place else { panic!("{:?}", all[3]) };
        assert_eq!((block.section, block.role, block.column, block.id, block.kind), ("s", Some("hero"), "c", "b", "faq"));
    }
}
