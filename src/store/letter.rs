//! The outbox: a letter is a row of the transaction that causes it, and is sent after the commit.

use std::time::Duration;

use crate::domain::{Result, id::LetterId, time::Instant};

use super::Tx;

statements! {
    INSERT = "INSERT INTO letters (id, recipient, subject, body, attempts, due_at, created_at) VALUES ($1, $2, $3, $4, 0, $5, $5)";
    DUE = "SELECT id, recipient, subject, body, attempts FROM letters WHERE due_at <= $1 ORDER BY due_at, id LIMIT 20";
    NEXT = "SELECT MIN(due_at) FROM letters";
    DELETE = "DELETE FROM letters WHERE id = $1";
    LATER = "UPDATE letters SET attempts = attempts + 1, due_at = $2 WHERE id = $1";
}

/// After so many failures a letter is given up.
const ATTEMPTS: u32 = 8;

/// A letter that waits.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Id.
    pub id: LetterId,
    /// To whom.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// How often it failed.
    pub attempts: u32,
}

/// Puts a letter into the outbox.
pub fn unguarded_insert(tx: &mut Tx<'_>, recipient: &str, subject: &str, body: &str) -> Result<LetterId> {
    let id = LetterId::new(tx.now(), tx.entropy());
    let now = tx.now();
    tx.run(&INSERT, &[id.into(), recipient.into(), subject.into(), body.into(), now.into()])?;
    Ok(id)
}

/// Letters whose time has come, at most 20.
pub fn unguarded_due(tx: &mut Tx<'_>) -> Result<Vec<Letter>> {
    let now = tx.now();
    let rows = tx.rows(&DUE, &[now.into()])?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Letter {
                id: row.take("letters", "id")?,
                recipient: row.take("letters", "recipient")?,
                subject: row.take("letters", "subject")?,
                body: row.take("letters", "body")?,
                attempts: row.take("letters", "attempts")?,
            })
        })
        .collect()
}

/// When the next letter is due.
pub fn unguarded_next(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    Ok(tx.one(&NEXT, &[])?.map(|mut row| row.take::<Option<Instant>>("letters", "due_at")).transpose()?.flatten())
}

/// Takes a letter out: it was sent.
pub fn unguarded_sent(tx: &mut Tx<'_>, id: LetterId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into()], "letter")
}

/// Tries a letter again later, twice as late each time; gives it up in the end. Whether it is tried again.
pub fn unguarded_failed(tx: &mut Tx<'_>, letter: &Letter) -> Result<bool> {
    if letter.attempts + 1 >= ATTEMPTS {
        return unguarded_sent(tx, letter.id).map(|()| false);
    }
    let due = tx.now() + Duration::from_secs(60) * 2u32.pow(letter.attempts);
    tx.run_one(&LATER, &[letter.id.into(), due.into()], "letter").map(|()| true)
}
