//! Folders of files: their rows.

use std::collections::HashMap;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        file::folder::{Around, DEEPEST, Folder},
        fold::fold,
        id::FolderId,
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
    },
    store::{
        Tx,
        row::{Row, Value},
        sql::{self, Table, column, nullable},
    },
};

use super::file::count_in;

macro_rules! columns {
    () => {
        "d.id, d.organization_id, d.project_id, d.name, d.slug, d.parent_id, d.created_at, d.created_by, d.updated_at"
    };
}
pub(super) use columns;

statements! {
    GET = concat!("SELECT ", columns!(), " FROM folders d WHERE d.id = $1 AND d.project_id = $2 AND d.deleted_at IS NULL");
    NAMED = concat!("SELECT ", columns!(), " FROM folders d WHERE d.project_id = $1 AND d.parent_id = $2 AND d.name_fold = $3 AND d.deleted_at IS NULL");
    NAMED_AT_ROOT = concat!("SELECT ", columns!(), " FROM folders d WHERE d.project_id = $1 AND d.parent_id IS NULL AND d.name_fold = $2 AND d.deleted_at IS NULL");
    INSERT = "INSERT INTO folders (id, organization_id, project_id, parent_id, name, name_fold, slug, created_at, created_by, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "UPDATE folders SET parent_id = $3, name = $4, name_fold = $5, slug = $6, updated_at = $7
              WHERE id = $1 AND project_id = $2 AND deleted_at IS NULL";
    ALL = concat!("SELECT ", columns!(), " FROM folders d WHERE d.project_id = $1 AND d.deleted_at IS NULL ORDER BY d.created_at, d.id");
    CHILDREN = "SELECT COUNT(*) AS n FROM folders d WHERE d.project_id = $1 AND d.parent_id = $2 AND d.deleted_at IS NULL";
}

/// `list_file_folders`.
pub const FOLDERS: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::filter("slug", Holds::Text),
        Field::filter("parentId", Holds::Id),
        Field::filter("createdBy", Holds::Id),
        Field::both("createdAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    search: &["name"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "folders d",
    id: "d.id",
    columns: &[
        column("name", "d.name").folded("d.name_fold"),
        column("slug", "d.slug"),
        nullable("parentId", "d.parent_id"),
        nullable("createdBy", "d.created_by"),
        column("createdAt", "d.created_at"),
        column("updatedAt", "d.updated_at"),
    ],
    search: &["d.name_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&FOLDERS, &TABLE)];

const ABOVE: &str = "SELECT d.id, d.name, d.parent_id FROM folders d WHERE d.project_id = ? AND d.id IN (?*)";
const BELOW: &str = "SELECT d.id FROM folders d WHERE d.deleted_at IS NULL AND d.project_id = ? AND d.parent_id IN (?*)";

/// The folder of a row that begins with its columns.
pub(super) fn folder(row: &mut Row) -> Result<Folder> {
    let table = "folders";
    Ok(Folder {
        id: row.take(table, "id")?,
        org: row.take(table, "organization_id")?,
        project: row.take(table, "project_id")?,
        name: row.take(table, "name")?,
        slug: row.take(table, "slug")?,
        parent: row.take(table, "parent_id")?,
        created_at: row.take(table, "created_at")?,
        created_by: row.take(table, "created_by")?,
        updated_at: row.take(table, "updated_at")?,
    })
}

/// The folder.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FolderId) -> Result<Folder> {
    let mut row = tx.one(&GET, &[id.into(), at.project().into()])?.ok_or(Error::NotFound("folder"))?;
    folder(&mut row)
}

/// The folder of this name in another one, or at the root.
pub fn find_by_name(tx: &mut Tx<'_>, at: &Granted<InProject>, parent: Option<FolderId>, name: &str) -> Result<Option<Folder>> {
    let (project, name) = (at.project().into(), fold(name).into());
    let row = match parent {
        Some(parent) => tx.one(&NAMED, &[project, parent.into(), name])?,
        None => tx.one(&NAMED_AT_ROOT, &[project, name])?,
    };
    row.map(|mut row| folder(&mut row)).transpose()
}

/// The folders of the project.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing) -> Result<Page<Folder>> {
    let project = [at.project().into()];
    let scope: [sql::Condition<'_>; 2] = [("d.project_id = ?", &project), ("d.deleted_at IS NULL", &[])];
    sql::list(tx, &TABLE, &scope, listing, None)?.try_map(|mut row| folder(&mut row))
}

/// All folders of the project.
pub fn all(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<Vec<Folder>> {
    tx.rows(&ALL, &[at.project().into()])?.into_iter().map(|mut row| folder(&mut row)).collect()
}

/// Stores a new folder.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InProject>, folder: &Folder) -> Result<()> {
    let args = [
        folder.id.into(),
        at.org().into(),
        at.project().into(),
        folder.parent.into(),
        folder.name.as_str().into(),
        fold(&folder.name).into(),
        folder.slug.as_str().into(),
        folder.created_at.into(),
        folder.created_by.into(),
        folder.updated_at.into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(())
}

/// Stores a changed folder.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InProject>, folder: &Folder) -> Result<()> {
    let args = [
        folder.id.into(),
        at.project().into(),
        folder.parent.into(),
        folder.name.as_str().into(),
        fold(&folder.name).into(),
        folder.slug.as_str().into(),
        folder.updated_at.into(),
    ];
    tx.run_one(&UPDATE, &args, "folder")
}

/// A folder in a path: its name, and the folder that it lies in.
type Step = (String, Option<FolderId>);

/// These folders and all that they lie in, whether they are in the trash or not: level by level, as deep as folders may lie.
fn above(tx: &mut Tx<'_>, at: &Granted<InProject>, ids: impl Iterator<Item = FolderId>) -> Result<HashMap<FolderId, Step>> {
    let (mut known, mut wanted) = (HashMap::new(), ids.collect::<Vec<_>>());
    for _ in 0..=DEEPEST {
        wanted.retain(|id| !known.contains_key(id));
        if wanted.is_empty() {
            break;
        }
        let args: Vec<Value> = [at.project().into()].into_iter().chain(wanted.drain(..).map(Value::from)).collect();
        for mut row in sql::among(tx, (ABOVE, &args))? {
            let (id, name) = (row.take("folders", "id")?, row.take("folders", "name")?);
            let parent: Option<FolderId> = row.take("folders", "parent_id")?;
            wanted.extend(parent);
            known.insert(id, (name, parent));
        }
    }
    Ok(known)
}

/// The folders in which this one lies, itself first and the one at the root last.
pub fn line(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FolderId) -> Result<Vec<(FolderId, String)>> {
    let known = above(tx, at, [id].into_iter())?;
    let (mut line, mut next) = (Vec::new(), Some(id));
    while let Some(id) = next.filter(|_| line.len() <= DEEPEST) {
        let Some((name, parent)) = known.get(&id) else { break };
        line.push((id, name.clone()));
        next = *parent;
    }
    Ok(line)
}

/// How many levels of folders there are from this one down, itself one of them: at most one more than may be.
pub fn height(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FolderId) -> Result<usize> {
    let (mut levels, mut level) = (0, vec![id]);
    while !level.is_empty() && levels <= DEEPEST {
        levels += 1;
        let args: Vec<Value> = [at.project().into()].into_iter().chain(level.drain(..).map(Value::from)).collect();
        for mut row in sql::among(tx, (BELOW, &args))? {
            level.push(row.take("folders", "id")?);
        }
    }
    Ok(levels)
}

/// What there is to say of folders beside themselves, in their order.
pub fn around(tx: &mut Tx<'_>, at: &Granted<InProject>, folders: &[Folder]) -> Result<Vec<Around>> {
    let known = above(tx, at, folders.iter().map(|folder| folder.id))?;
    folders
        .iter()
        .map(|folder| Ok(Around { path: path(&known, folder.id), folders: children(tx, at, folder.id)?, files: count_in(tx, folder.id)? }))
        .collect()
}

fn path(known: &HashMap<FolderId, Step>, id: FolderId) -> String {
    let steps = std::iter::successors(known.get(&id), |(_, parent)| known.get(parent.as_ref()?));
    let names: Vec<_> = steps.take(DEEPEST + 1).map(|(name, _)| format!("/{name}")).collect();
    names.into_iter().rev().collect()
}

fn children(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FolderId) -> Result<u64> {
    sql::number(tx.one(&CHILDREN, &[at.project().into(), id.into()])?, "folders")
}
