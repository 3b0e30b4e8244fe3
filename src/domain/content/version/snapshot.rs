//! What a version keeps of an entry, and how an entry becomes that again.
//!
//! Nothing is checked on the way back: what was stored once comes back as it was, also blocks of a type that nobody knows any more.

use serde_json::{Map, Value};

use crate::domain::{
    Error, Result,
    content::{Column, Entry, merge::nothing},
};

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The fields in all languages, as the text of one JSON object.
    pub fields: String,
    /// The content tree, as the text of a JSON array.
    pub content: String,
}

impl Snapshot {
    /// The entry as it is now.
    pub fn of(entry: &Entry) -> Self {
        let kept = entry.kind.fields.iter().filter_map(|field| {
            let column = field.column.filter(|column| column.is_kept())?;
            Some((field.name.to_owned(), entry.value(column)))
        });
        let own = Value::Object(kept.collect::<Map<_, _>>()).to_string();
        // Both are the text of an object that serde has written.
        let fields = match (own.as_str(), entry.fields.as_str()) {
            ("{}", fields) => fields.to_owned(),
            (own, "{}") => own.to_owned(),
            (own, fields) => format!("{},{}", &own[..own.len() - 1], fields.get(1..).unwrap_or_default()),
        };
        Self { fields, content: entry.content.clone() }
    }

    /// Makes an entry what it was then, apart from its slug, its status and its dates. What was not kept then stays.
    ///
    /// # Errors
    /// [`Error::Internal`] when the version is no JSON.
    pub fn apply(&self, entry: &mut Entry) -> Result<()> {
        let mut members = self.members()?;
        for field in entry.kind.fields {
            match field.column {
                None => drop(members.entry(field.name).or_insert_with(|| nothing(field))),
                Some(column) => {
                    // An address stays: others lead there.
                    let value = members.shift_remove(field.name).filter(|_| column.is_kept() && column != Column::Slug);
                    if let Some(value) = value {
                        entry.set(column, value);
                    }
                }
            }
        }
        entry.index(&members);
        entry.fields = Value::Object(members).to_string();
        entry.content.clone_from(&self.content);
        Ok(())
    }

    /// [`Self::fields`], parsed.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is no JSON.
    pub fn members(&self) -> Result<Map<String, Value>> {
        serde_json::from_str(&self.fields).map_err(|_| broken("fields"))
    }

    /// [`Self::content`], parsed.
    pub(super) fn tree(&self) -> Result<Vec<Value>> {
        serde_json::from_str(&self.content).map_err(|_| broken("content"))
    }
}

fn broken(column: &str) -> Error {
    Error::Internal(format!("unexpected value in versions.{column}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::content::{
        Draft, Patch,
        kinds::website_post,
        samples::{LOCALES, context, object},
    };

    fn post() -> Entry {
        let body = json!({
            "name": "A post", "slug": "a-post", "title": {"en": "Sea", "fr": "Mer"}, "authorName": "Ann", "publishDate": "2026-01-02",
            "tags": ["one"], "layoutId": "0190f4a2-0000-7000-8000-000000000001",
            "content": [{"columns": [{"blocks": [{"type": "quote", "data": {"text": {"en": "Wind", "fr": "Vent"}}}]}]}],
        });
        Draft::parse(&website_post::KIND, object(body), &context()).expect("good").preview().clone()
    }

    #[test]
    fn an_entry_becomes_what_it_was_in_every_language_and_keeps_its_address() {
        let before = post();
        let kept = Snapshot::of(&before);
        let mut entry = before.clone();
        let change = json!({
            "name": "Other", "slug": "other", "title": {"fr": null, "en": "Lake"}, "authorName": null, "publishDate": null, "tags": [], "layoutId": null,
        });
        Patch::parse(entry.kind, object(change), &context()).expect("good").apply(&mut entry, &LOCALES).expect("readable");
        entry.content = "[]".to_owned();
        kept.apply(&mut entry).expect("readable");
        let slug = entry.slug.replace("a-post".to_owned());
        assert_eq!(slug.as_deref(), Some("other"));
        entry.search.clone_from(&before.search);
        assert_eq!(entry, before);
    }

    #[test]
    fn what_a_version_did_not_keep_stays_and_what_nobody_knows_comes_back() {
        let mut entry = post();
        let old = Snapshot { fields: r#"{"title":"Plain","strange":[1]}"#.into(), content: r#"[{"id":"a","columns":"odd"}]"#.into() };
        old.apply(&mut entry).expect("readable");
        assert_eq!((entry.name.as_str(), entry.author_name.as_deref()), ("A post", Some("Ann")));
        let members = entry.members().expect("JSON");
        assert_eq!((&members["title"], &members["strange"], &members["tags"]), (&json!("Plain"), &json!([1]), &json!([])));
        assert_eq!(entry.content, old.content);
        assert!(Snapshot { fields: "no".into(), content: "[]".into() }.apply(&mut entry).is_err());
    }
}
