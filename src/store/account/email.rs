//! The outbox: an e-mail is a row of the transaction that causes it, and is sent after the commit.

use std::time::Duration;

use crate::{
    domain::{
        Result,
        id::{EmailId, InvitationId, UserId},
        time::Instant,
    },
    store::{
        Tx,
        error::StoreError,
        row::{Row, Value},
    },
};

statements! {
    INSERT = "INSERT INTO letters (id, recipient, subject, body, attempts, due_at, created_at, link_kind, link_of, link_until)
              VALUES ($1, $2, $3, $4, 0, $5, $5, $6, $7, $8)";
    DUE = "SELECT due_at, id FROM letters WHERE due_at <= $1 AND (due_at > $2 OR (due_at = $2 AND id > $3)) ORDER BY due_at, id LIMIT 20";
    ONE = "SELECT id, recipient, subject, body, link_kind, link_of, link_until FROM letters WHERE id = $1";
    NEXT = "SELECT MIN(due_at) FROM letters WHERE due_at > $1";
    DELETE = "DELETE FROM letters WHERE id = $1";
    DUE_ONE = "SELECT attempts FROM letters WHERE id = $1 AND due_at <= $2";
    CLAIM = "UPDATE letters SET attempts = $3 + 1, due_at = $4 WHERE id = $1 AND due_at <= $2 AND attempts = $3";
    AHEAD = "SELECT 1 FROM letters WHERE attempts = $1 AND due_at > $2 LIMIT 1";
    HASTEN = "UPDATE letters SET due_at = $3 WHERE attempts = $1 AND due_at > $2";
}

/// After so many failures an e-mail is given up.
const ATTEMPTS: u32 = 8;

/// The link in an e-mail. Its secret is not stored but made when the e-mail is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// To join an organization.
    Invitation(InvitationId),
    /// To choose a new password, until then.
    Reset(UserId, Instant),
}

/// An e-mail that waits.
#[derive(Debug, Clone)]
pub struct Email {
    /// Id.
    pub id: EmailId,
    /// To whom.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// Plain text, with a mark where the secret of its link belongs.
    pub body: String,
    /// The link in it, if it has one.
    pub link: Option<Link>,
}

/// Puts an e-mail into the outbox.
pub fn unguarded_insert(tx: &mut Tx<'_>, recipient: &str, subject: &str, body: &str, link: Option<Link>) -> Result<EmailId> {
    let id = EmailId::new(tx.now(), tx.entropy());
    let now = tx.now();
    let link: [Value; 3] = match link {
        None => [Value::Null, Value::Null, Value::Null],
        Some(Link::Invitation(id)) => ["invitation".into(), id.into(), Value::Null],
        Some(Link::Reset(user, until)) => ["reset".into(), user.into(), until.into()],
    };
    let email = [id.into(), recipient.into(), subject.into(), body.into(), now.into()];
    tx.run(&INSERT, &[&email[..], &link[..]].concat())?;
    tx.wake_emails();
    Ok(id)
}

/// E-mails whose time has come by `now`, at most 20, those behind one of them.
pub fn unguarded_due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EmailId)>) -> Result<Vec<(Instant, EmailId)>> {
    let (at, id) = behind.map_or((Instant::from_micros(i64::MIN), String::new()), |(at, id)| (at, id.to_string()));
    let rows = tx.rows(&DUE, &[now.into(), at.into(), id.into()])?;
    rows.into_iter().map(|mut row| Ok((row.take("emails", "due_at")?, row.take("emails", "id")?))).collect()
}

/// An e-mail, if it is still there.
pub fn unguarded_one(tx: &mut Tx<'_>, id: EmailId) -> Result<Option<Email>> {
    let Some(mut row) = tx.one(&ONE, &[id.into()])? else { return Ok(None) };
    Ok(Some(Email {
        id: row.take("emails", "id")?,
        recipient: row.take("emails", "recipient")?,
        subject: row.take("emails", "subject")?,
        body: row.take("emails", "body")?,
        link: link(&mut row)?,
    }))
}

fn link(row: &mut Row) -> std::result::Result<Option<Link>, StoreError> {
    let table = "emails";
    match row.take::<Option<String>>(table, "link_kind")?.as_deref() {
        Some("invitation") => Ok(Some(Link::Invitation(row.take(table, "link_of")?))),
        Some("reset") => Ok(Some(Link::Reset(row.take(table, "link_of")?, row.take(table, "link_until")?))),
        Some(_) => Err(StoreError::Shape(table, "link_kind")),
        None => Ok(None),
    }
}

/// When the next e-mail is due after a moment.
pub fn unguarded_next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT, &[after.into()])?.map(|mut row| row.take::<Option<Instant>>("emails", "due_at")).transpose()?.flatten())
}

/// Takes an e-mail out: it was sent, or is given up. Where it is gone already, nothing is left to do.
pub fn unguarded_take_out(tx: &mut Tx<'_>, id: EmailId) -> Result<()> {
    tx.run(&DELETE, &[id.into()])?;
    Ok(())
}

/// Begins a try, if it is due still: the next one is due later, twice as late each time. Returns how many there were before.
pub fn unguarded_claim(tx: &mut Tx<'_>, id: EmailId) -> Result<Option<u32>> {
    let now = tx.now();
    let Some(mut row) = tx.one(&DUE_ONE, &[id.into(), now.into()])? else { return Ok(None) };
    let attempts: u32 = row.take("emails", "attempts")?;
    let args = [id.into(), now.into(), i64::from(attempts).into(), (now + wait(attempts + 1)).into()];
    Ok((tx.run(&CLAIM, &args)? == 1).then_some(attempts))
}

/// How long the next try waits after so many.
const fn wait(attempts: u32) -> Duration {
    match attempts {
        0 => Duration::ZERO,
        n => Duration::from_secs(60 << if n > ATTEMPTS { ATTEMPTS } else { n - 1 }),
    }
}

/// Until when an e-mail that was begun so often may wait at this moment; a minute is let pass.
fn latest(now: Instant, attempts: u32) -> [Value; 2] {
    [i64::from(attempts).into(), (now + wait(attempts) + Duration::from_secs(60)).into()]
}

/// Whether an e-mail waits longer than any does: the clock was set back.
pub fn unguarded_any_ahead(tx: &mut Tx<'_>, now: Instant) -> Result<bool> {
    for attempts in 0..=ATTEMPTS {
        if tx.one(&AHEAD, &latest(now, attempts))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Such e-mails are due now.
pub fn unguarded_hasten(tx: &mut Tx<'_>, now: Instant) -> Result<()> {
    for attempts in 0..=ATTEMPTS {
        tx.run(&HASTEN, &[&latest(now, attempts)[..], &[now.into()]].concat())?;
    }
    Ok(())
}

/// Whether a try after so many is the last.
pub const fn is_last(attempts: u32) -> bool {
    attempts + 1 >= ATTEMPTS
}
