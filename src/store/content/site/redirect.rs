//! Redirects: where a page went when its slug changed, and those that people make.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp},
        content::site::redirect::{Redirect, RedirectSource},
        error::Fault,
        id::RedirectId,
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
    },
    store::{
        Tx,
        error::StoreError,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

macro_rules! columns {
    () => {
        "r.id, r.app_id, r.from_path, r.to_path, r.status, r.source, r.created_at, r.updated_at"
    };
}

statements! {
    RECORD = "INSERT INTO redirects (id, organization_id, project_id, app_id, from_path, to_path, status, source, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, 308, 'auto', $7, $7)
              ON CONFLICT (app_id, from_path) DO UPDATE SET to_path = excluded.to_path, updated_at = excluded.updated_at";
    INSERT = "INSERT INTO redirects (id, organization_id, project_id, app_id, from_path, to_path, status, source, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "UPDATE redirects SET from_path = $3, to_path = $4, status = $5, source = $6, updated_at = $7 WHERE id = $1 AND app_id = $2";
    GET = concat!("SELECT ", columns!(), " FROM redirects r WHERE r.id = $1 AND r.app_id = $2");
    FROM = concat!("SELECT ", columns!(), " FROM redirects r WHERE r.app_id = $1 AND r.from_path = $2");
    BEHIND = concat!("SELECT ", columns!(), " FROM redirects r WHERE r.app_id = $1 AND r.from_path > $2 ORDER BY r.from_path LIMIT 500");
    BEHIND_OF = concat!("SELECT ", columns!(), " FROM redirects r WHERE r.app_id = $1 AND r.from_path > $2 AND r.status = $3
                        ORDER BY r.from_path LIMIT 500");
    POINT_ON = "UPDATE redirects SET to_path = $3, updated_at = $4 WHERE app_id = $1 AND to_path = $2 AND from_path <> $3";
    FREE = "DELETE FROM redirects WHERE app_id = $1 AND from_path = $2";
    DELETE = "DELETE FROM redirects WHERE id = $1 AND app_id = $2";
}

/// `list_website_redirects`.
pub const REDIRECTS: Spec = Spec {
    fields: &[
        Field::both("source", Holds::Word(RedirectSource::WORDS)),
        Field::both("status", Holds::Int),
        Field::both("fromPath", Holds::Text),
        Field::both("toPath", Holds::Text),
        Field::both("createdAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    search: &["fromPath", "toPath"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "redirects r",
    id: "r.id",
    columns: &[
        column("source", "r.source"),
        column("status", "r.status"),
        column("fromPath", "r.from_path"),
        column("toPath", "r.to_path"),
        column("createdAt", "r.created_at"),
        column("updatedAt", "r.updated_at"),
    ],
    search: &["r.from_path", "r.to_path"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&REDIRECTS, &TABLE)];

fn redirect(row: &mut Row) -> std::result::Result<Redirect, StoreError> {
    let table = "redirects";
    Ok(Redirect {
        id: row.take(table, "id")?,
        app: row.take(table, "app_id")?,
        from_path: row.take(table, "from_path")?,
        to_path: row.take(table, "to_path")?,
        status: row.take(table, "status")?,
        source: row.take(table, "source")?,
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
    })
}

/// The redirects of a site.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InApp>, listing: &Listing) -> Result<Page<Redirect>> {
    sql::read(tx, &TABLE, &[("r.app_id = ?", &[at.app().into()])], listing, redirect)
}

/// One redirect.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, id: RedirectId) -> Result<Redirect> {
    let mut row = tx.one(&GET, &[id.into(), at.app().into()])?.ok_or(Error::NotFound("redirect"))?;
    Ok(redirect(&mut row)?)
}

/// The redirect that begins at a path, if there is one.
pub fn from(tx: &mut Tx<'_>, at: &Granted<InApp>, path: &str) -> Result<Option<Redirect>> {
    Ok(tx.one(&FROM, &[at.app().into(), path.into()])?.map(|mut row| redirect(&mut row)).transpose()?)
}

/// The next redirects of a site, by the paths that they begin at.
pub fn behind(tx: &mut Tx<'_>, at: &Granted<InApp>, path: &str) -> Result<Vec<Redirect>> {
    tx.rows(&BEHIND, &[at.app().into(), path.into()])?.into_iter().map(|mut row| Ok(redirect(&mut row)?)).collect()
}

/// The same, of a status only.
pub fn behind_of(tx: &mut Tx<'_>, at: &Granted<InApp>, status: i64, path: &str) -> Result<Vec<Redirect>> {
    let rows = tx.rows(&BEHIND_OF, &[at.app().into(), path.into(), status.into()])?;
    rows.into_iter().map(|mut row| Ok(redirect(&mut row)?)).collect()
}

/// Records that what was at `from` is at `to` now. Older redirects to `from` lead to `to` at once (no chains), and
/// nothing redirects away from `to` any more (no loops).
pub fn record(tx: &mut Tx<'_>, at: &Granted<InApp>, from: &str, to: &str) -> Result<()> {
    let now = tx.now();
    free(tx, at, to)?;
    point_on(tx, at, from, to)?;
    let id = RedirectId::new(now, tx.entropy());
    let args = [id.into(), at.org().into(), at.project().into(), at.app().into(), from.into(), to.into(), now.into()];
    tx.run(&RECORD, &args)?;
    Ok(())
}

/// What led to `from` leads to `to` at once.
pub fn point_on(tx: &mut Tx<'_>, at: &Granted<InApp>, from: &str, to: &str) -> Result<()> {
    let now = tx.now();
    tx.run(&POINT_ON, &[at.app().into(), from.into(), to.into(), now.into()])?;
    Ok(())
}

/// A path is taken by an entry again: what redirected away from it ends.
pub fn free(tx: &mut Tx<'_>, at: &Granted<InApp>, path: &str) -> Result<()> {
    tx.run(&FREE, &[at.app().into(), path.into()])?;
    Ok(())
}

/// Stores a new redirect.
///
/// # Errors
/// A conflict on `fromPath`.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InApp>, redirect: &Redirect) -> Result<()> {
    let args: [Value; 10] = [
        redirect.id.into(),
        at.org().into(),
        at.project().into(),
        at.app().into(),
        redirect.from_path.as_str().into(),
        redirect.to_path.as_str().into(),
        redirect.status.into(),
        redirect.source.into(),
        redirect.created_at.into(),
        redirect.updated_at.into(),
    ];
    tx.run(&INSERT, &args).map_err(|error| on_path(error, redirect))?;
    Ok(())
}

/// Stores a changed redirect.
///
/// # Errors
/// A conflict on `fromPath`.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InApp>, redirect: &Redirect) -> Result<()> {
    let args: [Value; 7] = [
        redirect.id.into(),
        at.app().into(),
        redirect.from_path.as_str().into(),
        redirect.to_path.as_str().into(),
        redirect.status.into(),
        redirect.source.into(),
        redirect.updated_at.into(),
    ];
    match tx.run(&UPDATE, &args).map_err(|error| on_path(error, redirect))? {
        1 => Ok(()),
        _ => Err(Error::NotFound("redirect")),
    }
}

/// Ends a redirect.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InApp>, id: RedirectId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into(), at.app().into()], "redirect")
}

fn on_path(error: StoreError, redirect: &Redirect) -> Error {
    match error {
        StoreError::Unique(_) => {
            let words = format!("There is a redirect from {:?} already.", redirect.from_path);
            Error::Conflict(Fault::new("fromPath", "taken", words))
        }
        other => other.into(),
    }
}
