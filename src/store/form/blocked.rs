//! What was refused and not stored: how often, for which reason, on which day.

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::Entry,
        id::EntryId,
        time::Instant,
    },
    store::Tx,
};

statements! {
    ADD = "INSERT INTO blocked_submissions (form_id, reason, day, n, last_at) VALUES ($1, $2, $3, 1, $4)
           ON CONFLICT (form_id, reason, day) DO UPDATE SET n = blocked_submissions.n + excluded.n, last_at = excluded.last_at";
    SINCE = "SELECT b.reason, CAST(SUM(b.n) AS BIGINT), MAX(b.last_at) FROM blocked_submissions b JOIN entries e ON e.id = b.form_id
             WHERE b.form_id = $1 AND e.app_id = $2 AND b.day >= $3 GROUP BY b.reason ORDER BY b.reason";
}

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// What was refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Why.
    pub reason: String,
    /// How often.
    pub count: u64,
    /// When last.
    pub last_at: Instant,
}

/// Counts something that was refused.
pub fn add(tx: &mut Tx<'_>, _: &Granted<InApp>, form: &Entry, reason: &str) -> Result<()> {
    let now = tx.now();
    tx.run(&ADD, &[form.id.into(), reason.into(), (now.micros() / DAY).into(), now.into()])?;
    Ok(())
}

/// What was refused since the beginning of the day of a moment, by its reason.
pub fn since(tx: &mut Tx<'_>, at: &Granted<InApp>, form: EntryId, since: Instant) -> Result<Vec<Blocked>> {
    let table = "blocked_submissions";
    let rows = tx.rows(&SINCE, &[form.into(), at.app().into(), (since.micros() / DAY).into()])?;
    let one = |mut row: crate::store::row::Row| {
        Ok(Blocked { reason: row.take(table, "reason")?, count: row.take(table, "n")?, last_at: row.take(table, "last_at")? })
    };
    rows.into_iter().map(one).collect()
}
