//! Apps of a project, and those in its trash.

use serde_json::Map;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp, InProject, Role},
        id::AppId,
        listing::Listing,
        page::Page,
        project::app::{App, AppType},
        spec::{Field, Holds, Order, Spec},
        text,
    },
    store::{
        Tx,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

macro_rules! columns {
    () => {
        "a.id, a.organization_id, a.project_id, a.app_type, a.name, a.slug, a.description, a.branding_id, a.settings, a.created_at, a.updated_at, a.deleted_at,
         (SELECT d.hostname FROM domains d WHERE d.app_id = a.id AND d.is_primary AND d.verified_at IS NOT NULL)"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM apps a WHERE a.id = $1 AND a.project_id = $2 AND a.deleted_at IS NULL");
    GET_TRASHED = concat!("SELECT ", columns!(), " FROM apps a WHERE a.id = $1 AND a.project_id = $2 AND a.deleted_at IS NOT NULL");
    ALL = concat!("SELECT ", columns!(), " FROM apps a WHERE a.project_id = $1 AND a.deleted_at IS NULL ORDER BY a.created_at, a.id");
    INSERT = "INSERT INTO apps (id, organization_id, project_id, app_type, name, name_fold, slug, description, settings, created_at, updated_at,
                                branding_id)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)";
    UPDATE = "UPDATE apps SET name = $3, name_fold = $4, slug = $5, description = $6, settings = $7, updated_at = $8, branding_id = $9
              WHERE id = $1 AND project_id = $2 AND deleted_at IS NULL";
    TRASH = "UPDATE apps SET deleted_at = $3 WHERE id = $1 AND project_id = $2 AND deleted_at IS NULL";
    RESTORE = "UPDATE apps SET deleted_at = NULL, updated_at = $3, slug = $4 WHERE id = $1 AND project_id = $2 AND deleted_at IS NOT NULL";
}

/// `list_project_apps` and `list_deleted_project_apps`.
pub const APPS: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::both("slug", Holds::Text),
        Field::both("appType", Holds::Word(AppType::WORDS)),
        Field::filter("isActive", Holds::Bool),
        Field::sort("createdAt", Holds::Instant),
        Field::sort("updatedAt", Holds::Instant),
    ],
    search: &["name", "slug"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "apps a",
    id: "a.id",
    columns: &[
        column("name", "a.name").folded("a.name_fold"),
        column("slug", "a.slug"),
        column("appType", "a.app_type"),
        column("isActive", "(a.deleted_at IS NULL)"),
        column("createdAt", "a.created_at"),
        column("updatedAt", "a.updated_at"),
    ],
    search: &["a.name_fold", "a.slug"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&APPS, &TABLE)];

fn app(row: &mut Row) -> Result<App> {
    let table = "apps";
    Ok(App {
        id: row.take(table, "id")?,
        org: row.take(table, "organization_id")?,
        project: row.take(table, "project_id")?,
        app_type: row.take(table, "app_type")?,
        name: row.take(table, "name")?,
        slug: row.take(table, "slug")?,
        description: row.take(table, "description")?,
        branding: row.take(table, "branding_id")?,
        settings: sql::json::<Map<_, _>>(&row.take::<String>(table, "settings")?, table, "settings")?,
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
        deleted_at: row.take(table, "deleted_at")?,
        primary_domain: row.take("domains", "hostname")?,
    })
}

/// The app.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<App> {
    let mut row = tx.one(&GET, &[at.app().into(), at.project().into()])?.ok_or(Error::NotFound("app"))?;
    app(&mut row)
}

/// An app in the trash.
pub fn get_trashed(tx: &mut Tx<'_>, at: &Granted<InProject>, id: AppId) -> Result<App> {
    let mut row = tx.one(&GET_TRASHED, &[id.into(), at.project().into()])?.ok_or(Error::NotFound("app"))?;
    app(&mut row)
}

/// The apps of the project that the caller may see, or those in its trash.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, trashed: bool, listing: &Listing) -> Result<Page<App>> {
    let project = [at.project().into()];
    let user = [at.actor().id.into()];
    let place = if trashed { "a.deleted_at IS NOT NULL" } else { "a.deleted_at IS NULL" };
    let mut scope: Vec<sql::Condition<'_>> = vec![("a.project_id = ?", &project), (place, &[])];
    if at.role() < Role::Viewer {
        scope.push(("EXISTS (SELECT 1 FROM app_members m WHERE m.app_id = a.id AND m.user_id = ?)", &user));
    }
    sql::list(tx, &TABLE, &scope, listing, None)?.try_map(|mut row| app(&mut row))
}

/// Every app of the project.
pub fn all(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<Vec<App>> {
    tx.rows(&ALL, &[at.project().into()])?.into_iter().map(|mut row| app(&mut row)).collect()
}

/// Stores a new app.
///
/// # Errors
/// A conflict on `slug`.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InProject>, app: &App) -> Result<()> {
    let args = [
        app.id.into(),
        at.org().into(),
        at.project().into(),
        app.app_type.into(),
        app.name.as_str().into(),
        text::fold(&app.name).into(),
        app.slug.as_str().into(),
        app.description.clone().into(),
        settings(app)?,
        app.created_at.into(),
        app.branding.into(),
    ];
    tx.run(&INSERT, &args).map_err(|error| error.on_slug(&app.slug, " in this project"))?;
    Ok(())
}

/// Stores a changed app.
///
/// # Errors
/// A conflict on `slug`.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InApp>, app: &App) -> Result<()> {
    let now = tx.now();
    let args = [
        at.app().into(),
        at.project().into(),
        app.name.as_str().into(),
        text::fold(&app.name).into(),
        app.slug.as_str().into(),
        app.description.clone().into(),
        settings(app)?,
        now.into(),
        app.branding.into(),
    ];
    match tx.run(&UPDATE, &args).map_err(|error| error.on_slug(&app.slug, " in this project"))? {
        1 => Ok(()),
        _ => Err(Error::NotFound("app")),
    }
}

/// Moves the app to the trash: nobody finds it or its content until it is restored.
pub fn trash(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<()> {
    let now = tx.now();
    tx.run_one(&TRASH, &[at.app().into(), at.project().into(), now.into()], "app")
}

/// Takes an app out of the trash.
///
/// # Errors
/// A conflict on `slug` when another app has taken it since.
pub fn restore(tx: &mut Tx<'_>, at: &Granted<InProject>, app: &App) -> Result<()> {
    let now = tx.now();
    let touched = tx
        .run(&RESTORE, &[app.id.into(), at.project().into(), now.into(), app.slug.as_str().into()])
        .map_err(|error| error.on_slug(&app.slug, " in this project"))?;
    if touched == 1 { Ok(()) } else { Err(Error::NotFound("app")) }
}

fn settings(app: &App) -> Result<Value> {
    serde_json::to_string(&app.settings).map(Value::Text).map_err(|error| Error::Internal(error.to_string()))
}
