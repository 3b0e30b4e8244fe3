//! What content refers to: where entries are, what sidebars hold, which entries a list shows.

use serde_json::{Map, Value};

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::{Kind, kinds::names, of_type},
        file::picture::variant::Variant,
        id::{EntryId, FileId},
        time::Instant,
    },
    store::{
        Tx,
        row::{self, Row},
        sql,
    },
};

/// The published entries of a kind in an app that have an address, in an order; all, or those that name an entry in a field that holds several.
macro_rules! listed {
    ($order:literal $($and:literal)?) => {
        concat!(
            "SELECT e.slug, e.name, e.name_fold, e.created_at, e.fields FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.status = 'published'
             AND e.slug IS NOT NULL AND e.deleted_at IS NULL",
            $($and,)? " ORDER BY ", $order, " LIMIT $3 OFFSET $4"
        )
    };
}

macro_rules! naming {
    ($order:literal) => {
        listed!($order " AND e.id IN (SELECT r.from_id FROM refs r WHERE r.to_id = $5 AND r.via = $6)")
    };
}

statements! {
    PATH = "SELECT kind, slug FROM entries WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND status = 'published' AND slug IS NOT NULL
            AND deleted_at IS NULL";
    TREE = "SELECT content FROM entries WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND slug IS NULL AND deleted_at IS NULL";
    FILE = "SELECT f.filename, b.hash, f.is_public, f.width, f.height FROM files f JOIN blobs b ON b.id = f.blob_id
            WHERE f.id = $1 AND f.organization_id = $2 AND f.project_id = $3 AND f.deleted_at IS NULL";
    SMALLER = "SELECT v.name, v.width, b.hash FROM file_variants v JOIN files f ON f.id = v.file_id JOIN blobs b ON b.id = v.blob_id
               WHERE v.file_id = $1 AND f.project_id = $2 AND b.place <> 'nowhere' ORDER BY v.width, v.name";
    FORM = "SELECT e.content, e.fields, e.is_active FROM entries e JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL
            WHERE e.id = $1 AND e.kind = $2 AND e.organization_id = $3 AND e.project_id = $4 AND e.deleted_at IS NULL";
    LAYOUT = "SELECT header_id, footer_id, content FROM entries WHERE id = $1 AND kind = $2 AND organization_id = $3 AND project_id = $4
              AND deleted_at IS NULL";
    NEWEST = listed!("e.created_at DESC, e.id DESC");
    OLDEST = listed!("e.created_at, e.id");
    BY_NAME = listed!("e.name_fold, e.id");
    NEWEST_NAMING = naming!("e.created_at DESC, e.id DESC");
    OLDEST_NAMING = naming!("e.created_at, e.id");
    BY_NAME_NAMING = naming!("e.name_fold, e.id");
}

/// In which order entries are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Listed {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// By name.
    ByName,
}

/// A published entry with its address.
#[derive(Debug, Clone)]
pub struct Linked {
    /// Its name.
    pub name: String,
    /// The same as it is sorted by.
    pub name_fold: String,
    /// When it was made.
    pub created_at: Instant,
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

/// What stands in the address of a file.
#[derive(Debug, Clone)]
pub struct Addressed {
    /// Its name.
    pub filename: String,
    /// The hash of its bytes.
    pub hash: String,
    /// Whether everybody may see it.
    pub is_public: bool,
    /// Width and height of a picture in pixels.
    pub size: Option<(u32, u32)>,
}

/// A file of the project.
pub fn file(tx: &mut Tx<'_>, at: &Granted<InApp>, id: FileId) -> Result<Option<Addressed>> {
    let found = tx.one(&FILE, &[id.into(), at.org().into(), at.project().into()])?;
    let read = |mut row: Row| {
        Ok(Addressed {
            filename: row.take("files", "filename")?,
            hash: row.take("blobs", "hash")?,
            is_public: row.take("files", "is_public")?,
            size: row.take::<Option<u32>>("files", "width")?.zip(row.take("files", "height")?),
        })
    };
    found.map(read).transpose()
}

/// The smaller pictures of a file of the project, the narrowest first: which they are, how wide, and the hash of their bytes.
pub fn smaller(tx: &mut Tx<'_>, at: &Granted<InApp>, id: FileId) -> Result<Vec<(Variant, u32, String)>> {
    let rows = tx.rows(&SMALLER, &[id.into(), at.project().into()])?;
    let table = "file_variants";
    rows.into_iter().map(|mut row| Ok((row.take(table, "name")?, row.take(table, "width")?, row.take("blobs", "hash")?))).collect()
}

/// What is drawn of a form.
#[derive(Debug, Clone)]
pub struct FormContent {
    /// Its content tree.
    pub content: String,
    /// Its fields without a column.
    pub fields: String,
    /// Whether it takes answers.
    pub is_active: bool,
}

/// A form of the project.
pub fn form(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Option<FormContent>> {
    let found = tx.one(&FORM, &[id.into(), names::FORM.into(), at.org().into(), at.project().into()])?;
    let table = "entries";
    let read = |mut row: Row| {
        Ok(FormContent {
            content: row.take(table, "content")?,
            fields: row.take(table, "fields")?,
            is_active: row.take(table, "is_active")?,
        })
    };
    found.map(read).transpose()
}

/// What a layout pairs, and what is in it.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Its header.
    pub header: Option<EntryId>,
    /// Its footer.
    pub footer: Option<EntryId>,
    /// Its content tree.
    pub content: String,
}

/// A layout of the project.
pub fn layout(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Option<Layout>> {
    let found = tx.one(&LAYOUT, &[id.into(), names::LAYOUT.into(), at.org().into(), at.project().into()])?;
    let read = |mut row: Row| {
        Ok(Layout {
            header: row.take("entries", "header_id")?,
            footer: row.take("entries", "footer_id")?,
            content: row.take("entries", "content")?,
        })
    };
    found.map(read).transpose()
}

/// Published entries of a kind in the app, of those that name an entry in the field that holds several, if one is given: so many behind so many others.
pub fn entries(
    tx: &mut Tx<'_>,
    at: &Granted<InApp>,
    kind: &'static Kind,
    (order, naming): (Listed, Option<EntryId>),
    (many, behind): (usize, usize),
) -> Result<Vec<Linked>> {
    let mut args: Vec<row::Value> = vec![at.app().into(), kind.content_type.into(), many.into(), behind.into()];
    if let Some(id) = naming {
        let Some(field) = kind.references() else { return Ok(Vec::new()) };
        args.extend([id.into(), field.name.into()]);
    }
    let statement = match (order, naming) {
        (Listed::Newest, None) => &NEWEST,
        (Listed::Oldest, None) => &OLDEST,
        (Listed::ByName, None) => &BY_NAME,
        (Listed::Newest, Some(_)) => &NEWEST_NAMING,
        (Listed::Oldest, Some(_)) => &OLDEST_NAMING,
        (Listed::ByName, Some(_)) => &BY_NAME_NAMING,
    };
    tx.rows(statement, &args)?
        .into_iter()
        .map(|mut row| {
            let slug: String = row.take("entries", "slug")?;
            Ok(Linked {
                name: row.take("entries", "name")?,
                name_fold: row.take("entries", "name_fold")?,
                created_at: row.take("entries", "created_at")?,
                path: format!("{}{slug}", kind.path_prefix),
                fields: sql::json(&row.take::<String>("entries", "fields")?, "entries", "fields")?,
            })
        })
        .collect()
}
