//! What entries refer to, and where they are used.

use std::collections::BTreeSet;

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::{Kind, of_type},
        id::{AppId, EntryId},
        project::app::AppType,
    },
    store::{Tx, row::Row},
};

statements! {
    FOUND = "SELECT e.app_id, e.name FROM entries e JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL
             WHERE e.id = $1 AND e.kind = $2 AND e.project_id = $3 AND e.deleted_at IS NULL";
    NAME = "SELECT e.name FROM entries e WHERE e.id = $1 AND e.project_id = $2";
    CHOICES = "SELECT e.id, e.name FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.deleted_at IS NULL ORDER BY e.name_fold, e.id LIMIT 200";
    CHOICES_IN_PROJECT = "SELECT e.id, e.name FROM entries e JOIN apps a ON a.id = e.app_id AND a.deleted_at IS NULL
                          WHERE a.project_id = $1 AND e.kind = $2 AND e.deleted_at IS NULL ORDER BY e.name_fold, e.id LIMIT 200";
    APP = "SELECT a.id FROM apps a WHERE a.id = $1 AND a.project_id = $2 AND a.app_type = $3 AND a.deleted_at IS NULL";
    OF = "SELECT via, to_id FROM refs WHERE from_id = $1";
    INSERT = "INSERT INTO refs (from_id, via, to_id) VALUES ($1, $2, $3)";
    DELETE = "DELETE FROM refs WHERE from_id = $1";
    USES = "SELECT e.id, e.kind, e.name, e.app_id FROM entries e WHERE e.id IN (SELECT r.from_id FROM refs r WHERE r.to_id = $1)
            AND e.project_id = $2 AND e.deleted_at IS NULL ORDER BY e.updated_at DESC, e.id LIMIT 50";
}

/// An entry that refers to another one.
#[derive(Debug, Clone)]
pub struct Use {
    /// Its id.
    pub id: EntryId,
    /// What it is.
    pub kind: &'static Kind,
    /// Its name.
    pub name: String,
    /// The app that it is in.
    pub app: AppId,
}

/// The app and the name of an entry of this content type in the project, if it is there.
pub fn app_and_name(tx: &mut Tx<'_>, at: &Granted<InApp>, content_type: &str, id: EntryId) -> Result<Option<(AppId, String)>> {
    let row = tx.one(&FOUND, &[id.into(), content_type.into(), at.project().into()])?;
    row.map(|mut row| Ok((row.take("entries", "app_id")?, row.take("entries", "name")?))).transpose()
}

/// The name of an entry of the project, of one in the trash, too.
pub fn name(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Option<String>> {
    let row = tx.one(&NAME, &[id.into(), at.project().into()])?;
    Ok(row.map(|mut row| row.take("entries", "name")).transpose()?)
}

/// Entries of this content type in the app, by name, with which a form offers a choice.
pub fn choices(tx: &mut Tx<'_>, at: &Granted<InApp>, content_type: &str) -> Result<Vec<(EntryId, String)>> {
    let rows = tx.rows(&CHOICES, &[at.app().into(), content_type.into()])?;
    ids_and_names(rows)
}

/// The same of all apps of the project.
pub fn choices_in_project(tx: &mut Tx<'_>, at: &Granted<InApp>, content_type: &str) -> Result<Vec<(EntryId, String)>> {
    let rows = tx.rows(&CHOICES_IN_PROJECT, &[at.project().into(), content_type.into()])?;
    ids_and_names(rows)
}

fn ids_and_names(rows: Vec<Row>) -> Result<Vec<(EntryId, String)>> {
    rows.into_iter().map(|mut row| Ok((row.take("entries", "id")?, row.take("entries", "name")?))).collect()
}

/// Whether the project has an app of this type with this id.
pub fn app_is_there(tx: &mut Tx<'_>, at: &Granted<InApp>, of: AppType, id: AppId) -> Result<bool> {
    Ok(tx.one(&APP, &[id.into(), at.project().into(), of.word().into()])?.is_some())
}

/// Where an entry is used, the latest change first; at most 50.
pub fn uses(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<Vec<Use>> {
    let kinds = tx.kinds();
    let of_row = |mut row: Row| {
        let (id, kind): (_, String) = (row.take("entries", "id")?, row.take("entries", "kind")?);
        let (name, app) = (row.take("entries", "name")?, row.take("entries", "app_id")?);
        Ok(of_type(kinds, &kind).map(|kind| Use { id, kind, name, app }))
    };
    let rows = tx.rows(&USES, &[id.into(), at.project().into()])?;
    rows.into_iter().filter_map(|row| of_row(row).transpose()).collect()
}

/// Keeps what a new entry refers to.
pub(super) fn insert(tx: &mut Tx<'_>, id: EntryId, to: &BTreeSet<(String, String)>) -> Result<()> {
    for (via, to) in to {
        tx.run(&INSERT, &[id.into(), via.as_str().into(), to.as_str().into()])?;
    }
    Ok(())
}

/// Keeps what a changed entry refers to.
pub(super) fn update(tx: &mut Tx<'_>, id: EntryId, to: &BTreeSet<(String, String)>) -> Result<()> {
    let rows = tx.rows(&OF, &[id.into()])?;
    let stored: BTreeSet<(String, String)> =
        rows.into_iter().map(|mut row| Ok((row.take("refs", "via")?, row.take("refs", "to_id")?))).collect::<Result<_>>()?;
    if *to == stored {
        return Ok(());
    }
    tx.run(&DELETE, &[id.into()])?;
    insert(tx, id, to)
}
