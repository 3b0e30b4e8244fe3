//! Where files are used: by what stands in the content and the fields of entries.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp, InProject},
        file::file::File,
        id::{AppId, EntryId, FileId},
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
    },
    store::{
        Tx,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

statements! {
    PRIVATE = "SELECT f.id FROM refs r JOIN files f ON f.id = r.to_id WHERE r.from_id = $1 AND f.project_id = $2 AND NOT f.is_public AND f.deleted_at IS NULL
               ORDER BY f.id LIMIT 100";
}

/// `list_file_references`.
pub const REFERENCES: Spec = Spec {
    fields: &[
        Field::both("type", Holds::Text),
        Field::filter("id", Holds::Id),
        Field::sort("name", Holds::Text),
        Field::sort("updatedAt", Holds::Instant),
    ],
    search: &["name"],
    order: Order { field: "updatedAt", descending: true },
};

const TABLE: Table = Table {
    select: "e.kind, e.id, e.name, e.app_id",
    from: "entries e JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL",
    id: "e.id",
    columns: &[
        column("type", "e.kind"),
        column("id", "e.id"),
        column("name", "e.name").folded("e.name_fold"),
        column("updatedAt", "e.updated_at"),
    ],
    search: &["e.name_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&REFERENCES, &TABLE)];

const COUNTED: &str = "SELECT r.to_id, COUNT(DISTINCT r.from_id) AS n FROM refs r JOIN files f ON f.id = r.to_id
    JOIN entries e ON e.id = r.from_id AND e.project_id = f.project_id AND e.deleted_at IS NULL
    JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL WHERE r.to_id IN (?*) GROUP BY r.to_id";

/// An entry that refers to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its content type.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its app.
    pub app: AppId,
}

/// The files that an entry refers to and that not everybody may see; at most a hundred.
pub fn private_of(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Vec<FileId>> {
    let rows = tx.rows(&PRIVATE, &[id.into(), at.project().into()])?;
    rows.into_iter().map(|mut row| Ok(row.take("files", "id")?)).collect()
}

/// Counts the entries that refer to each of some files, as [`list`] does.
pub(super) fn count(tx: &mut Tx<'_>, files: &mut [File]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let args: Vec<Value> = files.iter().map(|file| file.id.into()).collect();
    for mut row in sql::among(tx, (COUNTED, &args))? {
        let (to, count): (FileId, u64) = (row.take("refs", "to_id")?, row.take("refs", "n")?);
        files.iter_mut().filter(|file| file.id == to).for_each(|file| file.references = count);
    }
    Ok(())
}

/// The entries that refer to a file, in apps that are not in the trash.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, id: FileId, listing: &Listing) -> Result<Page<Reference>> {
    let (to, project) = ([id.into()], [at.project().into()]);
    let scope: [sql::Condition<'_>; 3] =
        [("e.id IN (SELECT r.from_id FROM refs r WHERE r.to_id = ?)", &to), ("e.project_id = ?", &project), ("e.deleted_at IS NULL", &[])];
    let read = |row: &mut Row| {
        Ok(Reference {
            kind: row.take("entries", "kind")?,
            id: row.take("entries", "id")?,
            name: row.take("entries", "name")?,
            app: row.take("entries", "app_id")?,
        })
    };
    sql::read(tx, &TABLE, &scope, listing, read)
}
