//! The demo's content: a small site in English and French, and its knowledge base. What there is stands in `site.json`, a list of steps that are
//! done one after the other, as people would do them. A later one names what an earlier one has made by its key: `@{books}`,
//! and a picture by its own: `@{picture-sea}`.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::{
            Kind, Patch, of_type,
            tree::change::{Edit, SectionPlace},
        },
        id::{AppId, AppPath, EntryId},
        project::app::AppType,
        time::DAY,
    },
    service::{
        authorize,
        content::{builder, checked, entry as entries, trash},
    },
    store::{Tx, content::entry},
};

use super::pictures::DemoFiles;

const STEPS: &str = include_str!("./site.json");
/// Days until the scheduled post publishes itself.
const SOON: u32 = 7;

/// One step.
#[derive(Deserialize)]
#[serde(untagged)]
enum Step {
    /// An entry is made.
    Make { key: String, kind: String, body: Map<String, Value> },
    /// That of which its app has one is furnished.
    Furnish { kind: String, body: Map<String, Value>, content: Vec<Map<String, Value>> },
    /// An entry that is there is changed: one more version.
    Change { change: String, body: Map<String, Value> },
    /// An entry goes to the trash.
    Trash { trash: String },
}

/// What was made: its app, its kind and its id, by its key.
type Made = BTreeMap<String, (AppPath, &'static Kind, EntryId)>;

/// Does all steps in the website, the knowledge base and the forms of a project.
pub(super) fn write(tx: &mut Tx<'_>, by: &Arc<Actor>, website: AppPath, (help, forms): (AppId, AppId), pictures: &DemoFiles) -> Result<()> {
    let steps: Vec<&RawValue> = serde_json::from_str(STEPS).map_err(|error| broken(&error))?;
    let soon = (tx.now() + DAY * SOON).to_string();
    let mut made = Made::new();
    for step in steps {
        let pictures = pictures.iter().map(|(key, id)| (key.as_str(), id.to_string()));
        let known = made.iter().map(|(key, (.., id))| (key.as_str(), id.to_string())).chain(pictures);
        let filled =
            known.chain([("soon", soon.clone())]).fold(step.get().to_owned(), |text, (key, id)| text.replace(&format!("@{{{key}}}"), &id));
        let at = |kind: &Kind| match kind.app_type {
            AppType::Website => website,
            AppType::KnowledgeBase => (website.0, website.1, help),
            AppType::Forms => (website.0, website.1, forms),
        };
        match serde_json::from_str(&filled).map_err(|error| broken(&error))? {
            Step::Make { key, kind, body } => {
                let kind = known_kind(tx, &kind)?;
                let id = entries::create_of(tx, by, at(kind), kind, &body, None)?.found.id;
                made.insert(key, (at(kind), kind, id));
            }
            Step::Furnish { kind, body, content } => {
                let kind = known_kind(tx, &kind)?;
                furnish(tx, by, (at(kind), kind), body, content)?;
            }
            Step::Change { change: key, body } => change(tx, by, find(&made, &key)?, body)?,
            Step::Trash { trash: key } => {
                let (at, kind, id) = find(&made, &key)?;
                trash::delete(tx, by, at, (kind, id), None)?;
            }
        }
    }
    Ok(())
}

fn broken(cause: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!("the content of the demo is not good: {cause}"))
}

fn known_kind(tx: &Tx<'_>, content_type: &str) -> Result<&'static Kind> {
    of_type(tx.kinds(), content_type).ok_or_else(|| broken(&content_type))
}

fn find(made: &Made, key: &str) -> Result<(AppPath, &'static Kind, EntryId)> {
    made.get(key).copied().ok_or_else(|| broken(&key))
}

fn change(tx: &mut Tx<'_>, by: &Arc<Actor>, (at, kind, id): (AppPath, &'static Kind, EntryId), body: Map<String, Value>) -> Result<()> {
    let patch = checked::check(tx, by, at, (kind, Patch::parse), body, None)?;
    entries::update(tx, by, at, id, &patch, None).map(drop)
}

fn furnish(
    tx: &mut Tx<'_>,
    by: &Arc<Actor>,
    (at, kind): (AppPath, &'static Kind),
    body: Map<String, Value>,
    content: Vec<Map<String, Value>>,
) -> Result<()> {
    let granted = authorize::app(tx, by, at, Some(kind.app_type), Permission::EntryWrite)?;
    let id = entry::singleton_id(tx, &granted, kind)?;
    change(tx, by, (at, kind, id), body)?;
    for section in content {
        let edit = Edit::InsertSection { section, place: SectionPlace::default() };
        builder::change(tx, by, at, (kind, id), &edit, (None, None))?;
    }
    Ok(())
}
