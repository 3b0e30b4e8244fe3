//! The outbox: a delivery is a row of the transaction that causes it, and is sent after the commit. What became of it stays for a while,
//! without what it said.

use std::time::Duration;

use crate::domain::{
    Result,
    account::delivery::{ATTEMPTS, About, Channel, Delivery, DeliveryState, FailedDelivery, LINK_IS_OVER, Report, wait},
    id::{DeliveryId, UserId},
    time::Instant,
};

use crate::store::{
    Tx,
    engine::Session,
    error::StoreError,
    row::{Row, Value},
};

statements! {
    INSERT = "INSERT INTO deliveries (id, channel, state, recipient, title, payload, about_kind, about_id, about_until, submission_id, email_kind, attempts, due_at, created_at)
              VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $11)";
    DUE = "SELECT due_at, id FROM deliveries WHERE state = 'queued' AND channel = $1 AND due_at <= $2
           AND (due_at > $3 OR (due_at = $3 AND id > $4)) ORDER BY due_at, id LIMIT 20";
    DUE_ONE = "SELECT attempts FROM deliveries WHERE id = $1 AND state = 'queued' AND due_at <= $2";
    CLAIM = "UPDATE deliveries SET attempts = $3 + 1, due_at = $4 WHERE id = $1 AND state = 'queued' AND due_at <= $2 AND attempts = $3";
    ONE = "SELECT id, recipient, title, payload, about_kind, about_id, about_until, submission_id, email_kind FROM deliveries WHERE id = $1 AND state = 'queued'";
    NEXT = "SELECT MIN(due_at) FROM deliveries WHERE state = 'queued' AND channel = $1 AND due_at > $2";
    WAITING = "SELECT MIN(created_at) FROM deliveries WHERE state = 'queued' AND channel = $1 AND attempts > 0";
    AHEAD = "SELECT 1 FROM deliveries WHERE state = 'queued' AND channel = $1 AND attempts = $2 AND due_at > $3 LIMIT 1";
    HASTEN = "UPDATE deliveries SET due_at = $4 WHERE state = 'queued' AND channel = $1 AND attempts = $2 AND due_at > $3";
    NOTE_ERROR = "UPDATE deliveries SET last_error = $2 WHERE id = $1 AND state = 'queued'";
    END = "UPDATE deliveries SET state = $2, last_error = $3, ended_at = $4, payload = '{}', about_kind = NULL, about_id = NULL, about_until = NULL
           WHERE id = $1 AND state = 'queued'";
    OLD = "SELECT 1 FROM deliveries WHERE ended_at <= $1 LIMIT 1";
    FORGET = "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE ended_at <= $1 ORDER BY ended_at LIMIT 500)";
    OVER = "UPDATE deliveries SET state = 'failed', ended_at = $2, payload = '{}', about_kind = NULL, about_id = NULL, about_until = NULL
            WHERE id = $1 AND state = 'queued' AND last_error IS NOT NULL";
    ABOUT = "SELECT id FROM deliveries WHERE about_kind = $1 AND about_id = $2 AND state = 'queued' ORDER BY id";
    COUNT = "SELECT COUNT(*) FROM deliveries WHERE state = $1";
    FAILED = "SELECT channel, recipient, title, COALESCE(last_error, ''), ended_at FROM deliveries WHERE state = 'failed'
              ORDER BY ended_at DESC LIMIT 20";
}

const TABLE: &str = "deliveries";

/// Puts a delivery into the outbox.
pub fn unguarded_insert(
    tx: &mut Tx<'_>,
    channel: Channel,
    (recipient, title): (&str, &str),
    payload: &str,
    about: Option<About>,
) -> Result<DeliveryId> {
    let id = DeliveryId::new(tx.now(), tx.entropy());
    let now = tx.now();
    const NONE: Value = Value::Null;
    let about: [Value; 5] = match about {
        None => [NONE; 5],
        Some(About::Invitation(id)) => ["invitation".into(), id.into(), NONE, NONE, NONE],
        Some(About::Reset(user, until)) => ["reset".into(), user.into(), until.into(), NONE, NONE],
        // What it is about stays known when it has ended, for it may be sent again.
        Some(About::Submission(id, kind)) => [NONE, NONE, NONE, id.into(), kind.into()],
    };
    let delivery = [id.into(), channel.into(), recipient.into(), title.into(), payload.into()];
    tx.run(&INSERT, &[&delivery[..], &about[..], &[now.into()]].concat())?;
    match channel {
        Channel::Email => tx.wake_emails(),
    }
    Ok(id)
}

/// Deliveries whose time has come by `now`, at most 20, those behind one of them.
pub fn unguarded_due(
    tx: &mut Tx<'_>,
    channel: Channel,
    now: Instant,
    behind: Option<(Instant, DeliveryId)>,
) -> Result<Vec<(Instant, DeliveryId)>> {
    let (at, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(at, id)| (at, id.to_string()));
    let rows = tx.rows(&DUE, &[channel.into(), now.into(), at.into(), id.into()])?;
    rows.into_iter().map(|mut row| Ok((row.take(TABLE, "due_at")?, row.take(TABLE, "id")?))).collect()
}

/// Begins a try, if it is due still: the next one is due later, twice as late each time. Returns how many there were before.
pub fn unguarded_claim(tx: &mut Tx<'_>, id: DeliveryId) -> Result<Option<u32>> {
    let now = tx.now();
    let Some(mut row) = tx.one(&DUE_ONE, &[id.into(), now.into()])? else { return Ok(None) };
    let attempts: u32 = row.take(TABLE, "attempts")?;
    let args = [id.into(), now.into(), i64::from(attempts).into(), (now + wait(attempts + 1)).into()];
    Ok((tx.run(&CLAIM, &args)? == 1).then_some(attempts))
}

/// A delivery, if it still waits.
pub fn unguarded_one(tx: &mut Tx<'_>, id: DeliveryId) -> Result<Option<Delivery>> {
    let Some(mut row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    Ok(Some(Delivery {
        id: row.take(TABLE, "id")?,
        recipient: row.take(TABLE, "recipient")?,
        title: row.take(TABLE, "title")?,
        payload: row.take(TABLE, "payload")?,
        about: about(&mut row)?,
    }))
}

fn about(row: &mut Row) -> std::result::Result<Option<About>, StoreError> {
    let Some(kind) = row.take::<Option<String>>(TABLE, "about_kind")? else { return about_sent(row) };
    match kind.as_str() {
        "invitation" => Ok(Some(About::Invitation(row.take(TABLE, "about_id")?))),
        "reset" => Ok(Some(About::Reset(row.take(TABLE, "about_id")?, row.take(TABLE, "about_until")?))),
        _ => Err(StoreError::Shape(TABLE, "about_kind")),
    }
}

/// About something that a visitor has sent, if it is.
fn about_sent(row: &mut Row) -> std::result::Result<Option<About>, StoreError> {
    // Columns are taken in their order.
    let _: Option<String> = row.take(TABLE, "about_id")?;
    let _: Option<Instant> = row.take(TABLE, "about_until")?;
    let Some(id) = row.take(TABLE, "submission_id")? else { return Ok(None) };
    Ok(Some(About::Submission(id, row.take(TABLE, "email_kind")?)))
}

/// When the next delivery is due after a moment.
pub fn unguarded_next(tx: &mut Tx<'_>, channel: Channel, after: Instant) -> Result<Option<Instant>> {
    moment(tx.one(&NEXT, &[channel.into(), after.into()])?, "due_at")
}

/// Since when the oldest waits that was tried in vain.
pub fn unguarded_waiting(tx: &mut Tx<'_>, channel: Channel) -> Result<Option<Instant>> {
    moment(tx.one(&WAITING, &[channel.into()])?, "created_at")
}

fn moment(row: Option<Row>, column: &'static str) -> Result<Option<Instant>> {
    Ok(row.map(|mut row| row.take::<Option<Instant>>(TABLE, column)).transpose()?.flatten())
}

/// Notes why a try failed.
pub fn unguarded_note_error(tx: &mut Tx<'_>, id: DeliveryId, cause: &str) -> Result<()> {
    tx.run(&NOTE_ERROR, &[id.into(), cause.into()])?;
    Ok(())
}

/// It was sent. What it said is not kept. Where it waits no more, nothing is left to do.
pub fn unguarded_mark_sent(tx: &mut Tx<'_>, id: DeliveryId) -> Result<()> {
    let now = tx.now();
    tx.run(&END, &[id.into(), DeliveryState::Sent.into(), Value::Null, now.into()])?;
    Ok(())
}

/// It is given up, for this reason. What it said is not kept.
pub fn unguarded_failed(tx: &mut Tx<'_>, id: DeliveryId, reason: &str) -> Result<()> {
    let now = tx.now();
    tx.run(&END, &[id.into(), DeliveryState::Failed.into(), reason.into(), now.into()])?;
    Ok(())
}

/// Its link leads nowhere any more, so it is not sent. If it was tried in vain it has failed, for the reason of the last try.
pub fn unguarded_cancel(tx: &mut Tx<'_>, id: DeliveryId) -> Result<()> {
    let now = tx.now();
    if tx.run(&OVER, &[id.into(), now.into()])? == 0 {
        tx.run(&END, &[id.into(), DeliveryState::Cancelled.into(), LINK_IS_OVER.into(), now.into()])?;
    }
    Ok(())
}

/// What waits with a link for a new password of somebody is not sent any more.
pub fn unguarded_cancel_resets(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    for mut row in tx.rows(&ABOUT, &["reset".into(), user.into()])? {
        let id = row.take(TABLE, "id")?;
        unguarded_cancel(tx, id)?;
    }
    Ok(())
}

/// Until when a delivery that was begun so often may wait at this moment; a minute is let pass.
fn latest(channel: Channel, now: Instant, attempts: u32) -> [Value; 3] {
    [channel.into(), i64::from(attempts).into(), (now + wait(attempts) + Duration::from_secs(60)).into()]
}

/// Whether a delivery waits longer than any does: the clock was set back.
pub fn unguarded_any_ahead(tx: &mut Tx<'_>, channel: Channel, now: Instant) -> Result<bool> {
    for attempts in 0..=ATTEMPTS {
        if tx.one(&AHEAD, &latest(channel, now, attempts))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Such deliveries are due now.
pub fn unguarded_hasten(tx: &mut Tx<'_>, channel: Channel, now: Instant) -> Result<()> {
    for attempts in 0..=ATTEMPTS {
        tx.run(&HASTEN, &[&latest(channel, now, attempts)[..], &[now.into()]].concat())?;
    }
    Ok(())
}

/// Whether one has ended before `since`.
pub fn unguarded_old(tx: &mut Tx<'_>, since: Instant) -> Result<bool> {
    Ok(tx.one(&OLD, &[since.into()])?.is_some())
}

/// Drops some of those that have; how many.
pub fn unguarded_forget(tx: &mut Tx<'_>, since: Instant) -> Result<usize> {
    Ok(tx.run(&FORGET, &[since.into()])?)
}

/// What became of deliveries, for the operator.
pub fn unguarded_report(session: &mut dyn Session) -> std::result::Result<Report, StoreError> {
    let mut count = |state: DeliveryState| {
        let row = session.rows(&COUNT, &[state.into()])?.into_iter().next();
        row.map_or(Ok(0), |mut row| row.take::<u64>(TABLE, "count"))
    };
    let (queued, sent, failed) = (count(DeliveryState::Queued)?, count(DeliveryState::Sent)?, count(DeliveryState::Failed)?);
    let one = |mut row: Row| {
        let (channel, recipient) = (row.take(TABLE, "channel")?, row.take(TABLE, "recipient")?);
        let (title, reason) = (row.take(TABLE, "title")?, row.take(TABLE, "last_error")?);
        Ok(FailedDelivery { channel, recipient, title, reason, ended_at: row.take(TABLE, "ended_at")? })
    };
    let last = session.rows(&FAILED, &[])?.into_iter().map(one).collect::<std::result::Result<_, StoreError>>()?;
    Ok(Report { queued, sent, failed, last })
}
