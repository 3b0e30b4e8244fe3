//! In which app an entry lies, by an id that is known in its project.

use crate::{
    domain::{
        Result,
        access::{Granted, InProject},
        content::{Kind, of_type},
        id::{AppId, EntryId, VersionId},
        time::Instant,
    },
    store::{Tx, engine::Sql, error::StoreError, row::Value},
};

macro_rules! place {
    () => {
        "SELECT e.id, e.app_id, e.kind, e.deleted_at FROM "
    };
}

statements! {
    OF_ENTRY = concat!(place!(), "entries e WHERE e.id = $1 AND e.organization_id = $2 AND e.project_id = $3");
    OF_VERSION = concat!(place!(), "versions v JOIN entries e ON e.id = v.entry_id WHERE v.id = $1 AND v.organization_id = $2 AND v.project_id = $3");
}

/// Where an entry lies.
#[derive(Debug, Clone, Copy)]
pub struct Whereabouts {
    /// Its id.
    pub entry: EntryId,
    /// Its app.
    pub app: AppId,
    /// Its kind.
    pub kind: &'static Kind,
    /// Whether it is in the trash.
    pub is_deleted: bool,
}

/// Where an entry of the project lies, also one in the trash, if there is one with this id.
pub fn of_entry(tx: &mut Tx<'_>, at: &Granted<InProject>, id: EntryId) -> Result<Option<Whereabouts>> {
    one(tx, &OF_ENTRY, at, id.into())
}

/// Where the entry of a version lies, if the project has such a version.
pub fn of_version(tx: &mut Tx<'_>, at: &Granted<InProject>, id: VersionId) -> Result<Option<Whereabouts>> {
    one(tx, &OF_VERSION, at, id.into())
}

fn one(tx: &mut Tx<'_>, statement: &Sql, at: &Granted<InProject>, id: Value) -> Result<Option<Whereabouts>> {
    const TABLE: &str = "entries";
    let kinds = tx.kinds();
    let Some(mut row) = tx.one(statement, &[id, at.org().into(), at.project().into()])? else { return Ok(None) };
    let (entry, app) = (row.take(TABLE, "id")?, row.take(TABLE, "app_id")?);
    let kind = of_type(kinds, &row.take::<String>(TABLE, "kind")?).ok_or(StoreError::Shape(TABLE, "kind"))?;
    let is_deleted = row.take::<Option<Instant>>(TABLE, "deleted_at")?.is_some();
    Ok(Some(Whereabouts { entry, app, kind, is_deleted }))
}
