//! Domains of projects: who wants which name, and who has it.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp, InProject, Scope},
        error::Fault,
        id::{AppId, DomainId, ProjectId},
        listing::Listing,
        page::Page,
        project::{
            app::AppType,
            domain::{Domain, Leads, Status},
        },
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

macro_rules! columns {
    () => {
        "d.id, d.organization_id, d.project_id, d.app_id, a.app_type, a.name, a.slug, d.hostname, d.is_primary, d.status, d.wrong, d.by_operator,
         d.verified_at, d.missing_since, d.next_check_at, d.created_at, d.updated_at"
    };
}

macro_rules! from {
    () => {
        "domains d LEFT JOIN apps a ON a.id = d.app_id"
    };
}

/// Where a domain is served: its project and organization are there.
macro_rules! living {
    () => {
        " JOIN projects p ON p.id = d.project_id JOIN organizations o ON o.id = d.organization_id
          WHERE p.deleted_at IS NULL AND o.deleted_at IS NULL"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE d.id = $1 AND d.project_id = $2");
    GET_ANY = concat!("SELECT ", columns!(), " FROM ", from!(), living!(), " AND d.id = $1");
    NAMED = concat!("SELECT ", columns!(), " FROM ", from!(), living!(), " AND d.hostname = $1 ORDER BY d.created_at, d.id");
    COUNT = "SELECT COUNT(*) FROM domains WHERE project_id = $1";
    SERVED = concat!("SELECT d.hostname, d.project_id FROM domains d", living!(), " AND d.verified_at IS NOT NULL");
    HOLDER = concat!("SELECT d.id FROM domains d", living!(), " AND d.hostname = $1 AND d.verified_at IS NOT NULL");
    RELEASE = "UPDATE domains SET verified_at = NULL, status = 'failed', wrong = 'taken' WHERE hostname = $1 AND verified_at IS NOT NULL AND id <> $2";
    DUE = concat!("SELECT d.next_check_at, d.id FROM domains d", living!(), " AND d.next_check_at <= $1
                  AND (d.next_check_at > $2 OR (d.next_check_at = $2 AND d.id > $3)) ORDER BY d.next_check_at, d.id LIMIT 100");
    NEXT = concat!("SELECT MIN(d.next_check_at) FROM domains d", living!(), " AND d.next_check_at > $1");
    INSERT = "INSERT INTO domains (id, organization_id, project_id, app_id, hostname, is_primary, status, wrong, by_operator, verified_at, missing_since,
              next_check_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    UPDATE = "UPDATE domains SET app_id = $3, is_primary = $4, updated_at = $5 WHERE id = $1 AND project_id = $2";
    SETTLE = "UPDATE domains SET status = $2, wrong = $3, by_operator = $4, verified_at = $5, missing_since = $6, next_check_at = $7 WHERE id = $1";
    STEP_BACK = "UPDATE domains SET is_primary = $4 WHERE project_id = $1 AND COALESCE(app_id, '') = $2 AND id <> $3";
    DELETE = "DELETE FROM domains WHERE id = $1 AND project_id = $2";
}

/// `list_project_domains`.
pub const DOMAINS: Spec = Spec {
    fields: &[
        Field::both("hostname", Holds::Text),
        Field::filter("appId", Holds::Id),
        Field::filter("appType", Holds::Word(AppType::WORDS)),
        Field::filter("isGenerated", Holds::Bool),
        Field::both("isPrimary", Holds::Bool),
        Field::filter("isVerified", Holds::Bool),
        Field::filter("verificationStatus", Holds::Word(Status::WORDS)),
        Field::both("createdAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    search: &["hostname"],
    order: Order { field: "isPrimary", descending: true },
};

/// `list_website_custom_domains`: of one site, so that its app is known.
pub const SITE_DOMAINS: Spec = Spec {
    fields: &[
        Field::both("isPrimary", Holds::Bool),
        Field::filter("isVerified", Holds::Bool),
        Field::filter("isGenerated", Holds::Bool),
        Field::both("createdAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    ..DOMAINS
};

const TABLE: Table = Table {
    select: columns!(),
    from: from!(),
    id: "d.id",
    columns: &[
        column("hostname", "d.hostname"),
        nullable("appId", "d.app_id"),
        nullable("appType", "a.app_type"),
        column("isGenerated", "(d.id IS NULL)"),
        column("isPrimary", "d.is_primary"),
        column("isVerified", "(d.verified_at IS NOT NULL)"),
        column("verificationStatus", "d.status"),
        column("createdAt", "d.created_at"),
        column("updatedAt", "d.updated_at"),
    ],
    search: &["d.hostname"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&DOMAINS, &TABLE), (&SITE_DOMAINS, &TABLE)];

fn domain(row: &mut Row) -> std::result::Result<Domain, StoreError> {
    let table = "domains";
    let (id, org, project) = (row.take(table, "id")?, row.take(table, "organization_id")?, row.take(table, "project_id")?);
    let app: Option<AppId> = row.take(table, "app_id")?;
    let (app_type, name, slug) = (row.take("apps", "app_type")?, row.take("apps", "name")?, row.take("apps", "slug")?);
    let facts = |(((id, app_type), name), slug)| Leads { id, app_type, name, slug };
    Ok(Domain {
        id,
        org,
        project,
        app: app.zip(app_type).zip(name).zip(slug).map(facts),
        hostname: row.take(table, "hostname")?,
        is_primary: row.take(table, "is_primary")?,
        status: row.take(table, "status")?,
        wrong: row.take(table, "wrong")?,
        by_operator: row.take(table, "by_operator")?,
        verified_at: row.take(table, "verified_at")?,
        missing_since: row.take(table, "missing_since")?,
        next_check_at: row.take(table, "next_check_at")?,
        created_at: row.take(table, "created_at")?,
        updated_at: row.take(table, "updated_at")?,
    })
}

/// A domain of the project, or of the one that an app is in.
pub fn get<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>, id: DomainId) -> Result<Domain> {
    let mut row = tx.one(&GET, &[id.into(), at.scope().project_id().into()])?.ok_or(Error::NotFound("domain"))?;
    Ok(domain(&mut row)?)
}

/// The domains of the project.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing) -> Result<Page<Domain>> {
    sql::read(tx, &TABLE, &[("d.project_id = ?", &[at.project().into()])], listing, domain)
}

/// Those that lead to an app.
pub fn list_of_app(tx: &mut Tx<'_>, at: &Granted<InApp>, listing: &Listing) -> Result<Page<Domain>> {
    let scope: [sql::Condition<'_>; 2] = [("d.project_id = ?", &[at.project().into()]), ("d.app_id = ?", &[at.app().into()])];
    sql::read(tx, &TABLE, &scope, listing, domain)
}

/// How many the project has.
pub fn count(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<usize> {
    let found = tx.one(&COUNT, &[at.project().into()])?.map(|mut row| row.take::<u64>("domains", "count")).transpose()?;
    Ok(usize::try_from(found.unwrap_or_default()).unwrap_or(usize::MAX))
}

/// Stores a new one.
///
/// # Errors
/// A conflict on `hostname`.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InProject>, made: &Domain) -> Result<()> {
    let args = [
        made.id.into(),
        at.org().into(),
        at.project().into(),
        made.app.as_ref().map(|app| app.id).into(),
        made.hostname.as_str().into(),
        made.is_primary.into(),
        made.status.into(),
        made.wrong.into(),
        made.by_operator.into(),
        made.verified_at.into(),
        made.missing_since.into(),
        made.next_check_at.into(),
        made.created_at.into(),
        made.updated_at.into(),
    ];
    match tx.run(&INSERT, &args) {
        Err(StoreError::Unique(_)) => Err(Error::Conflict(Fault::new("hostname", "taken", "This project has the name already."))),
        other => Ok(other.map(drop)?),
    }
}

/// Stores what people have changed of one. Where it is primary, the others of its app, or of the project, are not.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InProject>, changed: &Domain) -> Result<()> {
    let app = changed.app.as_ref().map(|app| app.id);
    if changed.is_primary {
        let of = Value::Text(app.map_or_else(String::new, |app| app.to_string()));
        tx.run(&STEP_BACK, &[at.project().into(), of, changed.id.into(), false.into()])?;
    }
    let args = [changed.id.into(), at.project().into(), app.into(), changed.is_primary.into(), changed.updated_at.into()];
    tx.run_one(&UPDATE, &args, "domain")
}

/// Deletes one.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InProject>, id: DomainId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into(), at.project().into()], "domain")
}

/// A domain whose project is there, for what happens by itself.
pub fn unguarded_get(tx: &mut Tx<'_>, id: DomainId) -> Result<Option<Domain>> {
    Ok(tx.one(&GET_ANY, &[id.into()])?.map(|mut row| domain(&mut row)).transpose()?)
}

/// Everybody who wants a name, for an operator.
pub fn unguarded_by_hostname(tx: &mut Tx<'_>, hostname: &str) -> Result<Vec<Domain>> {
    let rows = tx.rows(&NAMED, &[hostname.into()])?;
    Ok(rows.into_iter().map(|mut row| domain(&mut row)).collect::<std::result::Result<_, _>>()?)
}

/// Every name that is served, and the project that it leads to.
pub fn unguarded_served(tx: &mut Tx<'_>) -> Result<Vec<(String, ProjectId)>> {
    let rows = tx.rows(&SERVED, &[])?;
    Ok(rows
        .into_iter()
        .map(|mut row| Ok((row.take("domains", "hostname")?, row.take("domains", "project_id")?)))
        .collect::<std::result::Result<_, StoreError>>()?)
}

/// Whether another project has the name, and is there.
pub fn unguarded_is_held(tx: &mut Tx<'_>, wanted: &Domain) -> Result<bool> {
    let holder = tx.one(&HOLDER, &[wanted.hostname.as_str().into()])?.map(|mut row| row.take::<DomainId>("domains", "id")).transpose()?;
    Ok(holder.is_some_and(|holder| holder != wanted.id))
}

/// Stores what was found out of one. A project that was deleted holds no name that another one gets.
pub fn unguarded_settle(tx: &mut Tx<'_>, settled: &Domain) -> Result<()> {
    if settled.is_verified() {
        tx.run(&RELEASE, &[settled.hostname.as_str().into(), settled.id.into()])?;
    }
    let args = [
        settled.id.into(),
        settled.status.into(),
        settled.wrong.into(),
        settled.by_operator.into(),
        settled.verified_at.into(),
        settled.missing_since.into(),
        settled.next_check_at.into(),
    ];
    tx.run_one(&SETTLE, &args, "domain")
}

/// Domains whose record is to be looked for, at most 100, those behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, DomainId)>) -> Result<Vec<(Instant, DomainId)>> {
    let (at, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(at, id)| (at, id.to_string()));
    let rows = tx.rows(&DUE, &[now.into(), at.into(), id.into()])?;
    rows.into_iter().map(|mut row| Ok((row.take("domains", "next_check_at")?, row.take("domains", "id")?))).collect()
}

/// When the next is, after a moment.
pub fn unguarded_next_due(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT, &[after.into()])?.map(|mut row| row.take::<Option<Instant>>("domains", "next_check_at")).transpose()?.flatten())
}
