//! A change of an entry: all but its content, status and visibility.

use serde_json::{Map, Value};

use crate::domain::{Result, error::Faults};

use super::{
    Context, Entry, Field, Kind, Locales, Target,
    merge::{merge, nothing},
    value::{Change, ValueReader},
};

/// A checked update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    changes: Vec<Change>,
    /// The language that plain text and null are about.
    locale: Option<String>,
}

impl Patch {
    /// Reads the body of an update. An empty one changes nothing.
    ///
    /// # Errors
    /// All faults at once, in the order of the kind's fields; unknown fields last.
    pub fn parse(kind: &'static Kind, body: Map<String, Value>, context: &Context) -> std::result::Result<Self, Faults> {
        let mut reader = ValueReader::new(context);
        let changes = reader.body(None, kind.fields.iter().filter(|field| field.on_update), body, false);
        reader.finish(Self { changes, locale: context.locale.map(str::to_owned) })
    }

    /// Changes an entry of the same kind; tells whether anything is different now.
    ///
    /// # Errors
    /// [`crate::domain::Error::Internal`] when the entry's stored fields are not JSON.
    pub fn apply(&self, entry: &mut Entry, locales: &Locales) -> Result<bool> {
        let mut members = entry.members()?;
        let mut changed = false;
        let into = Target { locale: self.locale.as_deref(), locales };
        for (field, value) in &self.changes {
            changed |= write(entry, &mut members, field, value.clone(), into);
        }
        if changed {
            entry.index(&members);
            entry.fields = Value::Object(members).to_string();
        }
        Ok(changed)
    }
}

/// Writes one checked value into a column or into `members`, the fields without one; tells whether that changed it.
pub(super) fn write(entry: &mut Entry, members: &mut Map<String, Value>, field: &Field, value: Value, into: Target) -> bool {
    if let Some(column) = field.column {
        return entry.set(column, value);
    }
    let stored = members.entry(field.name).or_insert_with(|| nothing(field));
    let before = stored.clone();
    merge(field, stored, value, into);
    *stored != before
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::domain::content::{
        Draft,
        kinds::{website_page, website_post},
        samples::{LOCALES, any_object, codes, context, object},
    };

    fn post(extra: Value) -> Entry {
        let mut body = object(json!({"name": "A post", "slug": "a-post"}));
        body.extend(object(extra));
        Draft::parse(&website_post::KIND, body, &context()).expect("good").preview().clone()
    }

    fn patch(entry: &mut Entry, body: Value) -> bool {
        let patch = Patch::parse(entry.kind, object(body), &context()).expect("good");
        patch.apply(entry, &LOCALES).expect("readable")
    }

    fn member(entry: &Entry, name: &str) -> Value {
        entry.members().expect("JSON")[name].clone()
    }

    #[test]
    fn an_empty_body_changes_nothing() {
        let mut entry = post(json!({"title": {"fr": "Salut"}}));
        let before = entry.clone();
        assert!(!patch(&mut entry, json!({})));
        assert!(!patch(&mut entry, json!({"name": "A post", "title": {"fr": "Salut"}, "seo": {}, "tags": []})));
        assert_eq!(entry, before);
    }

    #[test]
    fn writes_one_language_and_keeps_the_others() {
        let mut entry = post(json!({"title": "Hello", "seo": {"title": {"en": "Hello", "fr": "Salut"}, "noindex": true}}));
        assert!(patch(&mut entry, json!({"title": {"fr": "Salut"}, "seo": {"title": {"fr": "Coucou"}}})));
        assert_eq!(member(&entry, "title"), json!({"en": "Hello", "fr": "Salut"}));
        assert_eq!(member(&entry, "seo"), json!({"title": {"en": "Hello", "fr": "Coucou"}, "noindex": true}));
        assert!(patch(&mut entry, json!({"seo": {"noindex": null, "title": "Hi"}})));
        assert_eq!(member(&entry, "seo"), json!({"title": {"en": "Hi", "fr": "Coucou"}}));
        assert!(patch(&mut entry, json!({"seo": null})));
        assert_eq!(member(&entry, "seo"), json!({}));
        assert_eq!(entry.search, "a post\na-post\nhello\nsalut");
    }

    #[test]
    fn a_change_in_one_language_keeps_the_others_in_every_field() {
        let mut entry = post(json!({
            "title": {"en": "Hello", "fr": "Salut"}, "excerpt": "Plain", "seo": {"title": {"en": "Hi"}, "image": "/a.png", "noindex": true},
        }));
        let french = |entry: &mut Entry, body: Value| {
            let context = crate::domain::content::Context { locale: Some("fr"), ..context() };
            Patch::parse(entry.kind, object(body), &context).expect("good").apply(entry, &LOCALES).expect("readable")
        };
        let before = entry.clone();
        let mut shown = entry.clone();
        shown.flatten("fr", &LOCALES).expect("readable");
        let read: Map<_, _> = shown.members().expect("JSON").into_iter().filter(|(name, _)| name != "backgroundColor").collect();
        assert!(!french(&mut entry, Value::Object(read)));
        assert_eq!(entry, before);
        assert!(french(&mut entry, json!({"title": "Coucou", "excerpt": "Clair", "seo": {"title": "Bonjour"}})));
        assert_eq!(member(&entry, "title"), json!({"en": "Hello", "fr": "Coucou"}));
        assert_eq!(member(&entry, "excerpt"), json!({"en": "Plain", "fr": "Clair"}));
        assert_eq!(member(&entry, "seo"), json!({"title": {"en": "Hi", "fr": "Bonjour"}, "image": "/a.png", "noindex": true}));
        assert!(french(&mut entry, json!({"title": null, "excerpt": "", "seo": null})));
        assert_eq!((member(&entry, "title"), member(&entry, "excerpt")), (json!({"en": "Hello"}), json!({"en": "Plain"})));
        assert_eq!(member(&entry, "seo"), json!({"title": {"en": "Hi"}}));
    }

    #[test]
    fn null_clears_what_can_be_empty() {
        let mut entry = post(json!({"title": "T", "authorName": "Ann", "publishDate": "2026-02-01", "featuredImageUrl": "/a.png"}));
        assert!(patch(&mut entry, json!({"title": null, "authorName": null, "publishDate": null, "featuredImageUrl": null})));
        assert_eq!(entry, post(json!({})));
        let body = object(json!({"name": null, "slug": null, "tags": null}));
        let faults = Patch::parse(entry.kind, body, &context()).expect_err("faults");
        assert_eq!(codes(&faults), [("name", "wrong_type"), ("slug", "wrong_type"), ("tags", "wrong_type")]);
    }

    #[test]
    fn content_status_and_visibility_are_not_its_business() {
        let body = json!({"content": [], "status": "draft", "isListed": false, "requiresViewerAuth": true, "scheduledPublishAt": null});
        for kind in [&website_page::KIND, &website_post::KIND] {
            let faults = Patch::parse(kind, object(body.clone()), &context()).expect_err("faults");
            assert_eq!(faults.0.len(), 5);
            assert!(faults.0.iter().all(|fault| fault.code == "unknown_field"), "{faults:?}");
        }
    }

    #[test]
    fn a_broken_row_is_the_servers_fault() {
        let mut entry = Entry { fields: "{".into(), ..post(json!({})) };
        let patch = Patch::parse(entry.kind, object(json!({"name": "x"})), &context()).expect("good");
        assert!(matches!(patch.apply(&mut entry, &LOCALES), Err(crate::domain::Error::Internal(_))));
    }

    #[test]
    fn flattens_fields_groups_and_tree() {
        let mut entry = post(json!({
            "title": {"en": "Hello", "fr": "Salut"}, "excerpt": "Plain", "seo": {"title": {"de": "Hallo"}, "noindex": true},
            "content": [{"columns": [{"blocks": [{"type": "text", "data": {"markdown": {"en": "A", "fr": "B"}}}]}]}],
        }));
        entry.flatten("fr-CA", &LOCALES).expect("readable");
        assert_eq!((member(&entry, "title"), member(&entry, "excerpt")), (json!("Salut"), json!("Plain")));
        assert_eq!(member(&entry, "seo"), json!({"title": "Hallo", "noindex": true}));
        assert!(entry.content.contains(r#""markdown":"B""#), "{}", entry.content);
    }

    proptest! {
        #[test]
        fn never_touches_what_it_may_not_and_settles_at_once(stored in any_object(), body in any_object()) {
            let pick = |mut body: Map<String, Value>, update: bool| {
                body.retain(|name, _| website_post::KIND.field(name).is_some_and(|field| field.on_create && (field.on_update || !update)));
                body
            };
            let mut given = pick(stored, false);
            given.extend(object(json!({"name": "A name", "slug": "a-slug"})));
            let draft = Draft::parse(&website_post::KIND, given, &context());
            let patch = Patch::parse(&website_post::KIND, pick(body, true), &context());
            if let (Ok(draft), Ok(patch)) = (draft, patch) {
                let before = draft.preview().clone();
                let mut entry = before.clone();
                let changed = patch.apply(&mut entry, &LOCALES).expect("readable");
                prop_assert_eq!(changed, entry != before);
                prop_assert_eq!((entry.status, &entry.content, entry.is_listed), (before.status, &before.content, before.is_listed));
                prop_assert!(!patch.apply(&mut entry, &LOCALES).expect("readable"));
            }
        }
    }
}
