//! What somebody has changed of an entry and not saved yet.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::domain::{
    Error, Result,
    content::{Entry, Locales, front::visibility, version::snapshot::Snapshot},
    time::Instant,
};

use super::{
    decision::{Choices, Conflict, ConflictPlace, Decisions},
    tree,
};

/// A change of a field, or of one language of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkingChange {
    /// Its name; that of a member of a group has the group's before it: `seo.title`.
    pub field: String,
    /// The language.
    pub locale: Option<String>,
    /// What it was when it was changed first.
    pub from: Value,
    /// What it is to be. It is checked when it is saved.
    pub to: Value,
}

/// A working copy.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingCopy {
    /// The version of the entry that its content was begun from.
    pub base: i64,
    /// Its fields, as far as they are changed.
    pub changes: Vec<WorkingChange>,
    /// The whole content tree, as the text of a JSON array, if that is changed.
    pub content: Option<String>,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What a working copy makes of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The changes of the fields, as the body of an update.
    pub body: Map<String, Value>,
    /// The content, if it becomes another.
    pub content: Option<Vec<Value>>,
    /// What has to be decided first.
    pub open: Vec<Conflict>,
}

impl WorkingCopy {
    /// One in which nothing is changed.
    pub const fn new(base: i64, now: Instant) -> Self {
        Self { base, changes: Vec::new(), content: None, updated_at: now }
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.content.is_none()
    }

    /// What a field is to be, if it is changed.
    pub fn value(&self, field: &str, locale: Option<&str>) -> Option<&Value> {
        let is_it = |change: &&WorkingChange| change.field == field && change.locale.as_deref() == locale;
        self.changes.iter().find(is_it).map(|change| &change.to)
    }

    /// Notes what a field is to be; `was` is what it was before it was changed. One that is again what it was is changed no more.
    pub fn note(&mut self, field: &str, locale: Option<&str>, was: Value, to: Value) {
        let at = self.changes.iter().position(|change| change.field == field && change.locale.as_deref() == locale);
        let from = at.map_or(was, |at| self.changes.remove(at).from);
        if !is_same(&from, &to) {
            let change = WorkingChange { field: field.to_owned(), locale: locale.map(str::to_owned), from, to };
            self.changes.insert(at.unwrap_or(self.changes.len()), change);
        }
    }

    /// Forgets of the fields what the entry says by now, whoever has saved that.
    ///
    /// # Errors
    /// [`Error::Internal`] when a stored text is not JSON.
    pub fn settle_fields(&mut self, entry: &Entry, locales: &Locales<'_>) -> Result<()> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let now = values_of(entry)?;
        self.changes.retain(|change| !is_same(&value_of(&now, &change.field, change.locale.as_deref(), locales), &change.to));
        Ok(())
    }

    /// Forgets what the entry says by now: what was typed may come once more right after it was saved.
    ///
    /// # Errors
    /// [`Error::Internal`] when a stored text is not JSON.
    pub fn settle(&mut self, entry: &Entry, locales: &Locales<'_>) -> Result<()> {
        self.settle_fields(entry, locales)?;
        if self.content.as_deref() == Some(entry.content.as_str()) {
            self.content = None;
        }
        Ok(())
    }

    /// The changes of the fields as the body of an update, whatever others have changed.
    pub fn body(&self) -> Map<String, Value> {
        let mut body = Map::new();
        self.changes.iter().for_each(|change| put(&mut body, change, change.to.clone()));
        body
    }

    /// Puts the copy and the entry together. `base` is what the entry was in version [`Self::base`].
    ///
    /// # Errors
    /// [`Error::Internal`] when a stored text is not JSON.
    pub fn merge(&self, entry: &Entry, base: &Snapshot, locales: &Locales<'_>, choices: Choices) -> Result<Merged> {
        let mut decisions = Decisions::new(choices, locales.default);
        let now = values_of(entry)?;
        let mut body = Map::new();
        for change in &self.changes {
            let theirs = value_of(&now, &change.field, change.locale.as_deref(), locales);
            let to = if is_same(&theirs, &change.from) || is_same(&theirs, &change.to) {
                change.to.clone()
            } else {
                let place = ConflictPlace::Field { name: change.field.clone(), locale: change.locale.clone() };
                decisions.take(Conflict { place, base: change.from.clone(), mine: change.to.clone(), theirs: theirs.clone() })
            };
            if !is_same(&to, &theirs) {
                put(&mut body, change, to);
            }
        }
        let content = self.content.as_deref().map(|mine| -> Result<_> {
            let theirs = parsed(&entry.content)?;
            let merged = tree::merge(&parsed(&base.content)?, &parsed(mine)?, &theirs, &mut decisions);
            Ok((merged != theirs).then_some(merged))
        });
        Ok(Merged { body, content: content.transpose()?.flatten(), open: decisions.open })
    }
}

/// What a working copy may change of an entry: every field that an update may give, and who may see it.
///
/// # Errors
/// [`Error::Internal`] when a stored text is not JSON.
pub fn values_of(entry: &Entry) -> Result<Map<String, Value>> {
    let mut all = entry.writable()?;
    all.extend(visibility::of(entry));
    Ok(all)
}

/// What a field is in one language, by all fields of its entry; null where nothing is.
pub fn value_of(members: &Map<String, Value>, field: &str, locale: Option<&str>, locales: &Locales<'_>) -> Value {
    let mut names = field.split('.');
    let first = names.next().and_then(|name| members.get(name));
    let found = names.fold(first, |value, name| value.and_then(|value| value.get(name)));
    match (found, locale) {
        (Some(Value::Object(map)), Some(tag)) => map.get(tag).cloned().unwrap_or_default(),
        (Some(Value::String(text)), Some(tag)) if tag == locales.default => Value::String(text.clone()),
        (Some(value), None) => value.clone(),
        _ => Value::Null,
    }
}

/// Whether two values say the same: nothing written is nothing.
pub fn is_same(one: &Value, other: &Value) -> bool {
    let is_nothing = |value: &Value| value.is_null() || value.as_str().is_some_and(str::is_empty);
    one == other || (is_nothing(one) && is_nothing(other))
}

/// Writes a change into the body of an update.
fn put(body: &mut Map<String, Value>, change: &WorkingChange, to: Value) {
    let mut slot = body;
    let mut names: Vec<&str> = change.field.split('.').collect();
    names.extend(change.locale.as_deref());
    let Some(last) = names.pop() else { return };
    for name in names {
        let next = slot.entry(name).or_insert_with(|| json!({}));
        let Some(map) = next.as_object_mut() else { return };
        slot = map;
    }
    slot.insert(last.to_owned(), to);
}

fn parsed(content: &str) -> Result<Vec<Value>> {
    serde_json::from_str(content).map_err(|_| Error::Internal("a content tree is no JSON".into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::{
        Draft,
        kinds::website_post,
        samples::{LOCALES, context, object},
    };

    fn post(extra: Value) -> Entry {
        let mut body = object(json!({"name": "A post", "slug": "a-post", "title": {"en": "Sea", "fr": "Mer"}, "seo": {"title": "Plain"}}));
        body.extend(object(extra));
        Draft::parse(&website_post::KIND, body, &context()).expect("good").preview().clone()
    }

    fn merged(copy: &WorkingCopy, entry: &Entry) -> Merged {
        copy.merge(entry, &Snapshot::of(&post(json!({}))), &LOCALES, Choices::new()).expect("JSON")
    }

    #[test]
    fn a_change_is_noted_once_and_forgotten_when_it_is_taken_back() {
        let mut copy = WorkingCopy::new(1, Instant::default());
        copy.note("title", Some("en"), json!("Sea"), json!("Lake"));
        copy.note("title", Some("en"), json!("Lake"), json!("Pond"));
        copy.note("excerpt", Some("en"), Value::Null, json!("Text"));
        assert_eq!((copy.value("title", Some("en")), copy.value("title", Some("fr"))), (Some(&json!("Pond")), None));
        copy.note("excerpt", Some("en"), json!("Text"), json!(""));
        copy.note("title", Some("en"), json!("Pond"), json!("Sea"));
        assert!(copy.is_empty());
    }

    #[test]
    fn changes_become_a_body_and_meet_what_others_changed() {
        let mut copy = WorkingCopy::new(1, Instant::default());
        copy.note("title", Some("en"), json!("Sea"), json!("Lake"));
        copy.note("seo.title", Some("en"), json!("Plain"), json!("Found"));
        copy.note("slug", None, json!("a-post"), json!("lake"));
        let same = merged(&copy, &post(json!({})));
        assert_eq!(Value::from(same.body), json!({"title": {"en": "Lake"}, "seo": {"title": {"en": "Found"}}, "slug": "lake"}));
        let other = merged(&copy, &post(json!({"title": {"en": "Ocean", "fr": "Lac"}, "slug": "lake"})));
        assert_eq!(other.open.iter().map(|one| one.place.key()).collect::<Vec<_>>(), ["field-title-en"]);
        assert!(!other.body.contains_key("slug"), "it is so already");
    }
}
