//! The trash: where entries go that were deleted, and from where they come back.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp, InProject, Role},
        content::{Entry, Kind},
        id::{AppId, EntryId, TrashBatchId, UserId},
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
        time::Instant,
    },
    store::{
        Tx,
        error::StoreError,
        row::{Row, Value},
        sql::{self, Table, column, nullable},
    },
};

use super::{
    count,
    entry::{self, whole},
    erase,
    search::index,
};

macro_rules! item {
    () => {
        "e.id, e.app_id, e.kind, e.name, e.deleted_at, e.deleted_by, u.name, e.trash_batch"
    };
}

statements! {
    GET = concat!("SELECT ", whole!(), " FROM entries e WHERE e.id = $1 AND e.app_id = $2 AND e.kind = $3 AND e.deleted_at IS NOT NULL");
    GET_ANY = concat!("SELECT ", whole!(), " FROM entries e WHERE e.id = $1 AND e.app_id = $2 AND e.deleted_at IS NOT NULL");
    ITEM = concat!("SELECT ", item!(), " FROM entries e LEFT JOIN users u ON u.id = e.deleted_by WHERE e.id = $1 AND e.app_id = $2 AND e.deleted_at IS NOT NULL");
    BATCH = "SELECT e.id, e.app_id FROM entries e JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL
             WHERE e.trash_batch = $1 AND e.project_id = $2 AND e.deleted_at IS NOT NULL ORDER BY e.created_at, e.id";
    DELETE = "UPDATE entries SET deleted_at = $3, deleted_by = $4, trash_batch = $5 WHERE id = $1 AND app_id = $2 AND deleted_at IS NULL";
    RESTORE = "UPDATE entries SET deleted_at = NULL, deleted_by = NULL, trash_batch = NULL WHERE id = $1 AND app_id = $2 AND deleted_at IS NOT NULL";
    OLD = "SELECT id FROM entries WHERE deleted_at <= $1 ORDER BY deleted_at, id LIMIT 50";
}

/// `list_project_trash`.
pub const TRASH: Spec = Spec {
    fields: &[
        Field::both("entityType", Holds::Text),
        Field::filter("appId", Holds::Id),
        Field::filter("trashBatchId", Holds::Id),
        Field::filter("deletedBy", Holds::Id),
        Field::both("deletedAt", Holds::Instant),
        Field::sort("name", Holds::Text),
    ],
    search: &["name"],
    order: Order { field: "deletedAt", descending: true },
};

/// What has been there longest comes first.
pub const OLDEST: Order = Order { field: "deletedAt", descending: false };

const TABLE: Table = Table {
    select: item!(),
    from: "entries e JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL LEFT JOIN users u ON u.id = e.deleted_by",
    id: "e.id",
    columns: &[
        column("entityType", "e.kind"),
        column("appId", "e.app_id"),
        nullable("trashBatchId", "e.trash_batch"),
        nullable("deletedBy", "e.deleted_by"),
        column("deletedAt", "e.deleted_at"),
        column("name", "e.name").folded("e.name_fold"),
    ],
    search: &["e.name_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&TRASH, &TABLE)];

/// What is in the trash of the project, in apps that are not in it themselves.
pub const IN_PROJECT: &str = "e.project_id = ? AND e.deleted_at IS NOT NULL";

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrashItem {
    /// The entry.
    pub id: EntryId,
    /// Its app.
    pub app: AppId,
    /// Its content type.
    pub content_type: String,
    /// Its name.
    pub name: String,
    /// Since when.
    pub deleted_at: Instant,
    /// Who put it there, where that is known.
    pub deleted_by: Option<UserId>,
    /// Their name.
    pub deleted_by_name: Option<String>,
    /// What went with one delete has one batch.
    pub batch: Option<TrashBatchId>,
}

fn item(row: &mut Row) -> std::result::Result<TrashItem, StoreError> {
    let table = "entries";
    Ok(TrashItem {
        id: row.take(table, "id")?,
        app: row.take(table, "app_id")?,
        content_type: row.take(table, "kind")?,
        name: row.take(table, "name")?,
        deleted_at: row.take(table, "deleted_at")?,
        deleted_by: row.take(table, "deleted_by")?,
        deleted_by_name: row.take("users", "name")?,
        batch: row.take(table, "trash_batch")?,
    })
}

/// An entry of this kind in the trash.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, id: EntryId) -> Result<Entry> {
    entry::one(tx, &GET, &[id.into(), at.app().into(), kind.content_type.into()])?.ok_or(Error::NotFound(kind.noun))
}

/// An entry of any kind in the trash.
pub fn get_any(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Entry> {
    entry::one(tx, &GET_ANY, &[id.into(), at.app().into()])?.ok_or(Error::NotFound(NOUN))
}

/// What one of the trash is called.
pub const NOUN: &str = "item in the trash";

/// What there is to say of something in the trash.
pub fn one(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<TrashItem> {
    let mut row = tx.one(&ITEM, &[id.into(), at.app().into()])?.ok_or(Error::NotFound(NOUN))?;
    Ok(item(&mut row)?)
}

/// The trash of the project; for whoever was added to single apps only, that of these apps.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing) -> Result<Page<TrashItem>> {
    let (project, user): ([Value; 1], [Value; 1]) = ([at.project().into()], [at.actor().id.into()]);
    let mut scope: Vec<sql::Condition<'_>> = vec![(IN_PROJECT, &project)];
    if at.role() < Role::Viewer {
        scope.push(("EXISTS (SELECT 1 FROM app_members m WHERE m.app_id = e.app_id AND m.user_id = ?)", &user));
    }
    sql::read(tx, &TABLE, &scope, listing, item)
}

/// What went with one delete, and where it belongs; what was made first comes first, so that what holds others is there before them.
pub fn batch(tx: &mut Tx<'_>, at: &Granted<InProject>, batch: TrashBatchId) -> Result<Vec<(EntryId, AppId)>> {
    let rows = tx.rows(&BATCH, &[batch.into(), at.project().into()])?;
    rows.into_iter().map(|mut row| Ok((row.take("entries", "id")?, row.take("entries", "app_id")?))).collect()
}

/// Moves an entry to the trash, with others in one batch; its slug is free again.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry, batch: TrashBatchId) -> Result<()> {
    let now = tx.now();
    let args = [entry.id.into(), at.app().into(), now.into(), at.actor().id.into(), batch.into()];
    tx.run_one(&DELETE, &args, entry.kind.noun)?;
    count::count(tx, at.app(), entry.kind, &entry.into(), -1);
    tx.deleted(entry);
    tx.retell_naming(at, entry)?;
    index::remove(tx, entry.id)
}

/// Takes an entry out of the trash, as it was.
///
/// # Errors
/// A conflict on `slug` when another entry has taken it since.
pub fn restore(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    let touched = tx.run(&RESTORE, &[entry.id.into(), at.app().into()]).map_err(|error| entry::on_slug(error, entry))?;
    if touched != 1 {
        return Err(Error::NotFound(entry.kind.noun));
    }
    tx.retell_naming(at, entry)?;
    entry::count_restored(tx, at, entry)
}

/// Deletes something in the trash for good, with all that hangs on it.
pub fn erase(tx: &mut Tx<'_>, _: &Granted<InApp>, entry: &Entry) -> Result<()> {
    erase::entry(tx, entry.id).map(drop)
}

fn find_older_than(tx: &mut Tx<'_>, until: Instant) -> Result<Vec<EntryId>> {
    tx.rows(&OLD, &[until.into()])?.into_iter().map(|mut row| Ok(row.take("entries", "id")?)).collect()
}

/// Whether something has been in the trash since this moment or longer.
pub fn unguarded_any_old(tx: &mut Tx<'_>, until: Instant) -> Result<bool> {
    Ok(!find_older_than(tx, until)?.is_empty())
}

/// Deletes some of it for good; how many.
pub fn unguarded_forget(tx: &mut Tx<'_>, until: Instant) -> Result<usize> {
    let gone = find_older_than(tx, until)?;
    gone.iter().try_for_each(|id| erase::entry(tx, *id).map(drop))?;
    Ok(gone.len())
}
