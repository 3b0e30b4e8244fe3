//! Search over entries: by the words of their texts in the full-text index, by their names in their own columns.

pub mod find;
pub(in crate::store) mod index;

use std::collections::HashMap;

use crate::{
    domain::{
        Result,
        access::{Granted, InApp, InProject, Role},
        content::{Kinds, of_type},
        id::{AppId, EntryId},
        listing::Listing,
        page::Page,
        search::Query,
        spec::{Field, Holds, Order, Spec},
    },
    store::{
        Tx,
        engine::MatchQuery,
        error::StoreError,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

/// Entries by their ids, as the palette shows them.
pub const NAMED: &str = "SELECT e.kind, e.id, e.name, e.app_id FROM entries e WHERE e.deleted_at IS NULL AND e.id IN (?*)";

/// `list_project_urls`.
pub const PLACES: Spec = Spec {
    fields: &[
        Field::filter("app", Holds::Id),
        Field::both("type", Holds::Text),
        Field::filter("id", Holds::Id),
        Field::sort("name", Holds::Text),
        Field::sort("createdAt", Holds::Instant),
    ],
    search: &["name", "path"],
    order: Order::NEWEST,
};

const PLACES_TABLE: Table = Table {
    select: "e.id, e.name, e.kind, e.slug, e.app_id, e.fields",
    from: "entries e JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL",
    id: "e.id",
    columns: &[
        column("app", "e.app_id"),
        column("type", "e.kind"),
        column("id", "e.id"),
        column("name", "e.name"),
        column("createdAt", "e.created_at"),
    ],
    search: &["e.search"],
};

/// An entry that holds a word, and one of a kind whose path does: the kind's prefix and the slug.
const HOLDS: &str = "e.search LIKE ? ESCAPE '\\'";
const STANDS_AT: &str = "(e.kind = ? AND e.slug = ?)";
const IS_AT: &str = "(e.kind = ? AND ? || e.slug LIKE ? ESCAPE '\\')";

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&PLACES, &PLACES_TABLE)];

/// An entry with all words in its searched columns.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Content type.
    pub source_type: String,
    /// The entry.
    pub source_id: EntryId,
    /// Its name.
    pub name: String,
    /// Its app.
    pub app: AppId,
}

/// A published entry and its path.
#[derive(Debug, Clone)]
pub struct PublishedPath {
    /// The entry.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its path on the site.
    pub path: String,
    /// Its content type.
    pub content_type: String,
    /// Its app.
    pub app: AppId,
    /// Its seo object, as JSON text.
    pub seo: String,
}

/// The best of the newest entries of all these apps that hold all words. Nothing is counted: the total is how many are shown.
pub fn in_apps(tx: &mut Tx<'_>, at: &[Granted<InApp>], query: &str, most: usize) -> Result<Vec<Hit>> {
    let (apps, query) = (at.iter().map(|at| at.app()).collect::<Vec<_>>(), Query::of(query));
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let scope: [Vec<String>; 1] = [apps.iter().map(index::of_app).collect()];
    let wanted = MatchQuery { terms: query.terms(), any: false, scope: &scope, locale: None, most: find::RANKED };
    let mut places = find::places(tx, &wanted)?.all;
    places.truncate(most);
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Value> = places.iter().map(|place| place.id.into()).collect();
    let mut found = HashMap::new();
    for mut row in sql::among(tx, (NAMED, &ids))? {
        let hit = hit(&mut row)?;
        found.insert(hit.source_id, hit);
    }
    let hits = places.iter().filter_map(|place| found.remove(&place.id));
    Ok(hits.filter(|hit| apps.contains(&hit.app)).collect())
}

fn hit(row: &mut Row) -> std::result::Result<Hit, StoreError> {
    Ok(Hit {
        source_type: row.take("entries", "kind")?,
        source_id: row.take("entries", "id")?,
        name: row.take("entries", "name")?,
        app: row.take("entries", "app_id")?,
    })
}

/// The published entries of the project that have a slug; only those at a path, if one is named.
pub fn places(tx: &mut Tx<'_>, at: &Granted<InProject>, path: Option<&str>, listing: &Listing) -> Result<Page<PublishedPath>> {
    let project = [at.project().into()];
    let user = [at.actor().id.into()];
    let mut scope = visible(at, &project, &user);
    scope.push(("e.status = 'published' AND e.slug IS NOT NULL", &[]));
    let kinds = tx.kinds();
    let words: Vec<_> =
        listing.search.iter().flat_map(|search| search.split_whitespace()).map(|word| conditions_for(kinds, word)).collect();
    let either: Vec<Vec<sql::Condition<'_>>> =
        words.iter().map(|cases| cases.iter().map(|(text, values)| (*text, values.as_slice())).collect()).collect();
    let mut either = either;
    let at_path = path.map(|path| standing_at(kinds, path));
    either.extend(at_path.iter().map(|cases| cases.iter().map(|(text, values)| (*text, values.as_slice())).collect()));
    let listing = Listing { search: None, ..listing.clone() };
    sql::among_either(tx, &PLACES_TABLE, (&scope, &either), &listing)?.try_map(|mut row| place(kinds, &mut row))
}

/// Where a word may stand: in the texts of an entry, or in its path.
fn conditions_for(kinds: Kinds, word: &str) -> Vec<(&'static str, Vec<Value>)> {
    let at = kinds.iter().filter(|kind| kind.has_slug());
    let paths = at.map(|kind| (IS_AT, vec![kind.content_type.into(), kind.path_prefix.into(), sql::like(word)]));
    [(HOLDS, vec![sql::like(word)])].into_iter().chain(paths).collect()
}

/// What may stand at a path: an entry of a kind with its beginning.
fn standing_at(kinds: Kinds, path: &str) -> Vec<(&'static str, Vec<Value>)> {
    let slug = |prefix: &str| path.strip_prefix(prefix).map(Value::from);
    let of = |kind: &&'static crate::domain::content::Kind| Some((STANDS_AT, vec![kind.content_type.into(), slug(kind.path_prefix)?]));
    let cases: Vec<_> = kinds.iter().filter(|kind| kind.has_slug()).filter_map(of).collect();
    if cases.is_empty() { vec![("1 = 0", Vec::new())] } else { cases }
}

fn place(kinds: Kinds, row: &mut Row) -> Result<PublishedPath> {
    let (id, name) = (row.take("entries", "id")?, row.take("entries", "name")?);
    let content_type: String = row.take("entries", "kind")?;
    let slug: String = row.take("entries", "slug")?;
    let app = row.take("entries", "app_id")?;
    let fields: serde_json::Map<_, _> = sql::json(&row.take::<String>("entries", "fields")?, "entries", "fields")?;
    let prefix = of_type(kinds, &content_type).map_or("/", |kind| kind.path_prefix);
    let seo = fields.get("seo").map_or_else(|| "{}".into(), ToString::to_string);
    Ok(PublishedPath { id, name, path: format!("{prefix}{slug}"), content_type, app, seo })
}

/// Live entries of the project. It is named by its apps: entries have indices by app, and none by project.
pub const IN_PROJECT: &str = "a.project_id = ? AND e.deleted_at IS NULL";

/// Live entries of the project; for whoever was added to single apps only, those of these apps.
fn visible<'a>(at: &Granted<InProject>, project: &'a [Value], user: &'a [Value]) -> Vec<sql::Condition<'a>> {
    let mut scope: Vec<sql::Condition<'a>> = vec![(IN_PROJECT, project)];
    if at.role() < Role::Viewer {
        scope.push(("EXISTS (SELECT 1 FROM app_members m WHERE m.app_id = e.app_id AND m.user_id = ?)", user));
    }
    scope
}
