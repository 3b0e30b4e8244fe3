//! Counts of the calls with keys, by hour and by what became of them. They are kept in memory and added here in batches.

use crate::{
    domain::{
        Result,
        access::{Granted, InOrg},
        id::{KeyId, UserId},
        key::{
            calls::{CallOutcome, Count},
            key::ApiKey,
        },
        time::Instant,
    },
    store::{Tx, row::Row},
};

statements! {
    ADD = "INSERT INTO key_calls (key_id, start, outcome, n) SELECT k.id, $2, $3, $4 FROM api_keys k WHERE k.id = $1
           ON CONFLICT (key_id, start, outcome) DO UPDATE SET n = key_calls.n + excluded.n";
    OF_KEY = "SELECT c.start, c.outcome, c.n FROM key_calls c WHERE c.key_id = $1 AND c.start >= $2 ORDER BY c.start, c.outcome";
    OF_OWNER = "SELECT c.start, c.outcome, CAST(SUM(c.n) AS BIGINT) FROM api_keys k JOIN key_calls c ON c.key_id = k.id
                WHERE k.owner_id = $1 AND k.organization_id = $2 AND c.start >= $3
                GROUP BY c.start, c.outcome ORDER BY c.start, c.outcome";
    OLD = "SELECT 1 FROM key_calls WHERE start < $1 LIMIT 1";
    FORGET = "DELETE FROM key_calls WHERE (key_id, start, outcome) IN
              (SELECT key_id, start, outcome FROM key_calls WHERE start < $1 ORDER BY start LIMIT 500)";
}

/// What is counted: a key, the begin of an hour, and what became of its calls.
pub type Kind = (KeyId, Instant, CallOutcome);

/// Adds counts, in the order in which they are given; of keys that there are.
pub fn unguarded_add(tx: &mut Tx<'_>, counts: &[(Kind, u64)]) -> Result<()> {
    for ((key, start, outcome), n) in counts {
        tx.run(&ADD, &[(*key).into(), (*start).into(), outcome.word().into(), (*n).into()])?;
    }
    Ok(())
}

/// Whether there is anything older than `since`.
pub fn unguarded_old(tx: &mut Tx<'_>, since: Instant) -> Result<bool> {
    Ok(tx.one(&OLD, &[since.into()])?.is_some())
}

/// Drops some of what is older than `since`; how much.
pub fn unguarded_forget(tx: &mut Tx<'_>, since: Instant) -> Result<usize> {
    Ok(tx.run(&FORGET, &[since.into()])?)
}

/// The calls with a key that was found through the caller.
pub fn of_key(tx: &mut Tx<'_>, key: &ApiKey, since: Instant) -> Result<Vec<Count>> {
    tx.rows(&OF_KEY, &[key.id.into(), since.into()])?.into_iter().map(count).collect()
}

/// The calls with all keys of an owner in the organization.
pub fn of_owner(tx: &mut Tx<'_>, at: &Granted<InOrg>, owner: UserId, since: Instant) -> Result<Vec<Count>> {
    tx.rows(&OF_OWNER, &[owner.into(), at.org().into(), since.into()])?.into_iter().map(count).collect()
}

fn count(mut row: Row) -> Result<Count> {
    let table = "key_calls";
    Ok(Count { start: row.take(table, "start")?, outcome: row.take(table, "outcome")?, n: row.take(table, "n")? })
}
