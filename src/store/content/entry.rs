//! Entries of every kind, in one table: read and written.

use std::collections::{BTreeSet, HashMap};

use crate::{
    domain::{
        Error, Result,
        access::{ActorKind, Granted, InApp},
        content::{Entry, Kind, Kinds, Status, of_type},
        id::{EntryId, UserId},
        text::fold,
    },
    store::{
        Tx,
        engine::Sql,
        error::StoreError,
        row::{Row, Value},
        sql,
    },
};

use super::count::{self, Before};

/// Every column of an entry, once: the statements here and in the files beside this are made from it. The numbers are the places
/// of its values, [`changed`] first. What a change writes stands before what stays as it was made; in both, first what is read with every
/// entry, then what only a whole one has or the database alone needs.
macro_rules! columns {
    ($into:ident) => {
        $crate::store::content::entry::columns! {
            @$into
            [name 3, slug 4, author_name 5, publish_date 6, layout_id 7, header_id 8, footer_id 9, version 10, updated_by 11, updated_at 12, fields 13]
            [locales 14, search 15, name_fold 16, author_name_fold 17]
            [organization_id 18, project_id 19, kind 20, status 21, is_listed 22, requires_viewer_auth 23, author_id 24, scheduled_at 25,
             published_at 26, created_by 27, created_at 28]
            [content 29]
        }
    };
    (@lite [$($a:ident $an:literal),*] [$($b:ident $bn:literal),*] [$($c:ident $cn:literal),*] [$($d:ident $dn:literal),*]) => {
        concat!("e.id, e.app_id", $(", e.", stringify!($a),)* $(", e.", stringify!($c),)*)
    };
    (@insert [$($a:ident $an:literal),*] [$($b:ident $bn:literal),*] [$($c:ident $cn:literal),*] [$($d:ident $dn:literal),*]) => {
        concat!(
            "INSERT INTO entries (id, app_id", $(", ", stringify!($a),)* $(", ", stringify!($b),)* $(", ", stringify!($c),)* $(", ", stringify!($d),)*
            ") VALUES ($1, $2", $(", $", $an,)* $(", $", $bn,)* $(", $", $cn,)* $(", $", $dn,)* ")"
        )
    };
    (@update [$first:ident $n:literal $(, $a:ident $an:literal)*] [$($b:ident $bn:literal),*] $made:tt $content:tt) => {
        concat!("UPDATE entries SET ", stringify!($first), " = $", $n, $(", ", stringify!($a), " = $", $an,)* $(", ", stringify!($b), " = $", $bn,)*)
    };
}
pub(super) use columns;

/// What is read of an entry: all but its content, or with that.
macro_rules! lite {
    () => {
        $crate::store::content::entry::columns!(lite)
    };
}
macro_rules! whole {
    () => {
        concat!($crate::store::content::entry::columns!(lite), ", e.content, e.locales")
    };
}
pub(super) use {lite, whole};

statements! {
    GET = concat!("SELECT ", whole!(), " FROM entries e WHERE e.id = $1 AND e.app_id = $2 AND e.kind = $3 AND e.deleted_at IS NULL");
    AT_SLUG = concat!("SELECT ", whole!(), " FROM entries e WHERE e.app_id = $1 AND e.slug = $2 AND e.deleted_at IS NULL");
    INSERT = columns!(insert);
    UPDATE = concat!(columns!(update), " WHERE id = $1 AND app_id = $2 AND version = $18 AND deleted_at IS NULL");
    SET_STATUS = "UPDATE entries SET status = $3, published_at = $4, scheduled_at = NULL, version = $5, updated_by = $6, updated_at = $7
                  WHERE id = $1 AND app_id = $2 AND version = $8 AND deleted_at IS NULL";
}

/// People and service accounts by their ids.
pub const EDITORS: &str = "SELECT u.id, u.name, u.kind FROM users u WHERE u.id IN (?*)";

/// The entry of a row, in the order of its columns.
pub(super) fn entry(kinds: Kinds, row: &mut Row, whole: bool) -> std::result::Result<Entry, StoreError> {
    let table = "entries";
    let (id, app) = (row.take(table, "id")?, row.take(table, "app_id")?);
    let mut entry = Entry {
        id,
        app,
        name: row.take(table, "name")?,
        slug: row.take(table, "slug")?,
        author_name: row.take(table, "author_name")?,
        publish_date: row.take(table, "publish_date")?,
        layout_id: row.take(table, "layout_id")?,
        header_id: row.take(table, "header_id")?,
        footer_id: row.take(table, "footer_id")?,
        version: row.take(table, "version")?,
        updated_by: row.take(table, "updated_by")?,
        updated_at: row.take(table, "updated_at")?,
        fields: row.take(table, "fields")?,
        org: row.take(table, "organization_id")?,
        project: row.take(table, "project_id")?,
        kind: of_type(kinds, &row.take::<String>(table, "kind")?).ok_or(StoreError::Shape(table, "kind"))?,
        status: row.take(table, "status")?,
        is_listed: row.take(table, "is_listed")?,
        requires_viewer_auth: row.take(table, "requires_viewer_auth")?,
        author_id: row.take(table, "author_id")?,
        scheduled_at: row.take(table, "scheduled_at")?,
        published_at: row.take(table, "published_at")?,
        created_by: row.take(table, "created_by")?,
        created_at: row.take(table, "created_at")?,
        content: String::new(),
        locales: String::new(),
        search: String::new(),
    };
    if whole {
        (entry.content, entry.locales) = (row.take(table, "content")?, row.take(table, "locales")?);
    }
    Ok(entry)
}

/// The entry that a statement finds, whole.
pub(super) fn one(tx: &mut Tx<'_>, statement: &Sql, args: &[Value]) -> Result<Option<Entry>> {
    let kinds = tx.kinds();
    tx.one(statement, args)?.map(|mut row| entry(kinds, &mut row, true).map_err(Error::from)).transpose()
}

/// One entry of this kind.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, id: EntryId) -> Result<Entry> {
    one(tx, &GET, &[id.into(), at.app().into(), kind.content_type.into()])?.ok_or(Error::NotFound(kind.noun))
}

/// The entry of any kind that has this slug.
pub fn at_slug(tx: &mut Tx<'_>, at: &Granted<InApp>, slug: &str) -> Result<Option<Entry>> {
    one(tx, &AT_SLUG, &[at.app().into(), slug.into()])
}

/// Those who changed entries of the app last: their names, and what they are.
pub fn editors(
    tx: &mut Tx<'_>,
    _: &Granted<InApp>,
    wanted: impl IntoIterator<Item = UserId>,
) -> Result<HashMap<UserId, (String, ActorKind)>> {
    let wanted: BTreeSet<UserId> = wanted.into_iter().collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<_> = wanted.into_iter().map(Into::into).collect();
    let rows = sql::among(tx, (EDITORS, &ids))?;
    rows.into_iter().map(|mut row| Ok((row.take("users", "id")?, (row.take("users", "name")?, row.take("users", "kind")?)))).collect()
}

/// The values of what a change writes, behind those that say which entry it is.
fn changed(at: &Granted<InApp>, entry: &Entry) -> Vec<Value> {
    vec![
        entry.id.into(),
        at.app().into(),
        entry.name.as_str().into(),
        entry.slug.clone().into(),
        entry.author_name.clone().into(),
        entry.publish_date.into(),
        entry.layout_id.into(),
        entry.header_id.into(),
        entry.footer_id.into(),
        entry.version.into(),
        entry.updated_by.into(),
        entry.updated_at.into(),
        entry.fields.as_str().into(),
        entry.locales.as_str().into(),
        entry.search.as_str().into(),
        fold(&entry.name).into(),
        entry.author_name.as_deref().map(fold).into(),
    ]
}

/// The values of what stays as it was made.
fn made(at: &Granted<InApp>, entry: &Entry) -> [Value; 12] {
    [
        at.org().into(),
        at.project().into(),
        entry.kind.content_type.into(),
        entry.status.into(),
        entry.is_listed.into(),
        entry.requires_viewer_auth.into(),
        entry.author_id.into(),
        entry.scheduled_at.into(),
        entry.published_at.into(),
        entry.created_by.into(),
        entry.created_at.into(),
        entry.content.as_str().into(),
    ]
}

/// What was refused because of the address of an entry.
pub(super) fn on_slug(error: StoreError, entry: &Entry) -> Error {
    error.on_slug(entry.slug.as_deref().unwrap_or_default(), " in this app")
}

/// Stores a new entry.
///
/// # Errors
/// A conflict on `slug`.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    let mut args = changed(at, entry);
    args.extend(made(at, entry));
    tx.run(&INSERT, &args).map_err(|error| on_slug(error, entry))?;
    there(tx, at, entry)
}

/// Counts an entry that is there from now on, and wakes whoever publishes it.
pub(super) fn there(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    count::count(tx, at.app(), entry.kind, &entry.into(), 1);
    if entry.status == Status::Scheduled {
        tx.wake_schedule();
    }
    Ok(())
}

/// Stores a changed entry that was read in this transaction as `before`.
///
/// # Errors
/// A conflict on `slug`.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry, before: &Before) -> Result<()> {
    let mut args = changed(at, entry);
    args.push(before.version.into());
    match tx.run(&UPDATE, &args).map_err(|error| on_slug(error, entry))? {
        1 => {
            count::recount(tx, at.app(), before, entry);
            Ok(())
        }
        _ => Err(Error::Stale),
    }
}

/// Stores the status of an entry that was read in this transaction as `before`.
pub fn set_status(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry, before: &Before) -> Result<()> {
    let args = [
        entry.id.into(),
        at.app().into(),
        entry.status.into(),
        entry.published_at.into(),
        entry.version.into(),
        entry.updated_by.into(),
        entry.updated_at.into(),
        before.version.into(),
    ];
    match tx.run(&SET_STATUS, &args)? {
        1 => {
            count::recount(tx, at.app(), before, entry);
            Ok(())
        }
        _ => Err(Error::Stale),
    }
}
