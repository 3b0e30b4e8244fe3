//! What content refers to: where entries are, what sidebars hold, which entries a list shows.

use serde_json::{Map, Value};

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::{Kind, of_type},
        id::EntryId,
    },
    store::{Tx, sql},
};

/// Most entries among which a list looks for those that it shows.
const AMONG: i64 = 200;

statements! {
    PATH = "SELECT kind, slug FROM entries WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND status = 'published' AND slug IS NOT NULL
            AND deleted_at IS NULL";
    TREE = "SELECT content FROM entries WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND slug IS NULL AND deleted_at IS NULL";
    NEWEST = "SELECT slug, name, fields FROM entries WHERE app_id = $1 AND kind = $2 AND status = 'published' AND slug IS NOT NULL
              AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $3";
    OLDEST = "SELECT slug, name, fields FROM entries WHERE app_id = $1 AND kind = $2 AND status = 'published' AND slug IS NOT NULL
              AND deleted_at IS NULL ORDER BY created_at, id LIMIT $3";
}

/// A published entry with its address.
#[derive(Debug, Clone)]
pub struct Linked {
    /// Its name.
    pub name: String,
    /// Its path on its site.
    pub path: String,
    /// All fields without a column.
    pub fields: Map<String, Value>,
}

/// The path of a published entry of the project.
pub fn path(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Option<String>> {
    let Some(mut row) = tx.one(&PATH, &[id.into(), at.org().into(), at.project().into()])? else { return Ok(None) };
    let (kind, slug): (String, String) = (row.take("entries", "kind")?, row.take("entries", "slug")?);
    drop(row);
    Ok(of_type(tx.kinds(), &kind).map(|kind| format!("{}{slug}", kind.path_prefix)))
}

/// The content of an entry of the project that has no address of its own.
pub fn tree(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Option<String>> {
    let found = tx.one(&TREE, &[id.into(), at.org().into(), at.project().into()])?;
    Ok(found.map(|mut row| row.take("entries", "content")).transpose()?)
}

/// Published entries of a kind in the app, the newest first or the oldest.
pub fn entries(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, oldest: bool) -> Result<Vec<Linked>> {
    let args = [at.app().into(), kind.content_type.into(), AMONG.into()];
    let rows = if oldest { tx.rows(&OLDEST, &args)? } else { tx.rows(&NEWEST, &args)? };
    rows.into_iter()
        .map(|mut row| {
            let slug: String = row.take("entries", "slug")?;
            Ok(Linked {
                name: row.take("entries", "name")?,
                path: format!("{}{slug}", kind.path_prefix),
                fields: sql::json(&row.take::<String>("entries", "fields")?, "entries", "fields")?,
            })
        })
        .collect()
}
