//! Numbers about what was sent: how much on which day, what the newest ones hold, and how much of an app nobody has read.

use serde_json::{Map, Value};

use crate::{
    domain::{
        Result,
        access::{Granted, InApp},
        content::kinds::names::FORM,
        id::EntryId,
        time::Instant,
    },
    store::{Tx, sql},
};

use super::submission::UNREAD;

statements! {
    BETWEEN = "SELECT COUNT(*) FROM submissions WHERE form_id = $1 AND app_id = $2 AND created_at >= $3 AND created_at < $4";
    NEWEST = "SELECT data FROM submissions WHERE form_id = $1 AND app_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3";
    UNREAD_OF_APP = "SELECT CAST(SUM(c.n) AS BIGINT) FROM counters c JOIN entries e ON e.id = c.owner
                     WHERE e.app_id = $1 AND e.kind = $2 AND e.deleted_at IS NULL AND c.what = $3";
}

/// How many were sent from one moment until another.
pub fn between(tx: &mut Tx<'_>, at: &Granted<InApp>, form: EntryId, (from, until): (Instant, Instant)) -> Result<u64> {
    sql::number(tx.one(&BETWEEN, &[form.into(), at.app().into(), from.into(), until.into()])?, "submissions")
}

/// What the newest ones hold, at most so many.
pub fn newest(tx: &mut Tx<'_>, at: &Granted<InApp>, form: EntryId, many: usize) -> Result<Vec<Map<String, Value>>> {
    let rows = tx.rows(&NEWEST, &[form.into(), at.app().into(), many.into()])?;
    rows.into_iter().map(|mut row| sql::json(&row.take::<String>("submissions", "data")?, "submissions", "data")).collect()
}

/// How many of those that were sent to the forms of the app nobody has read.
pub fn unread(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<u64> {
    sql::number(tx.one(&UNREAD_OF_APP, &[at.app().into(), FORM.into(), UNREAD.into()])?, "counters")
}
