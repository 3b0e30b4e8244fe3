//! Entries of every kind, in one table: read and written.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
    ops::Deref,
};

use crate::{
    domain::{
        Error, Result,
        access::{ActorKind, Granted, InApp},
        content::{Derived, Entry, Kind, Kinds, Status, of_type},
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

use super::{
    count::{self, Before},
    reference,
    search::index,
};

/// Every column of an entry, once, with its number among what is bound and its value: the statements here and in the files beside this, what
/// is bound to them and what is read are made from it. Before it stand the ids that say which entry it is. What a change writes stands before
/// what stays as it was made; in both, first what is read with every entry, then what only a whole one has or the database alone needs.
macro_rules! columns {
    ($into:ident $($with:ident)*) => {
        $crate::store::content::entry::columns! {
            @$into $($with)*
            [
                name 6 |entry| entry.name.as_str().into();
                slug 7 |entry| entry.slug.clone().into();
                author_name 8 |entry| entry.author_name.clone().into();
                publish_date 9 |entry| entry.publish_date.into();
                layout_id 10 |entry| entry.layout_id.into();
                header_id 11 |entry| entry.header_id.into();
                footer_id 12 |entry| entry.footer_id.into();
                max_width 13 |entry| entry.max_width.clone().into();
                include_close 14 |entry| entry.include_close.into();
                is_active 15 |entry| entry.is_active.into();
                is_listed 16 |entry| entry.is_listed.into();
                requires_viewer_auth 17 |entry| entry.requires_viewer_auth.into();
                version 18 |entry| entry.version.into();
                updated_by 19 |entry| entry.updated_by.into();
                updated_at 20 |entry| entry.updated_at.into();
                fields 21 |entry| entry.fields.as_str().into();
                written 22 |entry| entry.written.as_str().into()
            ]
            [
                locales 23 |entry| entry.locales.as_str().into();
                search 24 |entry| entry.search.as_str().into();
                name_fold 25 |entry| fold(&entry.name).into();
                author_name_fold 26 |entry| entry.author_name.as_deref().map(fold).into();
                content 27 |entry| entry.content.as_str().into()
            ]
            [
                status 28 |entry| entry.status.into();
                author_id 29 |entry| entry.author_id.into();
                scheduled_at 30 |entry| entry.scheduled_at.into();
                published_at 31 |entry| entry.published_at.into();
                created_by 32 |entry| entry.created_by.into();
                created_at 33 |entry| entry.created_at.into();
                parent_id 34 |entry| entry.parent_id.into();
                position 35 |entry| entry.position.into()
            ]
        }
    };
    (@lite [$($a:ident $an:literal $av:expr);*] $whole:tt [$($c:ident $cn:literal $cv:expr);*]) => {
        concat!(
            "e.id, e.app_id, e.kind, e.organization_id, e.project_id",
            $(", e.", stringify!($a),)* $(", e.", stringify!($c),)*
        )
    };
    (@read $row:ident $kinds:ident [$($a:ident $an:literal $av:expr);*] $whole:tt [$($c:ident $cn:literal $cv:expr);*]) => {
        Entry {
            id: $row.take(TABLE, "id")?,
            app: $row.take(TABLE, "app_id")?,
            kind: of_type($kinds, &$row.take::<String>(TABLE, "kind")?).ok_or(StoreError::Shape(TABLE, "kind"))?,
            org: $row.take(TABLE, "organization_id")?,
            project: $row.take(TABLE, "project_id")?,
            $($a: $row.take(TABLE, stringify!($a))?,)*
            $($c: $row.take(TABLE, stringify!($c))?,)*
            content: String::new(),
            locales: String::new(),
            search: String::new(),
        }
    };
    (@insert $([$($a:ident $n:literal $v:expr);*])*) => {
        concat!(
            "INSERT INTO entries (id, app_id, kind, organization_id, project_id", $($(", ", stringify!($a),)*)*
            ") VALUES ($1, $2, $3, $4, $5", $($(", $", $n,)*)* ")"
        )
    };
    (@update [$first:ident $n:literal $v:expr $(; $a:ident $an:literal $av:expr)*] [$($b:ident $bn:literal $bv:expr);*]
        [$c:ident $next:literal $($rest:tt)*]) => {
        concat!(
            "UPDATE entries SET ", stringify!($first), " = $", $n, $(", ", stringify!($a), " = $", $an,)* $(", ", stringify!($b), " = $", $bn,)*
            " WHERE id = $1 AND app_id = $2 AND kind = $3 AND organization_id = $4 AND project_id = $5 AND version = $", $next,
            " AND deleted_at IS NULL"
        )
    };
    (@changed [$($a:ident $an:literal $av:expr);*] [$($b:ident $bn:literal $bv:expr);*] $made:tt) => {
        &[$($av,)* $($bv,)*]
    };
    (@made $changed:tt $whole:tt [$($c:ident $cn:literal $cv:expr);*]) => {
        &[$($cv,)*]
    };
    (@numbers $([$($a:ident $n:literal $v:expr);*])*) => {
        [$($($n,)*)*]
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
    ONLY = "SELECT e.id FROM entries e WHERE e.app_id = $1 AND e.kind = $2 AND e.deleted_at IS NULL LIMIT 1";
    AT_SLUG = concat!("SELECT ", whole!(), " FROM entries e WHERE e.app_id = $1 AND e.slug = $2 AND e.deleted_at IS NULL");
    IS_THERE = "SELECT e.id FROM entries e WHERE e.id = $1 AND e.project_id = $2 AND e.deleted_at IS NULL";
    INSERT = columns!(insert);
    UPDATE = columns!(update);
    SET_STATUS = "UPDATE entries SET status = $3, published_at = $4, scheduled_at = $9, version = $5, updated_by = $6, updated_at = $7
                  WHERE id = $1 AND app_id = $2 AND version = $8 AND deleted_at IS NULL";
}

/// People and service accounts by their ids.
pub const EDITORS: &str = "SELECT u.id, u.name, u.kind FROM users u WHERE u.id IN (?*)";

const TABLE: &str = "entries";

/// An entry as it is stored: with what follows from its texts at each write, so that nobody can forget to.
struct Stored<'e> {
    entry: &'e Entry,
    derived: Cow<'e, Derived>,
    written: String,
    locales: String,
}

impl<'e> Stored<'e> {
    fn of(entry: &'e Entry) -> Result<Self> {
        Ok(Self::with(entry, Cow::Owned(entry.derived()?)))
    }

    fn with(entry: &'e Entry, derived: Cow<'e, Derived>) -> Self {
        Self { entry, locales: derived.written.complete(), written: derived.written.to_string(), derived }
    }
}

impl Deref for Stored<'_> {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        self.entry
    }
}

/// What is stored of an entry in a column.
type ValueOf = fn(&Stored<'_>) -> Value;

/// The values of what a change writes, in the order of their columns.
const CHANGED: &[ValueOf] = columns!(changed);

/// The values of what stays as it was made.
const MADE: &[ValueOf] = columns!(made);

/// The entry of a row.
pub(super) fn entry(kinds: Kinds, row: &mut Row, whole: bool) -> std::result::Result<Entry, StoreError> {
    let mut entry = columns!(read row kinds);
    if whole {
        (entry.content, entry.locales) = (row.take(TABLE, "content")?, row.take(TABLE, "locales")?);
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

/// The only entry of a kind of which each app has exactly one.
pub fn singleton_id(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind) -> Result<EntryId> {
    let mut row = tx.one(&ONLY, &[at.app().into(), kind.content_type.into()])?.ok_or(Error::NotFound(kind.noun))?;
    Ok(row.take(TABLE, "id")?)
}

/// The entry of any kind that has this slug.
pub fn at_slug(tx: &mut Tx<'_>, at: &Granted<InApp>, slug: &str) -> Result<Option<Entry>> {
    one(tx, &AT_SLUG, &[at.app().into(), slug.into()])
}

/// The entry that has this path on the site of the app.
pub fn at_path(tx: &mut Tx<'_>, at: &Granted<InApp>, path: &str) -> Result<Option<Entry>> {
    for kind in tx.kinds().iter().filter(|kind| kind.has_slug()) {
        if let Some(slug) = path.strip_prefix(kind.path_prefix)
            && let Some(found) = at_slug(tx, at, slug)?.filter(|found| found.kind == *kind)
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Whether there is an entry of any kind with this id in the project.
pub fn is_there(tx: &mut Tx<'_>, at: &Granted<InApp>, id: EntryId) -> Result<bool> {
    Ok(tx.one(&IS_THERE, &[id.into(), at.project().into()])?.is_some())
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

/// The ids that say which entry it is, and some of its values behind them.
fn bound(at: &Granted<InApp>, entry: &Stored<'_>, values: &[&[ValueOf]]) -> Vec<Value> {
    let ids = [entry.id.into(), at.app().into(), entry.kind.content_type.into(), at.org().into(), at.project().into()];
    ids.into_iter().chain(values.iter().copied().flatten().map(|value| value(entry))).collect()
}

/// What was refused because of the address of an entry.
pub(super) fn on_slug(error: StoreError, entry: &Entry) -> Error {
    error.on_slug(entry.slug.as_deref().unwrap_or_default(), " in this app")
}

/// Stores a new entry; with what follows from its texts, where that was worked out before.
///
/// # Errors
/// A conflict on `slug`.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry, derived: Option<&Derived>) -> Result<()> {
    let stored = derived.map_or_else(|| Stored::of(entry), |derived| Ok(Stored::with(entry, Cow::Borrowed(derived))))?;
    tx.run(&INSERT, &bound(at, &stored, &[CHANGED, MADE])).map_err(|error| on_slug(error, entry))?;
    reference::insert(tx, entry.id, &stored.derived.references)?;
    count_arrival(tx, at, &stored, &Before { locales: stored.locales.clone(), ..entry.into() })
}

/// Counts an entry that is there again, as it was read in this transaction, and wakes whoever publishes it.
pub(super) fn count_restored(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Entry) -> Result<()> {
    count_arrival(tx, at, &Stored::of(entry)?, &entry.into())
}

fn count_arrival(tx: &mut Tx<'_>, at: &Granted<InApp>, entry: &Stored<'_>, as_counted: &Before) -> Result<()> {
    count::count(tx, at.app(), entry.kind, as_counted, 1);
    index::put(tx, entry, &entry.derived)?;
    tx.changed(entry, Status::Draft);
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
    let stored = Stored::of(entry)?;
    let mut args = bound(at, &stored, &[CHANGED]);
    args.push(before.version.into());
    match tx.run(&UPDATE, &args).map_err(|error| on_slug(error, entry))? {
        1 => {
            count::recount(tx, at.app(), before, entry);
            count::recount_languages(tx, at.app(), entry.kind, (&before.locales, &stored.locales));
            index::put(tx, entry, &stored.derived)?;
            tx.changed(entry, before.status);
            reference::update(tx, entry.id, &stored.derived.references)
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
        entry.scheduled_at.into(),
    ];
    match tx.run(&SET_STATUS, &args)? {
        1 => {
            count::recount(tx, at.app(), before, entry);
            tx.changed(entry, before.status);
            if entry.status == Status::Scheduled {
                tx.wake_schedule();
            }
            index::put(tx, entry, &entry.derived()?)
        }
        _ => Err(Error::Stale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_the_columns_follow_the_five_ids_in_their_order() {
        let numbers = columns!(numbers);
        assert!(numbers.into_iter().eq(6..6 + numbers.len()), "{numbers:?}");
        assert_eq!(numbers.len(), CHANGED.len() + MADE.len());
    }
}
