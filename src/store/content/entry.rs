//! Entries of every kind, in one table: read, written, published, moved to the trash and back.

use std::collections::{BTreeSet, HashMap};

use crate::{
    domain::{
        Error, Result,
        access::{ActorKind, Granted, InApp},
        content::{Entry, Kind, Status},
        id::{EntryId, UserId},
        text::fold,
        time::Instant,
    },
    store::{Tx, error::StoreError, row::Row, sql},
};

use super::count::{self, Before};

macro_rules! lite {
    () => {
        "e.id, e.organization_id, e.project_id, e.app_id, e.kind, e.name, e.slug, e.status, e.is_listed, e.requires_viewer_auth, e.author_id,
         e.author_name, e.publish_date, e.scheduled_at, e.published_at, e.layout_id, e.header_id, e.footer_id, e.version, e.created_by,
         e.updated_by, e.created_at, e.updated_at, e.fields"
    };
}
pub(super) use lite;

statements! {
    GET = concat!("SELECT ", lite!(), ", e.content, e.locales FROM entries e
                  WHERE e.id = $1 AND e.app_id = $2 AND e.kind = $3 AND e.deleted_at IS NULL");
    GET_TRASHED = concat!("SELECT ", lite!(), ", e.content, e.locales FROM entries e
                  WHERE e.id = $1 AND e.app_id = $2 AND e.kind = $3 AND e.deleted_at IS NOT NULL");
    INSERT = "INSERT INTO entries (id, organization_id, project_id, app_id, kind, name, slug, status, is_listed, requires_viewer_auth, author_id,
              author_name, publish_date, scheduled_at, published_at, layout_id, header_id, footer_id, version, created_by, updated_by,
              created_at, updated_at, fields, search, content, locales, name_fold, author_name_fold)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)";
    UPDATE = "UPDATE entries SET name = $3, slug = $4, author_name = $5, publish_date = $6, layout_id = $7, header_id = $8, footer_id = $9,
              version = $10, updated_by = $11, updated_at = $12, fields = $13, search = $14, locales = $16, name_fold = $17, author_name_fold = $18
              WHERE id = $1 AND app_id = $2 AND version = $15 AND deleted_at IS NULL";
    DELETE = "UPDATE entries SET deleted_at = $3 WHERE id = $1 AND app_id = $2 AND deleted_at IS NULL";
    RESTORE = "UPDATE entries SET deleted_at = NULL WHERE id = $1 AND app_id = $2 AND deleted_at IS NOT NULL";
    DUE = "SELECT e.scheduled_at, e.id FROM entries e JOIN apps a ON a.id = e.app_id JOIN projects p ON p.id = e.project_id
           JOIN organizations o ON o.id = e.organization_id
           WHERE e.status = 'scheduled' AND e.deleted_at IS NULL AND e.scheduled_at <= $1 AND a.deleted_at IS NULL
           AND p.deleted_at IS NULL AND o.deleted_at IS NULL AND (e.scheduled_at > $2 OR (e.scheduled_at = $2 AND e.id > $3))
           ORDER BY e.scheduled_at, e.id LIMIT 100";
    DUE_ONE = concat!("SELECT ", lite!(), ", e.content, e.locales FROM entries e JOIN apps a ON a.id = e.app_id
                      JOIN projects p ON p.id = e.project_id JOIN organizations o ON o.id = e.organization_id
                      WHERE e.id = $2 AND e.status = 'scheduled' AND e.deleted_at IS NULL AND e.scheduled_at <= $1 AND a.deleted_at IS NULL
                      AND p.deleted_at IS NULL AND o.deleted_at IS NULL");
    NEXT = "SELECT MIN(e.scheduled_at) FROM entries e JOIN apps a ON a.id = e.app_id JOIN projects p ON p.id = e.project_id
            JOIN organizations o ON o.id = e.organization_id
            WHERE e.status = 'scheduled' AND e.scheduled_at > $1 AND e.deleted_at IS NULL AND a.deleted_at IS NULL
            AND p.deleted_at IS NULL AND o.deleted_at IS NULL";
    SET_STATUS = "UPDATE entries SET status = $3, published_at = $4, scheduled_at = NULL, version = $5, updated_by = $6, updated_at = $7
                  WHERE id = $1 AND app_id = $2 AND version = $8 AND deleted_at IS NULL";
    PUBLISH = "UPDATE entries SET status = 'published', published_at = $2, scheduled_at = NULL, version = version + 1, updated_at = $2
               WHERE id = $1 AND status = 'scheduled'";
}

/// People and service accounts by their ids.
pub const EDITORS: &str = "SELECT u.id, u.name, u.kind FROM users u WHERE u.id IN (?*)";

pub(super) fn entry(row: &mut Row, kind: Option<&'static Kind>, whole: bool) -> std::result::Result<Entry, StoreError> {
    let table = "entries";
    let (id, org, project, app) =
        (row.take(table, "id")?, row.take(table, "organization_id")?, row.take(table, "project_id")?, row.take(table, "app_id")?);
    let word: String = row.take(table, "kind")?;
    let kind = kind.or_else(|| crate::domain::content::of_type(&word)).ok_or(StoreError::Shape(table, "kind"))?;
    Ok(Entry {
        id,
        org,
        project,
        app,
        kind,
        name: row.take(table, "name")?,
        slug: row.take(table, "slug")?,
        status: row.take(table, "status")?,
        is_listed: row.take(table, "is_listed")?,
        requires_viewer_auth: row.take(table, "requires_viewer_auth")?,
        author_id: row.take(table, "author_id")?,
        author_name: row.take(table, "author_name")?,
        publish_date: row.take(table, "publish_date")?,
        scheduled_at: row.take(table, "scheduled_at")?,
        published_at: row.take(table, "published_at")?,
        layout_id: row.take(table, "layout_id")?,
        header_id: row.take(table, "header_id")?,
        footer_id: row.take(table, "footer_id")?,
        version: row.take(table, "version")?,
        created_by: row.take(table, "created_by")?,
        updated_by: row.take(table, "updated_by")?,
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
        fields: row.take(table, "fields")?,
        content: if whole { row.take(table, "content")? } else { String::new() },
        locales: if whole { row.take(table, "locales")? } else { String::new() },
        search: String::new(),
    })
}

/// One entry of this kind.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, id: EntryId) -> Result<Entry> {
    let args = [id.into(), at.app().into(), kind.content_type.into()];
    let mut row = tx.one(&GET, &args)?.ok_or(Error::NotFound(kind.noun))?;
    Ok(entry(&mut row, Some(kind), true)?)
}

/// An entry of this kind in the trash.
pub fn get_trashed(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, id: EntryId) -> Result<Entry> {
    let args = [id.into(), at.app().into(), kind.content_type.into()];
    let mut row = tx.one(&GET_TRASHED, &args)?.ok_or(Error::NotFound(kind.noun))?;
    Ok(entry(&mut row, Some(kind), true)?)
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

/// Stores a new entry.
///
/// # Errors
/// A conflict on `slug`.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    let args = [
        entry.id.into(),
        at.org().into(),
        at.project().into(),
        at.app().into(),
        entry.kind.content_type.into(),
        entry.name.as_str().into(),
        entry.slug.clone().into(),
        entry.status.into(),
        entry.is_listed.into(),
        entry.requires_viewer_auth.into(),
        entry.author_id.into(),
        entry.author_name.clone().into(),
        entry.publish_date.into(),
        entry.scheduled_at.into(),
        entry.published_at.into(),
        entry.layout_id.into(),
        entry.header_id.into(),
        entry.footer_id.into(),
        entry.version.into(),
        entry.created_by.into(),
        entry.updated_by.into(),
        entry.created_at.into(),
        entry.updated_at.into(),
        entry.fields.as_str().into(),
        entry.search.as_str().into(),
        entry.content.as_str().into(),
        entry.locales.as_str().into(),
        fold(&entry.name).into(),
        entry.author_name.as_deref().map(fold).into(),
    ];
    tx.run(&INSERT, &args).map_err(|error| error.on_slug(entry.slug.as_deref().unwrap_or_default(), " in this app"))?;
    count::count(tx, at.app(), entry.kind, &entry.into(), 1)?;
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
    let args = [
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
        entry.search.as_str().into(),
        before.version.into(),
        entry.locales.as_str().into(),
        fold(&entry.name).into(),
        entry.author_name.as_deref().map(fold).into(),
    ];
    match tx.run(&UPDATE, &args).map_err(|error| error.on_slug(entry.slug.as_deref().unwrap_or_default(), " in this app"))? {
        1 => count::recount(tx, at.app(), before, entry),
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
        1 => count::recount(tx, at.app(), before, entry),
        _ => Err(Error::Stale),
    }
}

/// Moves an entry to the trash; its slug is free again.
pub fn trash(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    let now = tx.now();
    tx.run_one(&DELETE, &[entry.id.into(), at.app().into(), now.into()], entry.kind.noun)?;
    count::count(tx, at.app(), entry.kind, &entry.into(), -1)
}

/// Takes an entry out of the trash, as it was.
///
/// # Errors
/// A conflict on `slug` when another entry has taken it since.
pub fn restore(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    let touched = tx
        .run(&RESTORE, &[entry.id.into(), at.app().into()])
        .map_err(|error| error.on_slug(entry.slug.as_deref().unwrap_or_default(), " in this app"))?;
    if touched != 1 {
        return Err(Error::NotFound(entry.kind.noun));
    }
    count::count(tx, at.app(), entry.kind, &entry.into(), 1)?;
    if entry.status == Status::Scheduled {
        tx.wake_schedule();
    }
    Ok(())
}

/// Scheduled entries whose time has come, at most 100, those behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, behind: Option<(Instant, EntryId)>) -> Result<Vec<(Instant, EntryId)>> {
    let now = tx.now();
    let (at, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(at, id)| (at, id.to_string()));
    let rows = tx.rows(&DUE, &[now.into(), at.into(), id.into()])?;
    rows.into_iter().map(|mut row| Ok((row.take("entries", "scheduled_at")?, row.take("entries", "id")?))).collect()
}

/// One of them, if it still is.
pub fn unguarded_due_one(tx: &mut Tx<'_>, id: EntryId) -> Result<Option<Entry>> {
    let now = tx.now();
    tx.one(&DUE_ONE, &[now.into(), id.into()])?.map(|mut row| entry(&mut row, None, true).map_err(Error::from)).transpose()
}

/// When the next entry publishes itself after a moment.
pub fn unguarded_next_due(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT, &[after.into()])?.map(|mut row| row.take::<Option<Instant>>("entries", "scheduled_at")).transpose()?.flatten())
}

/// Publishes a scheduled entry.
pub fn unguarded_publish(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let now = tx.now();
    tx.run_one(&PUBLISH, &[entry.id.into(), now.into()], entry.kind.noun)?;
    let published = Entry { status: Status::Published, ..entry.clone() };
    count::recount(tx, entry.app, &entry.into(), &published)
}
