//! Brandings of a project, and which apps wear them.

use serde_json::Map;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp, InProject, Scope},
        error::Fault,
        id::{AppId, BrandingId},
        listing::Listing,
        page::Page,
        project::branding::{Branding, look::Look},
        spec::{Field, Holds, Order, Spec},
        text,
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
        "b.id, b.organization_id, b.project_id, b.name, b.look, b.created_by, b.created_at, b.updated_at"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM brandings b WHERE b.id = $1 AND b.project_id = $2");
    FIRST = concat!("SELECT ", columns!(), " FROM brandings b WHERE b.project_id = $1 ORDER BY b.created_at, b.id LIMIT 1");
    ALL = concat!("SELECT ", columns!(), " FROM brandings b WHERE b.project_id = $1 ORDER BY b.created_at, b.id");
    OF_APP = concat!("SELECT ", columns!(), " FROM apps a JOIN brandings b ON b.id = a.branding_id WHERE a.id = $1 AND a.project_id = $2");
    SHOWN = concat!("SELECT ", columns!(), " FROM brandings b JOIN projects p ON p.id = b.project_id JOIN organizations o ON o.id = b.organization_id
                     WHERE b.id = $1 AND p.deleted_at IS NULL AND o.deleted_at IS NULL");
    WEARERS = "SELECT id FROM apps WHERE branding_id = $1 AND project_id = $2 ORDER BY created_at, id";
    INSERT = "INSERT INTO brandings (id, organization_id, project_id, name, name_fold, look, created_by, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)";
    UPDATE = "UPDATE brandings SET name = $3, name_fold = $4, look = $5, updated_at = $6 WHERE id = $1 AND project_id = $2";
    UNDRESS = "UPDATE apps SET branding_id = NULL WHERE branding_id = $1 AND project_id = $2";
    DELETE = "DELETE FROM brandings WHERE id = $1 AND project_id = $2";
}

/// `list_project_brandings`.
pub const BRANDINGS: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::filter("createdBy", Holds::Id),
        Field::both("createdAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    search: &["name"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "brandings b",
    id: "b.id",
    columns: &[
        column("name", "b.name").folded("b.name_fold"),
        column("createdBy", "b.created_by"),
        column("createdAt", "b.created_at"),
        column("updatedAt", "b.updated_at"),
    ],
    search: &["b.name_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&BRANDINGS, &TABLE)];

fn branding(row: &mut Row) -> Result<Branding> {
    let table = "brandings";
    Ok(Branding {
        id: row.take(table, "id")?,
        org: row.take(table, "organization_id")?,
        project: row.take(table, "project_id")?,
        name: row.take(table, "name")?,
        look: Look::stored(sql::json::<Map<_, _>>(&row.take::<String>(table, "look")?, table, "look")?),
        created_by: row.take(table, "created_by")?,
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
    })
}

fn one(row: Option<Row>) -> Result<Option<Branding>> {
    row.map(|mut row| branding(&mut row)).transpose()
}

/// A branding of the project, or of the one that an app is in.
pub fn find<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>, id: BrandingId) -> Result<Option<Branding>> {
    one(tx.one(&GET, &[id.into(), at.scope().project_id().into()])?)
}

/// The branding that apps wear which are bound to none: the first that was made.
pub fn first<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>) -> Result<Option<Branding>> {
    one(tx.one(&FIRST, &[at.scope().project_id().into()])?)
}

/// All brandings of the project, the first first.
pub fn all(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<Vec<Branding>> {
    tx.rows(&ALL, &[at.project().into()])?.into_iter().map(|mut row| branding(&mut row)).collect()
}

/// The branding that an app is bound to.
pub fn of_app(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<Option<Branding>> {
    one(tx.one(&OF_APP, &[at.app().into(), at.project().into()])?)
}

/// A branding by its id, for whoever has its address: how a site looks is no secret. Not there with its project gone.
pub fn unguarded_get(tx: &mut Tx<'_>, id: BrandingId) -> Result<Option<Branding>> {
    one(tx.one(&SHOWN, &[id.into()])?)
}

/// The apps that are bound to it, those in the trash too.
pub fn wearers(tx: &mut Tx<'_>, at: &Granted<InProject>, id: BrandingId) -> Result<Vec<AppId>> {
    let rows = tx.rows(&WEARERS, &[id.into(), at.project().into()])?;
    Ok(rows.into_iter().map(|mut row| row.take("apps", "id")).collect::<std::result::Result<_, _>>()?)
}

/// The brandings of the project.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing) -> Result<Page<Branding>> {
    sql::list(tx, &TABLE, &[("b.project_id = ?", &[at.project().into()])], listing, None)?.try_map(|mut row| branding(&mut row))
}

/// Stores a new one.
///
/// # Errors
/// A conflict on `name`.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InProject>, made: &Branding) -> Result<()> {
    let args = [
        made.id.into(),
        at.org().into(),
        at.project().into(),
        made.name.as_str().into(),
        text::fold(&made.name).into(),
        look(made)?,
        made.created_by.into(),
        made.created_at.into(),
    ];
    tx.run(&INSERT, &args).map_err(|error| name_taken(error, made)).map(drop)
}

/// Stores a changed one.
///
/// # Errors
/// A conflict on `name`.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InProject>, changed: &Branding) -> Result<()> {
    let args = [
        changed.id.into(),
        at.project().into(),
        changed.name.as_str().into(),
        text::fold(&changed.name).into(),
        look(changed)?,
        changed.updated_at.into(),
    ];
    match tx.run(&UPDATE, &args).map_err(|error| name_taken(error, changed))? {
        1 => Ok(()),
        _ => Err(Error::NotFound("branding")),
    }
}

/// Deletes one. Apps that were bound to it are bound to none then.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InProject>, id: BrandingId) -> Result<()> {
    let args = [id.into(), at.project().into()];
    tx.run(&UNDRESS, &args)?;
    tx.run_one(&DELETE, &args, "branding")
}

fn look(branding: &Branding) -> Result<Value> {
    serde_json::to_string(branding.look.values()).map(Value::Text).map_err(|error| Error::Internal(error.to_string()))
}

fn name_taken(error: StoreError, branding: &Branding) -> Error {
    match error {
        StoreError::Unique(_) => Error::Conflict(Fault::new("name", "taken", format!("There is a branding {:?} already.", branding.name))),
        other => other.into(),
    }
}
