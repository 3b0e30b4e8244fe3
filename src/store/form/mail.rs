//! E-mails about submissions: rows of the outbox that go with what they are about.

use std::time::Duration;

use crate::{
    domain::{
        Error, Result,
        access::{Granted, InApp},
        account::delivery::{DeliveryState, FormEmail},
        form::telling::mail::Mail,
        id::{DeliveryId, SubmissionId},
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
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
        "d.id, d.email_kind, d.recipient, d.title, d.state, d.attempts, d.due_at, d.last_error, d.ended_at, d.created_at"
    };
}

statements! {
    OF = concat!("SELECT ", columns!(), " FROM deliveries d JOIN submissions s ON s.id = d.submission_id
                  WHERE d.submission_id = $1 AND s.app_id = $2 ORDER BY d.created_at, d.id");
    GET = concat!("SELECT ", columns!(), " FROM deliveries d JOIN submissions s ON s.id = d.submission_id
                  WHERE d.id = $1 AND d.submission_id = $2 AND s.app_id = $3");
    CONFIRMED = "SELECT 1 FROM submissions s JOIN deliveries d ON d.submission_id = s.id AND d.email_kind = $2
                 WHERE s.email_fold = $1 AND s.created_at > $3 AND s.organization_id = $4 LIMIT 1";
    AGAIN = "UPDATE deliveries SET state = $3, payload = $4, attempts = 0, due_at = $5, last_error = NULL, ended_at = NULL
             WHERE id = $1 AND submission_id = $2 AND state <> $3";
}

/// `list_form_submission_emails`.
pub const MAILS: Spec = Spec {
    fields: &[
        Field::filter("kind", Holds::Word(FormEmail::WORDS)),
        Field::filter("state", Holds::Word(DeliveryState::WORDS)),
        Field::both("createdAt", Holds::Instant),
    ],
    search: &[],
    order: Order::NEWEST,
};

const TABLE: Table = Table {
    select: columns!(),
    from: "deliveries d JOIN submissions s ON s.id = d.submission_id",
    id: "d.id",
    columns: &[column("kind", "d.email_kind"), column("state", "d.state"), column("createdAt", "d.created_at")],
    search: &[],
};

/// Every list of this file, for the test that prepares them.
pub const LISTS: &[(&Spec, &Table)] = &[(&MAILS, &TABLE)];

const NAME: &str = "deliveries";

fn mail(row: &mut Row) -> std::result::Result<Mail, StoreError> {
    Ok(Mail {
        id: row.take(NAME, "id")?,
        kind: row.take(NAME, "email_kind")?,
        recipient: row.take(NAME, "recipient")?,
        subject: row.take(NAME, "title")?,
        state: row.take(NAME, "state")?,
        attempts: row.take(NAME, "attempts")?,
        due_at: row.take(NAME, "due_at")?,
        reason: row.take(NAME, "last_error")?,
        ended_at: row.take(NAME, "ended_at")?,
        created_at: row.take(NAME, "created_at")?,
    })
}

/// Those about a submission, the oldest first.
pub fn of(tx: &mut Tx<'_>, at: &Granted<InApp>, sent: SubmissionId) -> Result<Vec<Mail>> {
    let rows = tx.rows(&OF, &[sent.into(), at.app().into()])?;
    rows.into_iter().map(|mut row| Ok(mail(&mut row)?)).collect()
}

/// The same as a list.
pub fn list(tx: &mut Tx<'_>, at: &Granted<InApp>, sent: SubmissionId, listing: &Listing) -> Result<Page<Mail>> {
    let (of, app) = ([sent.into()], [at.app().into()]);
    sql::read(tx, &TABLE, &[("d.submission_id = ?", &of), ("s.app_id = ?", &app)], listing, mail)
}

/// One of those about a submission.
pub fn get(tx: &mut Tx<'_>, at: &Granted<InApp>, sent: SubmissionId, id: DeliveryId) -> Result<Mail> {
    let mut row = tx.one(&GET, &[id.into(), sent.into(), at.app().into()])?.ok_or(Error::NotFound("email"))?;
    Ok(mail(&mut row)?)
}

/// Whether somebody with this folded address was confirmed something of the organization within so long: what others have had from them is not told.
pub fn is_confirmed(tx: &mut Tx<'_>, at: &Granted<InApp>, email: &str, within: Duration) -> Result<bool> {
    let since = tx.now() - within;
    Ok(tx.one(&CONFIRMED, &[email.into(), FormEmail::Confirmation.into(), since.into(), at.org().into()])?.is_some())
}

/// One that has ended waits again. It was found through the caller.
pub fn queue_again(tx: &mut Tx<'_>, _: &Granted<InApp>, sent: SubmissionId, id: DeliveryId, payload: &str) -> Result<()> {
    let now = tx.now();
    let args = [id.into(), sent.into(), DeliveryState::Queued.into(), payload.into(), now.into()];
    tx.run_one(&AGAIN, &args, "email")?;
    tx.wake_emails();
    Ok(())
}
