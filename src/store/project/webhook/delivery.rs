//! Messages of webhooks: each is a row of the transaction that causes it, and what became of it stays for a while.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp, InProject},
        id::{DeliveryId, SubmissionId, WebhookId},
        listing::Listing,
        page::Page,
        project::webhook::{
            Webhook,
            delivery::{CLAIM, Delivery, Miss, State},
            event::Event,
        },
        spec::{Field, Holds, Order, Spec},
        time::Instant,
    },
    store::{
        Tx,
        error::StoreError,
        row::Row,
        sql::{self, Table, column},
    },
};

macro_rules! columns {
    () => {
        "d.id, d.webhook_id, d.event, d.body, d.state, d.attempts, d.due_at, d.status, d.miss, d.took, d.reply, d.tried_at, d.ended_at, d.created_at"
    };
}

statements! {
    GET = concat!("SELECT ", columns!(), " FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
                  WHERE d.id = $1 AND d.webhook_id = $2 AND w.project_id = $3");
    FIRST_DUE = concat!("SELECT ", columns!(), " FROM webhook_deliveries d WHERE d.webhook_id = $1 AND d.due_at <= $2 ORDER BY d.due_at, d.id LIMIT 1");
    INSERT = "INSERT INTO webhook_deliveries (id, webhook_id, event, body, state, attempts, due_at, created_at, submission_id)
              VALUES ($1, $2, $3, $4, $5, 0, $6, $6, $7)";
    BRING = "UPDATE webhooks SET due_at = $2 WHERE id = $1 AND (due_at IS NULL OR due_at > $2)";
    CLAIM_ONE = "UPDATE webhook_deliveries SET attempts = $3 + 1, due_at = $4 WHERE id = $1 AND due_at <= $2 AND attempts = $3";
    SETTLE = "UPDATE webhook_deliveries SET state = $2, due_at = $3, status = $4, miss = $5, took = $6, reply = $7, tried_at = $8, ended_at = $9
              WHERE id = $1 AND state = 'queued'";
    AGAIN = "UPDATE webhook_deliveries SET state = $2, attempts = 0, due_at = $3, status = NULL, miss = NULL, took = NULL,
             reply = NULL, tried_at = NULL, ended_at = NULL WHERE id = $1";
    REFRESH = "UPDATE webhooks SET due_at = (SELECT MIN(d.due_at) FROM webhook_deliveries d WHERE d.webhook_id = $1) WHERE id = $1";
    GIVE_UP = "UPDATE webhook_deliveries SET state = $2, due_at = NULL, miss = $3, ended_at = $4 WHERE webhook_id = $1 AND due_at IS NOT NULL";
    WAITING = "SELECT MIN(w.failing_since) FROM webhooks w WHERE w.due_at IS NOT NULL AND w.failing_since IS NOT NULL";
    DELETE = "DELETE FROM webhook_deliveries WHERE webhook_id = $1";
    ANY_OF = "SELECT 1 FROM webhook_deliveries WHERE webhook_id = $1 AND event = $2 LIMIT 1";
    OLD = "SELECT 1 FROM webhook_deliveries WHERE ended_at <= $1 LIMIT 1";
    FORGET = "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE ended_at <= $1 ORDER BY ended_at LIMIT 500)";
}

/// `list_webhook_deliveries`.
pub const DELIVERIES: Spec = Spec {
    fields: &[
        Field::filter("event", Holds::Text),
        Field::filter("state", Holds::Word(State::WORDS)),
        Field::both("createdAt", Holds::Instant),
    ],
    search: &[],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "webhook_deliveries d",
    id: "d.id",
    columns: &[column("event", "d.event"), column("state", "d.state"), column("createdAt", "d.created_at")],
    search: &[],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&DELIVERIES, &TABLE)];

const NAME: &str = "webhook_deliveries";

fn delivery(row: &mut Row) -> std::result::Result<Delivery, StoreError> {
    Ok(Delivery {
        id: row.take(NAME, "id")?,
        webhook: row.take(NAME, "webhook_id")?,
        event: row.take(NAME, "event")?,
        body: row.take(NAME, "body")?,
        state: row.take(NAME, "state")?,
        attempts: row.take(NAME, "attempts")?,
        due_at: row.take(NAME, "due_at")?,
        status: row.take(NAME, "status")?,
        miss: row.take(NAME, "miss")?,
        took: row.take(NAME, "took")?,
        reply: row.take(NAME, "reply")?,
        tried_at: row.take(NAME, "tried_at")?,
        ended_at: row.take(NAME, "ended_at")?,
        created_at: row.take(NAME, "created_at")?,
    })
}

/// A message of a webhook of the project.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InProject>, webhook: WebhookId, id: DeliveryId) -> Result<Delivery> {
    let mut row = tx.one(&GET, &[id.into(), webhook.into(), at.project().into()])?.ok_or(Error::NotFound("delivery"))?;
    Ok(delivery(&mut row)?)
}

/// The messages of a webhook that was found through the caller.
pub fn list(tx: &mut Tx<'_>, _: &Granted<InProject>, of: &Webhook, listing: &Listing) -> Result<Page<Delivery>> {
    sql::read(tx, &TABLE, &[("d.webhook_id = ?", &[of.id.into()])], listing, delivery)
}

/// Whether a webhook that was found through the caller was told such a thing, as far as that is known still.
pub fn any_of(tx: &mut Tx<'_>, _: &Granted<InProject>, of: &Webhook, event: Event) -> Result<bool> {
    Ok(tx.one(&ANY_OF, &[of.id.into(), event.word().into()])?.is_some())
}

/// Queues one that has ended once more. `found` was found through the caller.
pub fn queue_again(tx: &mut Tx<'_>, _: &Granted<InProject>, found: &Delivery) -> Result<()> {
    let now = tx.now();
    tx.run_one(&AGAIN, &[found.id.into(), State::Queued.into(), now.into()], "delivery")?;
    bring(tx, found.webhook)
}

/// Forgets the messages of a webhook that was found through the caller.
pub fn delete_of(tx: &mut Tx<'_>, _: &Granted<InProject>, of: &Webhook) -> Result<()> {
    tx.run(&DELETE, &[of.id.into()])?;
    Ok(())
}

/// The webhook has something that is due now.
fn bring(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<()> {
    let now = tx.now();
    tx.run(&BRING, &[webhook.into(), now.into()])?;
    tx.wake_webhooks();
    Ok(())
}

/// Queues a message.
pub fn unguarded_queue(tx: &mut Tx<'_>, webhook: WebhookId, event: &str, body: &str) -> Result<DeliveryId> {
    queue(tx, webhook, (event, body), None)
}

/// The same for one that tells what a visitor has sent: it goes with that.
pub fn queue_of(
    tx: &mut Tx<'_>,
    _: &Granted<InApp>,
    webhook: WebhookId,
    (event, body): (&str, &str),
    sent: SubmissionId,
) -> Result<DeliveryId> {
    queue(tx, webhook, (event, body), Some(sent))
}

fn queue(tx: &mut Tx<'_>, webhook: WebhookId, (event, body): (&str, &str), sent: Option<SubmissionId>) -> Result<DeliveryId> {
    let (id, now) = (DeliveryId::new(tx.now(), tx.entropy()), tx.now());
    let args = [id.into(), webhook.into(), event.into(), body.into(), State::Queued.into(), now.into(), sent.into()];
    tx.run(&INSERT, &args)?;
    bring(tx, webhook)?;
    Ok(id)
}

/// Takes the message of a webhook that is due for the longest in hand: from here on, for as long as a try takes, nobody else does. It tells how often
/// it was tried with this try.
pub fn unguarded_claim(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<Option<Delivery>> {
    let now = tx.now();
    let found = tx.one(&FIRST_DUE, &[webhook.into(), now.into()])?.map(|mut row| delivery(&mut row)).transpose()?;
    let Some(found) = found else {
        unguarded_refresh(tx, webhook)?;
        return Ok(None);
    };
    let args = [found.id.into(), now.into(), i64::from(found.attempts).into(), (now + CLAIM).into()];
    let is_mine = tx.run(&CLAIM_ONE, &args)? == 1;
    unguarded_refresh(tx, webhook)?;
    Ok(is_mine.then(|| Delivery { attempts: found.attempts + 1, ..found }))
}

/// Stores what became of a try. One that was given up meanwhile stays so.
pub fn unguarded_settle(tx: &mut Tx<'_>, settled: &Delivery) -> Result<()> {
    let args = [
        settled.id.into(),
        settled.state.into(),
        settled.due_at.into(),
        settled.status.into(),
        settled.miss.into(),
        settled.took.into(),
        settled.reply.clone().into(),
        settled.tried_at.into(),
        settled.ended_at.into(),
    ];
    tx.run(&SETTLE, &args)?;
    unguarded_refresh(tx, settled.webhook)
}

/// The webhook is due when the first of what waits is.
pub fn unguarded_refresh(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<()> {
    tx.run(&REFRESH, &[webhook.into()])?;
    Ok(())
}

/// Gives up what waits for a webhook that was switched off.
pub fn unguarded_give_up(tx: &mut Tx<'_>, webhook: WebhookId) -> Result<()> {
    let now = tx.now();
    tx.run(&GIVE_UP, &[webhook.into(), State::Failed.into(), Miss::Off.into(), now.into()])?;
    unguarded_refresh(tx, webhook)
}

/// Since when the first fails for which something waits.
pub fn unguarded_waiting(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    Ok(tx.one(&WAITING, &[])?.map(|mut row| row.take::<Option<Instant>>(NAME, "failing_since")).transpose()?.flatten())
}

/// Whether one has ended before `since`.
pub fn unguarded_old(tx: &mut Tx<'_>, since: Instant) -> Result<bool> {
    Ok(tx.one(&OLD, &[since.into()])?.is_some())
}

/// Drops some of those that have; how many.
pub fn unguarded_forget(tx: &mut Tx<'_>, since: Instant) -> Result<usize> {
    Ok(tx.run(&FORGET, &[since.into()])?)
}
