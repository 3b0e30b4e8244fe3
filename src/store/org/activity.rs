//! The audit trail. A line is written by the operation it tells of, in the same transaction.

use std::time::Duration;

use crate::{
    domain::{
        Result,
        access::{ActorKind, Granted, InInstance, InOrg, InProject, Own, Scope},
        id::{ActivityId, AppId, OrgId, ProjectId, UserId},
        key::key::ApiKey,
        listing::Listing,
        org::activity::{Activity, Note, SERVER},
        page::Page,
        project::webhook::event::{Deed, Event},
        spec::{Field, Holds, Order, Spec},
        text,
        time::Instant,
    },
    store::{
        Tx,
        engine::Sql,
        error::StoreError,
        project::webhook::tell,
        row::{Row, Value},
        sql::{self, Table, column},
    },
};

macro_rules! columns {
    () => {
        "a.id, a.actor_id, a.actor_type, a.actor_name, a.actor_email, a.action, a.resource_type, a.resource_id, a.resource_name,
         a.organization_id, o.name, (SELECT p.name FROM projects p WHERE p.id = a.project_id), (SELECT p.slug FROM projects p WHERE p.id = a.project_id AND p.deleted_at IS NULL),
         a.metadata, a.created_at"
    };
}

macro_rules! from {
    () => {
        "activities a LEFT JOIN organizations o ON o.id = a.organization_id"
    };
}

statements! {
    INSERT = "INSERT INTO activities (id, organization_id, project_id, actor_id, actor_type, actor_name, actor_email, action,
              resource_type, resource_id, resource_name, metadata, created_at, search_fold, actor_fold)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    NEWEST_OF_PROJECT = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE a.project_id = $1 AND a.organization_id = $2
              ORDER BY a.created_at DESC, a.id DESC LIMIT $3");
    NEWEST_OF_INSTANCE = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE a.organization_id IS NULL AND a.resource_type = $1
              ORDER BY a.created_at DESC, a.id DESC LIMIT $2");
    NEWEST_OF_KEY = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE a.resource_id = $1 AND a.organization_id = $2
              AND a.resource_type IN ('apiKey', 'serviceAccount') ORDER BY a.created_at DESC, a.id DESC LIMIT $3");
    NEWEST_OF_ACCOUNT = concat!("SELECT ", columns!(), " FROM ", from!(), " WHERE a.organization_id = $2
              AND a.resource_type IN ('apiKey', 'serviceAccount')
              AND a.resource_id IN (SELECT k.id FROM api_keys k WHERE k.owner_id = $1 UNION ALL SELECT s.id FROM users s WHERE s.id = $1)
              ORDER BY a.created_at DESC, a.id DESC LIMIT $3");
    OLD_OF = "SELECT o.id FROM organizations o WHERE EXISTS (SELECT 1 FROM activities a WHERE a.organization_id = o.id AND a.created_at <= $1)
              ORDER BY o.id LIMIT 1";
    OLD = "SELECT id, actor_id FROM activities WHERE organization_id = $1 AND created_at <= $2 ORDER BY created_at, id LIMIT 500";
    OLD_OF_NONE = "SELECT id FROM activities WHERE organization_id IS NULL AND created_at <= $1 ORDER BY created_at, id LIMIT 500";
    FORGET = "DELETE FROM activities WHERE id = $1";
}

/// The noun of what is done to the instance itself.
pub const OF_INSTANCE: &str = "instance";

/// `list_my_activities` and `list_organization_member_activities`.
pub const ACTIVITIES: Spec = Spec {
    fields: &[Field::both("action", Holds::Text), Field::both("resourceType", Holds::Text), Field::sort("createdAt", Holds::Instant)],
    search: &["action", "resourceName"],
    order: Order::NEWEST,
};

/// The trail of an organization, as the console lists and exports it.
pub const OF_ORG: Spec = Spec {
    fields: &[
        Field::both("action", Holds::Text),
        Field::both("resourceType", Holds::Text),
        Field::filter("actor", Holds::Text),
        Field::sort("createdAt", Holds::Instant),
    ],
    search: &["action", "resourceName"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: from!(),
    id: "a.id",
    columns: &[
        column("action", "a.action"),
        column("resourceType", "a.resource_type"),
        column("actor", "(COALESCE(a.actor_name, '') || ' ' || COALESCE(a.actor_email, ''))").folded("a.actor_fold"),
        column("createdAt", "a.created_at"),
    ],
    search: &["a.search_fold"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&ACTIVITIES, &TABLE), (&OF_ORG, &TABLE)];

fn activity(row: &mut Row) -> std::result::Result<Activity, StoreError> {
    let table = "activities";
    Ok(Activity {
        id: row.take(table, "id")?,
        actor_id: row.take(table, "actor_id")?,
        actor_type: row.take(table, "actor_type")?,
        actor_name: row.take(table, "actor_name")?,
        actor_email: row.take(table, "actor_email")?,
        action: row.take(table, "action")?,
        resource_type: row.take(table, "resource_type")?,
        resource_id: row.take(table, "resource_id")?,
        resource_name: row.take(table, "resource_name")?,
        org: row.take(table, "organization_id")?,
        organization_name: row.take("organizations", "name")?,
        project_name: row.take("projects", "name")?,
        project_slug: row.take("projects", "slug")?,
        metadata: row.take(table, "metadata")?,
        created_at: row.take(table, "created_at")?,
    })
}

impl Tx<'_> {
    /// Writes a line of the audit trail for what is being done under `at`.
    pub fn note<S: Scope>(&mut self, at: &Granted<S>, note: Note) -> Result<()> {
        let actor = at.actor();
        let who = (actor.user(), actor.kind, actor.name.as_str(), actor.email.as_str());
        let note = note.by_tool(self.by_tool.as_ref());
        let place = ActivityScope { org: at.scope().org_id(), project: at.scope().project_id(), app: at.scope().app_id() };
        insert(self, who, place, note)
    }

    /// The same for what happens within an organization but comes from outside, such as an accepted invitation.
    pub fn unguarded_note(&mut self, who: (UserId, &str, &str), at: (OrgId, Option<ProjectId>), note: Note) -> Result<()> {
        insert(self, (Some(who.0), ActorKind::User, who.1, who.2), ActivityScope { org: Some(at.0), project: at.1, app: None }, note)
    }

    /// The same for what the server does by itself.
    pub fn unguarded_note_system(&mut self, org: OrgId, project: Option<ProjectId>, note: Note) -> Result<()> {
        insert(self, (None, ActorKind::System, SERVER, ""), ActivityScope { org: Some(org), project, app: None }, note)
    }
}

/// Where a line belongs.
struct ActivityScope {
    org: Option<OrgId>,
    project: Option<ProjectId>,
    app: Option<AppId>,
}

fn insert(tx: &mut Tx<'_>, who: (Option<UserId>, ActorKind, &str, &str), place: ActivityScope, note: Note) -> Result<()> {
    tell(tx, (who.1, who.0), &place, &note)?;
    let id = ActivityId::new(tx.now(), tx.entropy());
    // What one operation does is told in the order in which it did it.
    let now = tx.now() + Duration::from_micros(u64::from(tx.noted));
    tx.noted += 1;
    let metadata = (!note.metadata.is_empty()).then(|| serde_json::Value::Object(note.metadata).to_string());
    let named = note.resource_name.as_deref().unwrap_or_default();
    let (search, actor) = (text::fold(&format!("{} {named}", note.action)), text::fold(&format!("{} {}", who.2, who.3)));
    let args = [
        id.into(),
        place.org.into(),
        place.project.into(),
        who.0.into(),
        who.1.into(),
        who.2.into(),
        Some(who.3).filter(|email| !email.is_empty()).map(str::to_owned).into(),
        note.action.into(),
        note.resource_type.into(),
        note.resource_id.into(),
        note.resource_name.into(),
        metadata.into(),
        now.into(),
        search.into(),
        actor.into(),
    ];
    tx.run(&INSERT, &args)?;
    if let Some((org, user)) = place.org.zip(who.0) {
        tx.count(org, &total_of(user), 1);
    }
    Ok(())
}

/// What webhooks hear of a line.
fn tell(tx: &mut Tx<'_>, by: (ActorKind, Option<UserId>), place: &ActivityScope, note: &Note) -> Result<()> {
    let (Some(event), Some(org)) = (Event::of_action(note.action), place.org) else { return Ok(()) };
    let deed = Deed { note, by, app: place.app, at: tx.now(), beyond: place.project.is_none() };
    tell::unguarded_tell(tx, (org, place.project), event, &deed)
}

/// The name of the total of one user's lines in an organization.
fn total_of(user: UserId) -> String {
    format!("activities/{user}")
}

/// Whether there are lines of this moment or before.
pub fn unguarded_any_old(tx: &mut Tx<'_>, until: Instant) -> Result<bool> {
    Ok(tx.one(&OLD_OF, &[until.into()])?.is_some() || tx.one(&OLD_OF_NONE, &[until.into()])?.is_some())
}

/// Drops some of them, with what they add to totals; how many.
pub fn unguarded_forget(tx: &mut Tx<'_>, until: Instant) -> Result<usize> {
    let org = tx.one(&OLD_OF, &[until.into()])?.map(|mut row| row.take::<OrgId>("organizations", "id")).transpose()?;
    let rows = match org {
        Some(org) => tx.rows(&OLD, &[org.into(), until.into()])?,
        None => tx.rows(&OLD_OF_NONE, &[until.into()])?,
    };
    let gone = rows.len();
    for mut row in rows {
        let id: ActivityId = row.take("activities", "id")?;
        tx.run_one(&FORGET, &[id.into()], "activity")?;
        if let Some(org) = org
            && let Some(user) = row.take::<Option<UserId>>("activities", "actor_id")?
        {
            tx.count(org, &total_of(user), -1);
        }
    }
    Ok(gone)
}

/// What the caller did; for a key, in its own organization only, and in its projects where it is limited to some.
pub fn list_own(tx: &mut Tx<'_>, at: &Granted<Own>, listing: &Listing) -> Result<Page<Activity>> {
    match at.actor().key() {
        Some(key) if key.projects.is_some() => {
            let whose = [at.actor().id.into(), key.org.into()];
            let chosen: Vec<Value> = key.projects.iter().flatten().copied().map(Value::from).collect();
            let scope = [("a.actor_id = ? AND a.organization_id = ?", &whose[..]), ("a.project_id IN (?*)", &chosen[..])];
            sql::read(tx, &TABLE, &scope, listing, activity)
        }
        Some(key) => list_of(tx, at.actor().id, key.org, listing),
        None => {
            let user = [at.actor().id.into()];
            sql::read(tx, &TABLE, &[("a.actor_id = ?", &user)], listing, activity)
        }
    }
}

/// What happened in the project last, newest first, at most `most` lines.
pub fn newest_of_project(tx: &mut Tx<'_>, at: &Granted<InProject>, most: u32) -> Result<Vec<Activity>> {
    newest(tx, &NEWEST_OF_PROJECT, [at.project().into(), at.org().into(), most.into()])
}

/// What was done to the instance itself, newest first, at most `most` lines.
pub fn newest_of_instance(tx: &mut Tx<'_>, _: &Granted<InInstance>, most: u32) -> Result<Vec<Activity>> {
    newest(tx, &NEWEST_OF_INSTANCE, [OF_INSTANCE.into(), most.into()])
}

/// What was done to a key that was found through the caller, newest first, at most `most` lines.
pub fn of_key(tx: &mut Tx<'_>, key: &ApiKey, most: u32) -> Result<Vec<Activity>> {
    newest(tx, &NEWEST_OF_KEY, [key.id.into(), key.org.into(), most.into()])
}

/// What was done to a service account and to its keys, newest first, at most `most` lines.
pub fn of_account(tx: &mut Tx<'_>, at: &Granted<InOrg>, account: UserId, most: u32) -> Result<Vec<Activity>> {
    newest(tx, &NEWEST_OF_ACCOUNT, [account.into(), at.org().into(), most.into()])
}

/// The lines that a statement finds for whom or what, the organization, and how many.
fn newest<const N: usize>(tx: &mut Tx<'_>, statement: &Sql, args: [Value; N]) -> Result<Vec<Activity>> {
    let rows = tx.rows(statement, &args)?;
    Ok(rows.into_iter().map(|mut row| activity(&mut row)).collect::<std::result::Result<_, _>>()?)
}

/// What one member did in the organization.
pub fn list_of_member(tx: &mut Tx<'_>, at: &Granted<InOrg>, user: UserId, listing: &Listing) -> Result<Page<Activity>> {
    list_of(tx, user, at.org(), listing)
}

/// What happened in the organization from `since` until just before `until`. Where the `total` is known it is not counted again.
pub fn list_of_org(
    tx: &mut Tx<'_>,
    at: &Granted<InOrg>,
    (since, until): (Instant, Instant),
    listing: &Listing,
    total: Option<u64>,
) -> Result<Page<Activity>> {
    let args = [at.org().into(), since.into(), until.into()];
    let scope = [("a.organization_id = ? AND a.created_at >= ? AND a.created_at < ?", &args[..])];
    Ok(sql::page_with_total(tx, &TABLE, &scope, listing, total)?.try_map(|mut row| activity(&mut row))?)
}

fn list_of(tx: &mut Tx<'_>, user: UserId, org: OrgId, listing: &Listing) -> Result<Page<Activity>> {
    let args = [user.into(), org.into()];
    let total = tx.total(org, &total_of(user))?;
    let scope = [("a.actor_id = ? AND a.organization_id = ?", &args[..])];
    Ok(sql::list(tx, &TABLE, &scope, listing, Some(total))?.try_map(|mut row| activity(&mut row))?)
}
