//! A new entry: its body, read by the descriptor of its kind.

use serde_json::{Map, Value};

use crate::domain::{
    error::{Fault, Faults},
    id::{AppId, EntryId, OrgId, ProjectId, UserId},
    text,
    time::Instant,
};

use super::{Column, Context, Derived, Entry, Kind, Status, merge::Target, patch::write, path::Path, tree, value::ValueReader};

/// The longest content of a new entry whose texts are read with the check of its body, in bytes.
const DERIVED_MAX: usize = 64 * 1024;

/// A checked new entry that has no place yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    entry: Entry,
    derived: Option<Derived>,
    picks_slug: bool,
}

/// Where a new entry goes, who makes it, and when.
#[derive(Debug, Clone, Copy)]
pub struct Creation {
    /// Its id.
    pub id: EntryId,
    /// The organization.
    pub org: OrgId,
    /// The project.
    pub project: ProjectId,
    /// The app.
    pub app: AppId,
    /// Who makes it.
    pub by: UserId,
    /// This moment.
    pub now: Instant,
}

impl Draft {
    /// Reads the body of a create.
    ///
    /// # Errors
    /// All faults at once, in the order of the kind's fields; unknown fields last.
    pub fn parse(kind: &'static Kind, body: Map<String, Value>, context: &Context) -> Result<Self, Faults> {
        let tree = |path: &Path, sections, faults: &mut Faults| tree::check::check(kind, path, sections, context, faults);
        let mut reader = ValueReader::new(context).with_tree(&tree);
        let changes = reader.body(None, kind.fields.iter().filter(|field| field.on_create), body, true);
        let published = changes.iter().any(|(field, value)| field.column == Some(Column::Status) && value == "published");
        let mut entry = Entry::blank(kind);
        let mut members = entry.members().unwrap_or_default();
        let into = Target { locale: context.locale, locales: &context.locales };
        for (field, value) in changes {
            write(&mut entry, &mut members, field, value, into);
        }
        reader.faults.keep(schedule(&mut entry, published, context.now));
        entry.index(&members);
        entry.fields = Value::Object(members).to_string();
        // A body with faults goes no further; long ones are read one after the other, so that what they become in memory has a bound.
        let is_worth = reader.faults.0.is_empty() && entry.content.len() <= DERIVED_MAX;
        let derived = is_worth.then(|| entry.derived().ok()).flatten();
        reader.finish(Self { entry, derived, picks_slug: false })
    }

    /// Reads the body of a create in which there need not be a slug: one that nobody sent is made of the name, and nobody is told that it is
    /// taken.
    ///
    /// # Errors
    /// Those of [`Self::parse`].
    pub fn with_slug(kind: &'static Kind, mut body: Map<String, Value>, context: &Context) -> Result<Self, Faults> {
        let own = |column: Column| kind.fields.iter().find(|field| field.column == Some(column)).map(|field| field.name);
        let unsent = own(Column::Slug).filter(|slug| !body.contains_key(*slug));
        if let Some(slug) = unsent {
            let name = own(Column::Name).and_then(|name| body.get(name)).and_then(Value::as_str).unwrap_or_default();
            body.insert(slug.to_owned(), text::slug_from(name, kind.wire_type).into());
        }
        Ok(Self { picks_slug: unsent.is_some(), ..Self::parse(kind, body, context)? })
    }

    /// The only one of its kind in an app, as it is at the start.
    pub fn single(kind: &'static Kind) -> Self {
        let mut entry = Entry { name: kind.first_name(), ..Entry::blank(kind) };
        let members = entry.members().unwrap_or_default();
        entry.index(&members);
        Self { entry, derived: None, picks_slug: false }
    }

    /// The entry that this becomes in a place.
    pub fn entry(&self, place: &Creation) -> Entry {
        let published = self.entry.status == Status::Published;
        Entry {
            id: place.id,
            org: place.org,
            project: place.project,
            app: place.app,
            published_at: published.then_some(place.now),
            created_at: place.now,
            updated_at: place.now,
            created_by: place.by,
            updated_by: place.by,
            ..self.entry.clone()
        }
    }

    /// What is known of the entry before it has a place: all but ids, times and persons.
    pub const fn preview(&self) -> &Entry {
        &self.entry
    }

    /// Whether its slug was made of its name: where another entry has that, it takes the next one.
    pub const fn picks_slug(&self) -> bool {
        self.picks_slug
    }

    /// What follows from its texts, where that was worked out already.
    pub const fn derived(&self) -> Option<&Derived> {
        self.derived.as_ref()
    }
}

/// A date to publish at makes a draft a scheduled one. `published` tells whether the body asked for that status by name.
fn schedule(entry: &mut Entry, published: bool, now: Instant) -> Result<(), Fault> {
    let Some(at) = entry.scheduled_at else { return Ok(()) };
    let field = entry.kind.fields.iter().find(|field| field.column == Some(Column::ScheduledAt));
    let path = Path::root(field.map_or("scheduledPublishAt", |field| field.name));
    if published {
        return Err(path.fault("contradiction", "must be left out when the status is published"));
    }
    if at <= now {
        return Err(path.fault("in_the_past", "must lie in the future"));
    }
    entry.status = Status::Scheduled;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::domain::content::{
        KINDS,
        kinds::{website_page, website_post},
        samples::{NOW, any_object, codes, context, object},
    };

    fn place() -> Creation {
        let id = Uuid::from_u128(7);
        Creation {
            id: EntryId::from_uuid(id),
            org: OrgId::from_uuid(id),
            project: ProjectId::from_uuid(id),
            app: AppId::from_uuid(id),
            by: UserId::from_uuid(id),
            now: NOW,
        }
    }

    fn draft(kind: &'static Kind, body: Value) -> Result<Entry, Faults> {
        Draft::parse(kind, object(body), &context()).map(|draft| draft.entry(&place()))
    }

    #[test]
    fn what_follows_from_its_texts_is_the_same_before_and_after_it_has_a_place() {
        let blocks = json!([{"type": "text", "data": {"markdown": {"en": format!("[x](dialog:{})", Uuid::from_u128(9)), "fr": "y"}}}]);
        let body = json!({"name": "A", "slug": "a", "title": {"en": "T"}, "content": [{"columns": [{"blocks": blocks}]}]});
        let made = Draft::parse(&website_page::KIND, object(body), &context()).expect("good");
        let derived = made.derived().expect("worked out");
        assert_eq!((derived.references.len(), derived.documents.len(), derived.blocks.len()), (1, 2, 1));
        assert_eq!(&made.entry(&place()).derived().expect("worked out"), derived);
    }

    #[test]
    fn a_slug_that_nobody_sent_is_made_of_the_name() {
        let made = |body: Value| Draft::with_slug(&website_post::KIND, object(body), &context());
        let slug = |body: Value| made(body).map(|draft| (draft.picks_slug(), draft.preview().slug.clone().unwrap_or_default()));
        assert_eq!(slug(json!({"name": "High tide"})), Ok((true, "high-tide".to_owned())));
        assert_eq!(slug(json!({"name": "潮"})), Ok((true, website_post::KIND.wire_type.to_owned())));
        assert_eq!(slug(json!({"name": "High tide", "slug": "low"})), Ok((false, "low".to_owned())));
        assert_eq!(codes(&made(json!({"name": "A", "slug": null})).expect_err("a fault")), [("slug", "wrong_type")]);
        assert_eq!(codes(&made(json!({})).expect_err("a fault")), [("name", "required")]);
    }

    fn post(extra: Value) -> Result<Entry, Faults> {
        let mut body = object(json!({"name": "A post", "slug": "a-post"}));
        body.extend(object(extra));
        draft(&website_post::KIND, Value::Object(body))
    }

    #[test]
    fn a_page_starts_published_and_a_post_as_a_draft() {
        let page = draft(&website_page::KIND, json!({"name": " About ", "slug": "about"})).expect("good");
        assert_eq!((page.name.as_str(), page.path().as_deref(), page.status), ("About", Some("/about"), Status::Published));
        assert_eq!((page.published_at, page.content.as_str(), page.version), (Some(NOW), "[]", 1));
        assert_eq!(page.fields, r#"{"title":null,"seo":{},"featuredImageUrl":null,"tags":[],"backgroundColor":null}"#);
        let post = post(json!({})).expect("good");
        assert_eq!((post.status, post.published_at, post.is_listed), (Status::Draft, None, true));
        assert_eq!(post.path().as_deref(), Some("/blog/a-post"));
    }

    #[test]
    fn keeps_every_field() {
        let id = "0190a1b2-0000-7000-8000-000000000001";
        let entry = post(json!({
            "title": {"en": "Élan", "fr": " Été "}, "excerpt": "One\nTwo", "tags": ["b", " a ", "b"], "authorName": "Ann", "layoutId": id,
            "featuredImageUrl": format!("file:{id}"), "publishDate": "2026-02-01", "status": "published",
            "seo": {"title": "T", "description": {"fr": "D"}, "image": null, "noindex": true}, "content": [{}],
        }))
        .expect("good");
        let fields: Value = serde_json::from_str(&entry.fields).expect("JSON");
        assert_eq!(fields["title"], json!({"en": "Élan", "fr": "Été"}));
        assert_eq!(fields["seo"], json!({"title": "T", "description": {"fr": "D"}, "noindex": true}));
        assert_eq!(fields["tags"], json!(["b", "a"]));
        assert_eq!(entry.search, "a post\na-post\nelan\nete\none\ntwo\nb\na");
        assert_eq!((entry.author_name.as_deref(), entry.layout_id.map(|id| id.to_string()).as_deref()), (Some("Ann"), Some(id)));
        assert_eq!(entry.publish_date.map(|at| at.to_string()).as_deref(), Some("2026-02-01T00:00:00.000Z"));
        assert!(entry.content.starts_with(r#"[{"id":""#), "{}", entry.content);
    }

    #[test]
    fn tells_all_faults_at_once() {
        let body = json!({
            "slug": "No Slug", "title": 7, "status": "scheduled", "seo": {"title": {"xx": "?"}, "robots": true}, "content": {},
            "tags": ["a", "b", "c", 4], "layoutId": "x", "isListed": true, "excerpt": "pages have none",
        });
        let faults = draft(&website_page::KIND, body).expect_err("faults");
        let wanted = [
            ("name", "required"),
            ("slug", "malformed"),
            ("title", "wrong_type"),
            ("content", "wrong_type"),
            ("status", "malformed"),
            ("seo.title.xx", "unknown_locale"),
            ("seo.robots", "unknown_field"),
            ("tags[3]", "wrong_type"),
            ("layoutId", "malformed"),
            ("isListed", "unknown_field"),
            ("excerpt", "unknown_field"),
        ];
        assert_eq!(codes(&faults), wanted);
    }

    #[test]
    fn null_only_where_it_means_something() {
        for field in ["name", "slug", "content", "status", "tags"] {
            let faults = post(json!({ field: null })).expect_err(field);
            assert_eq!(codes(&faults), [(field, "wrong_type")]);
        }
        let nulls =
            json!({"title": null, "seo": null, "excerpt": null, "authorName": null, "publishDate": null, "scheduledPublishAt": null});
        let (with, without) = (post(nulls).expect("good"), post(json!({})).expect("good"));
        assert_eq!(with, without);
    }

    #[test]
    fn a_schedule_lies_in_the_future_and_makes_the_status() {
        let entry = post(json!({"scheduledPublishAt": "2027-01-01T00:00:00Z", "status": "draft"})).expect("good");
        assert_eq!((entry.status, entry.published_at), (Status::Scheduled, None));
        for (body, code) in [
            (json!({"scheduledPublishAt": "2025-01-01T00:00:00Z"}), "in_the_past"),
            (json!({"scheduledPublishAt": NOW}), "in_the_past"),
            (json!({"scheduledPublishAt": "2027-01-01T00:00:00Z", "status": "published"}), "contradiction"),
        ] {
            assert_eq!(codes(&post(body).expect_err(code)), [("scheduledPublishAt", code)]);
        }
        let page = json!({"name": "x", "slug": "x", "scheduledPublishAt": "2027-01-01T00:00:00Z"});
        assert_eq!(codes(&draft(&website_page::KIND, page).expect_err("a page")), [("scheduledPublishAt", "unknown_field")]);
    }

    #[test]
    fn a_flood_of_faults_is_cut() {
        let body: Map<_, _> = (0..5_000).map(|n| (format!("{n}{}", "x".repeat(1_000)), Value::Null)).collect();
        let faults = draft(&website_page::KIND, Value::Object(body)).expect_err("faults");
        assert_eq!(faults.0.len(), 100);
        assert!(faults.0.iter().all(|fault| fault.field.len() <= 64));
    }

    proptest! {
        #[test]
        fn never_panics_and_keeps_only_what_it_can_read_back(body in any_object()) {
            for kind in KINDS {
                match Draft::parse(kind, body.clone(), &context()) {
                    Err(faults) => prop_assert!(!faults.0.is_empty()),
                    Ok(draft) => {
                        prop_assert!(draft.preview().members().is_ok());
                        prop_assert!(serde_json::from_str::<Vec<Value>>(&draft.preview().content).is_ok());
                    }
                }
            }
        }

        #[test]
        fn never_panics_beside_a_good_name(extra in any_object()) {
            for kind in KINDS {
                let mut body = extra.clone();
                body.retain(|name, _| kind.field(name).is_some_and(|field| field.on_create));
                body.extend(object(json!({"name": "A name", "slug": "a-slug"})));
                if let Ok(draft) = Draft::parse(kind, body, &context()) {
                    let fields = draft.preview().members().expect("JSON");
                    let wanted = kind.fields.iter().filter(|field| field.column.is_none()).map(|field| field.name);
                    prop_assert_eq!(fields.keys().map(String::as_str).collect::<Vec<_>>(), wanted.collect::<Vec<_>>());
                }
            }
        }
    }
}
