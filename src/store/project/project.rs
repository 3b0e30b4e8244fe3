//! Projects with their languages: read, listed, made, changed, deleted.

use std::collections::{BTreeSet, HashMap};

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InOrg, InProject, Role},
        id::ProjectId,
        listing::Listing,
        page::Page,
        project::project::{AppLite, Project},
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
        "p.id, p.organization_id, p.name, p.slug, p.description, p.logo_url, p.default_locale, p.locales, p.unknown_blocks,
        p.created_at, p.updated_at"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM projects p WHERE p.id = $1 AND p.organization_id = $2 AND p.deleted_at IS NULL");
    IN_ORG = "SELECT 1 FROM projects WHERE id = $1 AND organization_id = $2 AND deleted_at IS NULL";
    APPS = "SELECT id, app_type, name, slug FROM apps WHERE project_id = $1 AND deleted_at IS NULL ORDER BY created_at, id";
    APPS_GIVEN = "SELECT a.id, a.app_type, a.name, a.slug FROM apps a JOIN app_members m ON m.app_id = a.id AND m.user_id = $2
                  WHERE a.project_id = $1 AND a.deleted_at IS NULL ORDER BY a.created_at, a.id";
    INSERT = "INSERT INTO projects (id, organization_id, name, name_fold, slug, description, default_locale, locales, created_at, updated_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";
    UPDATE = "UPDATE projects SET name = $3, name_fold = $4, slug = $5, description = $6, logo_url = $7, default_locale = $8, locales = $9,
              updated_at = $10, unknown_blocks = $11 WHERE id = $1 AND organization_id = $2 AND deleted_at IS NULL";
    DELETE = "UPDATE projects SET deleted_at = $3 WHERE id = $1 AND organization_id = $2 AND deleted_at IS NULL";
}

/// `list_projects`.
pub const PROJECTS: Spec = Spec {
    fields: &[
        Field::both("name", Holds::Text),
        Field::both("slug", Holds::Text),
        Field::both("createdAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    search: &["name", "slug"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "projects p",
    id: "p.id",
    columns: &[
        column("name", "p.name").folded("p.name_fold"),
        column("slug", "p.slug"),
        column("createdAt", "p.created_at"),
        column("updatedAt", "p.updated_at"),
    ],
    search: &["p.name_fold", "p.slug"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&PROJECTS, &TABLE)];

/// Projects that a collaborator was added to, or has an app in.
const GIVEN: &str = "(EXISTS (SELECT 1 FROM project_members pm WHERE pm.project_id = p.id AND pm.user_id = ?)
    OR EXISTS (SELECT 1 FROM app_members am JOIN apps a ON a.id = am.app_id WHERE am.project_id = p.id AND am.user_id = ? AND a.deleted_at IS NULL))";

fn project(row: &mut Row) -> Result<Project> {
    let table = "projects";
    Ok(Project {
        id: row.take(table, "id")?,
        org: row.take(table, "organization_id")?,
        name: row.take(table, "name")?,
        slug: row.take(table, "slug")?,
        description: row.take(table, "description")?,
        logo_url: row.take(table, "logo_url")?,
        default_locale: row.take(table, "default_locale")?,
        locales: sql::json(&row.take::<String>(table, "locales")?, table, "locales")?,
        unknown_blocks: row.take(table, "unknown_blocks")?,
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
        apps: Vec::new(),
    })
}

/// The project, with those of its apps that the caller may see.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<Project> {
    let mut found = get_without_apps(tx, at)?;
    let (id, user) = (at.project().into(), at.actor().id.into());
    let rows = if at.role() >= Role::Viewer { tx.rows(&APPS, &[id])? } else { tx.rows(&APPS_GIVEN, &[id, user])? };
    found.apps = apps(rows)?;
    Ok(found)
}

/// The project without its apps.
pub fn get_without_apps(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<Project> {
    let known = tx.cache().and_then(|(cache, epoch)| cache.project(epoch, at.project()));
    if let Some(known) = known.filter(|known| known.org == at.org()) {
        return Ok(Project::clone(&known));
    }
    let mut row = tx.one(&GET, &[at.project().into(), at.org().into()])?.ok_or(Error::NotFound("project"))?;
    let found = project(&mut row)?;
    if let Some((cache, epoch)) = tx.cache() {
        cache.keep_project(epoch, &found);
    }
    Ok(found)
}

fn apps(rows: Vec<Row>) -> Result<Vec<AppLite>> {
    let app = |mut row: Row| {
        Ok(AppLite {
            id: row.take("apps", "id")?,
            app_type: row.take("apps", "app_type")?,
            name: row.take("apps", "name")?,
            slug: row.take("apps", "slug")?,
        })
    };
    rows.into_iter().map(app).collect()
}

/// Whether all of these are projects of the organization; for a key that is limited to some.
pub fn all_in_org(tx: &mut Tx<'_>, at: &Granted<InOrg>, ids: &[ProjectId]) -> Result<bool> {
    for id in ids {
        if tx.one(&IN_ORG, &[(*id).into(), at.org().into()])?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The names of these projects of the organization, by id; for keys that are limited to them.
pub fn names(tx: &mut Tx<'_>, at: &Granted<InOrg>, ids: impl Iterator<Item = ProjectId>) -> Result<HashMap<ProjectId, String>> {
    let mut values: Vec<Value> = vec![at.org().into()];
    values.extend(ids.collect::<BTreeSet<_>>().into_iter().map(Value::from));
    if values.len() == 1 {
        return Ok(HashMap::new());
    }
    let rows = sql::among(tx, ("SELECT id, name FROM projects WHERE organization_id = ? AND deleted_at IS NULL AND id IN (?*)", &values))?;
    rows.into_iter().map(|mut row| Ok((row.take("projects", "id")?, row.take("projects", "name")?))).collect()
}

/// The projects of the organization that the caller may see.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InOrg>, listing: &Listing) -> Result<Page<Project>> {
    let org = [at.org().into()];
    let user = [at.actor().id.into(), at.actor().id.into()];
    let mut scope: Vec<sql::Condition<'_>> = vec![("p.organization_id = ?", &org), ("p.deleted_at IS NULL", &[])];
    if at.role().implied_in_projects().is_none() {
        scope.push((GIVEN, &user));
    }
    let chosen: Vec<Value> =
        at.actor().key().and_then(|key| key.projects.clone()).unwrap_or_default().into_iter().map(Value::from).collect();
    if at.actor().key().is_some_and(|key| key.projects.is_some()) {
        scope.push(("p.id IN (?*)", &chosen));
    }
    let mut page = sql::list(tx, &TABLE, &scope, listing, None)?.try_map(|mut row| project(&mut row))?;
    if !listing.lite {
        for found in &mut page.items {
            let (id, user): (Value, Value) = (found.id.into(), at.actor().id.into());
            found.apps = if at.role() >= Role::Viewer { apps(tx.rows(&APPS, &[id])?)? } else { apps(tx.rows(&APPS_GIVEN, &[id, user])?)? };
        }
    }
    Ok(page)
}

/// Stores a new project.
///
/// # Errors
/// A conflict on `slug`.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InOrg>, project: &Project) -> Result<()> {
    let args = [
        project.id.into(),
        at.org().into(),
        project.name.as_str().into(),
        text::fold(&project.name).into(),
        project.slug.as_str().into(),
        project.description.clone().into(),
        project.default_locale.as_str().into(),
        locales(project)?,
        project.created_at.into(),
    ];
    tx.run(&INSERT, &args).map_err(|error| error.on_slug(&project.slug, " in this organization"))?;
    Ok(())
}

/// Stores a changed project.
///
/// # Errors
/// A conflict on `slug`.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InProject>, project: &Project) -> Result<()> {
    let now = tx.now();
    let args = [
        at.project().into(),
        at.org().into(),
        project.name.as_str().into(),
        text::fold(&project.name).into(),
        project.slug.as_str().into(),
        project.description.clone().into(),
        project.logo_url.clone().into(),
        project.default_locale.as_str().into(),
        locales(project)?,
        now.into(),
        project.unknown_blocks.into(),
    ];
    match tx.run(&UPDATE, &args).map_err(|error| error.on_slug(&project.slug, " in this organization"))? {
        1 => Ok(()),
        _ => Err(Error::NotFound("project")),
    }
}

/// Deletes the project: from now on nobody finds it or anything in it.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<()> {
    let now = tx.now();
    tx.run_one(&DELETE, &[at.project().into(), at.org().into(), now.into()], "project")
}

/// The languages of a project as they are stored.
pub(super) fn locales(project: &Project) -> Result<Value> {
    serde_json::to_string(&project.locales).map(Value::Text).map_err(|error| Error::Internal(error.to_string()))
}
