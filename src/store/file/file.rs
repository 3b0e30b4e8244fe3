//! Files: their rows.

use serde_json::Value as Json;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        file::{
            file::{File, Grounding},
            only::Only,
            picture::variant::State,
        },
        fold::fold,
        id::{FileId, FolderId},
        listing::{Listing, Test},
        page::Page,
        spec::{Field, Holds, Operand, Order, Spec},
        time::Instant,
    },
    store::{
        Tx,
        row::Value,
        sql::{self, Table, column, nullable},
    },
};

use super::{
    reference,
    row::{columns, file, from},
    search, variant, version,
};

statements! {
    FOLDER_OF = "SELECT d.id FROM folders d WHERE d.id = $1 AND d.project_id = $2";
    GET = concat!("SELECT ", columns!(), from!(), "WHERE f.id = $1 AND f.project_id = $2 AND f.deleted_at IS NULL");
    SERVED = concat!(
        "SELECT ", columns!(), from!(), "JOIN projects p ON p.id = f.project_id AND p.deleted_at IS NULL
         JOIN organizations o ON o.id = f.organization_id AND o.deleted_at IS NULL WHERE f.id = $1 AND f.deleted_at IS NULL"
    );
    NEXT = concat!("SELECT ", columns!(), from!(), "WHERE f.project_id = $1 AND f.deleted_at IS NULL
                   AND (f.created_at > $2 OR (f.created_at = $2 AND f.id > $3)) ORDER BY f.created_at, f.id LIMIT 1");
    INSERT = "INSERT INTO files (id, organization_id, project_id, folder_id, filename, filename_fold, original_filename, mime_type, blob_id, size, is_public,
              grounding, permission_group, width, height, focal_x, focal_y, title, alt_text, caption, description, search, created_at, created_by, updated_at,
              variants_state, variants_due)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)";
    UPDATE = "UPDATE files SET folder_id = $3, filename = $4, filename_fold = $5, original_filename = $6, mime_type = $7, blob_id = $8, size = $9,
              is_public = $10, grounding = $11, permission_group = $12, width = $13, height = $14, focal_x = $15, focal_y = $16, title = $17, alt_text = $18,
              caption = $19, description = $20, search = $21, updated_at = $22 WHERE id = $1 AND project_id = $2 AND deleted_at IS NULL";
}

/// `list_files`.
pub const FILES: Spec = Spec {
    fields: &[
        Field::both("filename", Holds::Text),
        Field::both("originalFilename", Holds::Text),
        Field::both("mimeType", Holds::Text),
        Field::filter("isPublic", Holds::Bool),
        Field::filter("grounding", Holds::Word(Grounding::WORDS)),
        Field::filter("folderId", Holds::Id),
        Field::filter("permissionGroup", Holds::Text),
        Field::filter("uploadedBy", Holds::Id),
        Field::sort("sizeBytes", Holds::Int),
        Field::both("uploadedAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    search: &["filename", "originalFilename", "title", "description"],
    order: NEWEST,
};

/// The newest first.
pub const NEWEST: Order = Order { field: "uploadedAt", descending: true };

const TABLE: Table = Table {
    select: columns!(),
    from: "files f JOIN blobs b ON b.id = f.blob_id",
    id: "f.id",
    columns: &[
        column("filename", "f.filename").folded("f.filename_fold"),
        column("originalFilename", "f.original_filename"),
        column("mimeType", "f.mime_type"),
        column("isPublic", "f.is_public"),
        column("grounding", "f.grounding"),
        nullable("folderId", "f.folder_id"),
        nullable("permissionGroup", "f.permission_group"),
        nullable("uploadedBy", "f.created_by"),
        column("sizeBytes", "f.size"),
        column("uploadedAt", "f.created_at"),
        column("updatedAt", "f.updated_at"),
    ],
    search: &["f.search"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&FILES, &TABLE)];

/// Totals: of the files of a project, of those in a folder, and of those at the root of a project.
const ALL: &str = "files";
const AT_ROOT: &str = "files-at-root";

/// The file.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FileId) -> Result<File> {
    let mut row = tx.one(&GET, &[id.into(), at.project().into()])?.ok_or(Error::NotFound("file"))?;
    let mut found = file(&mut row)?;
    variant::fill(tx, std::slice::from_mut(&mut found))?;
    reference::count(tx, std::slice::from_mut(&mut found))?;
    Ok(found)
}

/// The file at an address, whoever asks: whether they may see it is for the caller to find out.
pub fn unguarded_served(tx: &mut Tx<'_>, id: FileId) -> Result<Option<File>> {
    tx.one(&SERVED, &[id.into()])?.map(|mut row| file(&mut row)).transpose()
}

/// The files of the project.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing) -> Result<Page<File>> {
    let project = [at.project().into()];
    let scope: [sql::Condition<'_>; 2] = [("f.project_id = ?", &project), ("f.deleted_at IS NULL", &[])];
    let total = known_total(tx, at, listing)?;
    let page = match total {
        Some(total) => sql::page_with_total(tx, &TABLE, &scope, listing, Some(total)),
        None => sql::list(tx, &TABLE, &scope, listing, None),
    };
    let mut page = page?.try_map(|mut row| file(&mut row))?;
    variant::fill(tx, &mut page.items)?;
    reference::count(tx, &mut page.items)?;
    Ok(page)
}

/// The files of the project that are of this sort.
pub fn list_only(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing, only: Only) -> Result<Page<File>> {
    let project = [at.project().into()];
    let scope: [sql::Condition<'_>; 3] = [("f.project_id = ?", &project), ("f.deleted_at IS NULL", &[]), (condition(only), &[])];
    let mut page = sql::list(tx, &TABLE, &scope, listing, None)?.try_map(|mut row| file(&mut row))?;
    variant::fill(tx, &mut page.items)?;
    Ok(page)
}

const fn condition(only: Only) -> &'static str {
    match only {
        Only::Public => "f.is_public",
        Only::Private => "NOT f.is_public",
        Only::Undescribed => "f.alt_text = 'null' AND f.mime_type LIKE 'image/%'",
        Only::Unused => "NOT EXISTS (SELECT 1 FROM refs r WHERE r.to_id = f.id)",
    }
}

/// The total of a list that is kept: of all files, or of those in a folder of the project.
fn known_total(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing) -> Result<Option<u64>> {
    if listing.search.is_some() {
        return Ok(None);
    }
    match &listing.filters[..] {
        [] => tx.total(at.project(), ALL).map(Some),
        [only] if only.field == "folderId" => match &only.test {
            Test::IsNull(true) => tx.total(at.project(), AT_ROOT).map(Some),
            Test::Is(Operand::Text(folder)) => match tx.one(&FOLDER_OF, &[folder.as_str().into(), at.project().into()])? {
                Some(mut row) => {
                    let folder: FolderId = row.take("folders", "id")?;
                    tx.total(folder, ALL).map(Some)
                }
                None => Ok(Some(0)),
            },
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// The next file of the project, the oldest first: that behind a moment and an id.
pub fn next(tx: &mut Tx<'_>, at: &Granted<InProject>, behind: Option<(Instant, FileId)>) -> Result<Option<File>> {
    let (moment, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(moment, id)| (moment, id.to_string()));
    tx.one(&NEXT, &[at.project().into(), moment.into(), id.into()])?.map(|mut row| file(&mut row)).transpose()
}

/// How many files lie in a folder that was found by the grant.
pub(super) fn count_in(tx: &mut Tx<'_>, folder: FolderId) -> Result<u64> {
    tx.total(folder, ALL)
}

/// One file more, or less, in a folder or at the root, and in the project.
pub(super) fn count(tx: &mut Tx<'_>, at: &Granted<InProject>, folder: Option<FolderId>, by: i64) {
    tx.count(at.project(), ALL, by);
    count_place(tx, at, folder, by);
}

fn count_place(tx: &mut Tx<'_>, at: &Granted<InProject>, folder: Option<FolderId>, by: i64) {
    match folder {
        Some(folder) => tx.count(folder, ALL, by),
        None => tx.count(at.project(), AT_ROOT, by),
    }
}

/// Stores a new file. `text` is what is written in it, where it is one.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InProject>, file: &File, text: Option<&str>) -> Result<()> {
    let head = [
        file.id.into(),
        at.org().into(),
        at.project().into(),
        file.folder.into(),
        file.filename.as_str().into(),
        fold(&file.filename).into(),
    ];
    let (state, due) = (file.variants.state, (file.variants.state == State::Pending).then_some(file.created_at));
    let tail = [file.created_at.into(), file.created_by.into(), file.updated_at.into(), state.into(), due.into()];
    let args: Vec<Value> = head.into_iter().chain(values(file)?).chain(tail).collect();
    tx.run(&INSERT, &args)?;
    tx.effects.pictures |= due.is_some();
    count(tx, at, file.folder, 1);
    search::write(tx, file, text)
}

/// Stores a changed file; where its bytes have changed, those of before are kept as a version. `text` is what is written in it now, where its bytes have changed.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InProject>, file: &File, before: &File, text: Option<Option<&str>>) -> Result<()> {
    if file.blob.id != before.blob.id {
        version::keep(tx, at, file.id)?;
    }
    let head = [file.id.into(), at.project().into(), file.folder.into(), file.filename.as_str().into(), fold(&file.filename).into()];
    let args: Vec<Value> = head.into_iter().chain(values(file)?).chain([file.updated_at.into()]).collect();
    tx.run_one(&UPDATE, &args, "file")?;
    if file.folder != before.folder {
        count_place(tx, at, before.folder, -1);
        count_place(tx, at, file.folder, 1);
    }
    if file.blob.id != before.blob.id {
        variant::begin(tx, at, file, true)?;
    } else if file.focal_point != before.focal_point {
        variant::begin(tx, at, file, false)?;
    }
    match text {
        Some(text) => search::write(tx, file, text),
        None => search::renew(tx, file),
    }
}

/// The values from the original name to what stands in the search.
fn values(file: &File) -> Result<Vec<Value>> {
    let json = |value: &Json| serde_json::to_string(value).map(Value::Text).map_err(|error| Error::Internal(error.to_string()));
    Ok(vec![
        file.original_filename.as_str().into(),
        file.mime_type.as_str().into(),
        file.blob.id.into(),
        file.blob.size.into(),
        file.is_public.into(),
        file.grounding.into(),
        file.permission_group.clone().into(),
        file.dimensions.map(|(width, _)| width).into(),
        file.dimensions.map(|(_, height)| height).into(),
        file.focal_point.map(|point| point.x).into(),
        file.focal_point.map(|point| point.y).into(),
        json(&file.title)?,
        json(&file.alt_text)?,
        json(&file.caption)?,
        file.description.clone().into(),
        file.searched().into(),
    ])
}
