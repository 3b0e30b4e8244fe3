//! Webhooks of projects: where they lead, what they hear, and which of them have something that waits.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InProject},
        id::WebhookId,
        listing::Listing,
        page::Page,
        project::webhook::{Webhook, event::Event},
        spec::{Field, Holds, Order, Spec},
        time::Instant,
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
        "w.id, w.organization_id, w.project_id, w.url, w.description, w.events, w.is_active, w.switched_off, w.generation, w.rotated_at,
         w.failing_since, w.failed_at, w.created_at, w.updated_at"
    };
}

/// Where webhooks are told something: their project and organization are there.
macro_rules! living {
    () => {
        " FROM webhooks w JOIN projects p ON p.id = w.project_id JOIN organizations o ON o.id = w.organization_id
          WHERE p.deleted_at IS NULL AND o.deleted_at IS NULL"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM webhooks w WHERE w.id = $1 AND w.project_id = $2");
    GET_ANY = concat!("SELECT ", columns!(), living!(), " AND w.id = $1");
    COUNT = "SELECT COUNT(*) FROM webhooks WHERE project_id = $1";
    DUE = concat!("SELECT w.due_at, w.id", living!(), " AND w.due_at <= $1
                  AND (w.due_at > $2 OR (w.due_at = $2 AND w.id > $3)) ORDER BY w.due_at, w.id LIMIT 100");
    NEXT = concat!("SELECT MIN(w.due_at)", living!(), " AND w.due_at > $1");
    INSERT = "INSERT INTO webhooks (id, organization_id, project_id, url, description, events, is_active, switched_off, generation, rotated_at,
              failing_since, failed_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    UPDATE = "UPDATE webhooks SET url = $3, description = $4, events = $5, is_active = $6, switched_off = $7, generation = $8, rotated_at = $9,
              failing_since = $10, failed_at = $11, updated_at = $12 WHERE id = $1 AND project_id = $2";
    SETTLE = "UPDATE webhooks SET is_active = $2, switched_off = $3, failing_since = $4, failed_at = $5 WHERE id = $1";
    DELETE = "DELETE FROM webhooks WHERE id = $1 AND project_id = $2";
}

/// `list_project_webhooks`.
pub const WEBHOOKS: Spec = Spec {
    fields: &[
        Field::both("url", Holds::Text),
        Field::both("active", Holds::Bool),
        Field::both("createdAt", Holds::Instant),
        Field::both("updatedAt", Holds::Instant),
    ],
    search: &["url", "description"],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "webhooks w",
    id: "w.id",
    columns: &[
        column("url", "w.url"),
        column("active", "w.is_active"),
        column("createdAt", "w.created_at"),
        column("updatedAt", "w.updated_at"),
    ],
    search: &["w.url", "w.description"],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&WEBHOOKS, &TABLE)];

pub(super) const NAME: &str = "webhooks";

fn webhook(row: &mut Row) -> std::result::Result<Webhook, StoreError> {
    Ok(Webhook {
        id: row.take(NAME, "id")?,
        org: row.take(NAME, "organization_id")?,
        project: row.take(NAME, "project_id")?,
        url: row.take(NAME, "url")?,
        description: row.take(NAME, "description")?,
        events: events(&row.take::<String>(NAME, "events")?),
        is_active: row.take(NAME, "is_active")?,
        off: row.take(NAME, "switched_off")?,
        generation: row.take(NAME, "generation")?,
        rotated_at: row.take(NAME, "rotated_at")?,
        failing_since: row.take(NAME, "failing_since")?,
        failed_at: row.take(NAME, "failed_at")?,
        created_at: row.take(NAME, "created_at")?,
        updated_at: row.take(NAME, "updated_at")?,
    })
}

/// Events as one column holds them: their words, parted by blanks. One that an older program does not know is told by that to nobody.
pub(super) fn events(text: &str) -> Vec<Event> {
    text.split_whitespace().filter_map(Event::from_word).collect()
}

fn words(events: &[Event]) -> Value {
    events.iter().map(|event| event.word()).collect::<Vec<_>>().join(" ").into()
}

/// A webhook of the project.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InProject>, id: WebhookId) -> Result<Webhook> {
    let mut row = tx.one(&GET, &[id.into(), at.project().into()])?.ok_or(Error::NotFound("webhook"))?;
    Ok(webhook(&mut row)?)
}

/// Those of the project.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InProject>, listing: &Listing) -> Result<Page<Webhook>> {
    sql::read(tx, &TABLE, &[("w.project_id = ?", &[at.project().into()])], listing, webhook)
}

/// How many the project has.
pub fn count(tx: &mut Tx<'_>, at: &Granted<InProject>) -> Result<usize> {
    let found = tx.one(&COUNT, &[at.project().into()])?.map(|mut row| row.take::<usize>(NAME, "count")).transpose()?;
    Ok(found.unwrap_or_default())
}

/// Stores a new one.
pub fn insert(tx: &mut Tx<'_>, at: &Granted<InProject>, made: &Webhook) -> Result<()> {
    let args = [
        made.id.into(),
        at.org().into(),
        at.project().into(),
        made.url.as_str().into(),
        made.description.as_str().into(),
        words(&made.events),
        made.is_active.into(),
        made.off.into(),
        made.generation.into(),
        made.rotated_at.into(),
        made.failing_since.into(),
        made.failed_at.into(),
        made.created_at.into(),
        made.updated_at.into(),
    ];
    tx.run(&INSERT, &args)?;
    Ok(())
}

/// Stores what has changed of one.
pub fn update(tx: &mut Tx<'_>, at: &Granted<InProject>, changed: &Webhook) -> Result<()> {
    let args = [
        changed.id.into(),
        at.project().into(),
        changed.url.as_str().into(),
        changed.description.as_str().into(),
        words(&changed.events),
        changed.is_active.into(),
        changed.off.into(),
        changed.generation.into(),
        changed.rotated_at.into(),
        changed.failing_since.into(),
        changed.failed_at.into(),
        changed.updated_at.into(),
    ];
    tx.run_one(&UPDATE, &args, "webhook")
}

/// Deletes one of which nothing is known any more.
pub fn delete(tx: &mut Tx<'_>, at: &Granted<InProject>, id: WebhookId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into(), at.project().into()], "webhook")
}

/// A webhook whose project is there, for what happens by itself.
pub fn unguarded_get(tx: &mut Tx<'_>, id: WebhookId) -> Result<Option<Webhook>> {
    Ok(tx.one(&GET_ANY, &[id.into()])?.map(|mut row| webhook(&mut row)).transpose()?)
}

/// Stores how its tries go.
pub fn unguarded_settle(tx: &mut Tx<'_>, settled: &Webhook) -> Result<()> {
    let args = [settled.id.into(), settled.is_active.into(), settled.off.into(), settled.failing_since.into(), settled.failed_at.into()];
    tx.run_one(&SETTLE, &args, "webhook")
}

/// Webhooks with something that is due, at most 100, those behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, WebhookId)>) -> Result<Vec<(Instant, WebhookId)>> {
    let (at, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(at, id)| (at, id.to_string()));
    let rows = tx.rows(&DUE, &[now.into(), at.into(), id.into()])?;
    rows.into_iter().map(|mut row| Ok((row.take(NAME, "due_at")?, row.take(NAME, "id")?))).collect()
}

/// When the next one has something that is due, after a moment.
pub fn unguarded_next_due(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT, &[after.into()])?.map(|mut row| row.take::<Option<Instant>>(NAME, "due_at")).transpose()?.flatten())
}
