//! The addresses of a site: what is published there.

use serde::Deserialize;

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::{Kind, of_type},
        id::EntryId,
        time::Instant,
    },
    store::{Tx, row::Row, sql},
};

/// What everybody may find who comes to the site, by its address.
macro_rules! open {
    () => {
        " FROM entries e WHERE e.app_id = $1 AND e.slug IS NOT NULL AND e.status = 'published' AND e.is_listed AND NOT e.requires_viewer_auth
         AND e.deleted_at IS NULL"
    };
}

statements! {
    OPEN = concat!("SELECT e.kind, e.slug, e.updated_at, e.fields", open!(), " AND e.slug > $2 ORDER BY e.slug LIMIT $3");
    COUNT_OPEN = concat!("SELECT COUNT(*)", open!());
    OPEN_AT = concat!("SELECT e.slug", open!(), " ORDER BY e.slug LIMIT 1 OFFSET $2");
    PUBLISHED = "SELECT e.slug, e.name, e.layout_id FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.status = 'published'
                 AND e.deleted_at IS NULL AND e.slug IS NOT NULL ORDER BY e.updated_at DESC, e.id DESC LIMIT $3";
}

/// An entry that is published, by its address.
#[derive(Debug, Clone)]
pub struct Address {
    /// The path on the site, without the `/` at its beginning.
    pub slug: String,
    /// The entry's name.
    pub name: String,
    /// Its layout.
    pub layout_id: Option<EntryId>,
}

/// The published entries of a kind in the app, those that were changed last first; at most so many.
pub fn published(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, most: usize) -> Result<Vec<Address>> {
    let rows = tx.rows(&PUBLISHED, &[at.app().into(), kind.content_type.into(), most.into()])?;
    let address = |mut row: Row| {
        let slug: String = row.take("entries", "slug")?;
        let path = format!("{}{slug}", kind.path_prefix);
        let slug = path.strip_prefix('/').unwrap_or(&path).to_owned();
        Ok(Address { slug, name: row.take("entries", "name")?, layout_id: row.take("entries", "layout_id")? })
    };
    rows.into_iter().map(address).collect()
}

/// An entry that everybody may find.
#[derive(Debug, Clone)]
pub struct Open {
    /// Its slug.
    pub slug: String,
    /// Its path on the site.
    pub path: String,
    /// When it last changed.
    pub updated_at: Instant,
    /// Whether search engines are kept out.
    pub noindex: bool,
}

/// What is kept of the fields of an entry.
#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    seo: Option<Seo>,
}

#[derive(Deserialize)]
struct Seo {
    #[serde(default)]
    noindex: Option<bool>,
}

/// What everybody may find in the app behind a slug, in the order of the slugs; at most so many.
pub fn open(tx: &mut Tx<'_>, at: &Granted<InApp>, slug: &str, most: u32) -> Result<Vec<Open>> {
    let kinds = tx.kinds();
    let rows = tx.rows(&OPEN, &[at.app().into(), slug.into(), most.into()])?;
    let open = |mut row: Row| {
        let (kind, slug): (String, String) = (row.take("entries", "kind")?, row.take("entries", "slug")?);
        let updated_at = row.take("entries", "updated_at")?;
        let fields: Fields = sql::json(&row.take::<String>("entries", "fields")?, "entries", "fields")?;
        let prefix = of_type(kinds, &kind).map_or("/", |kind| kind.path_prefix);
        let noindex = fields.seo.and_then(|seo| seo.noindex).unwrap_or(false);
        Ok(Open { path: format!("{prefix}{slug}"), slug, updated_at, noindex })
    };
    rows.into_iter().map(open).collect()
}

/// How many there are, with those from which search engines are kept.
pub fn count_open(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<u64> {
    let row = tx.one(&COUNT_OPEN, &[at.app().into()])?;
    sql::number(row, "entries")
}

/// The slug of the one at this place among them, from 0.
pub fn open_at(tx: &mut Tx<'_>, at: &Granted<InApp>, place: u64) -> Result<Option<String>> {
    let row = tx.one(&OPEN_AT, &[at.app().into(), place.into()])?;
    Ok(row.map(|mut row| row.take("entries", "slug")).transpose()?)
}
