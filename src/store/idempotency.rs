//! Answers to creations, kept for a day so that a repeat gets the same one.

use crate::domain::{
    Error, Result,
    access::Passed,
    id::KeyId,
    idempotency::{Past, Request, StoredAnswer},
    time::Instant,
};

use super::{Tx, sql};

statements! {
    FIND = "SELECT fingerprint, gates, status, headers, body FROM idempotency_keys WHERE caller = $1 AND key = $2 AND created_at > $3";
    KEEP = "INSERT INTO idempotency_keys (caller, key, fingerprint, status, headers, body, created_at, gates)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (caller, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
                headers = excluded.headers, body = excluded.body, created_at = excluded.created_at,
                gates = excluded.gates";
    OLD = "SELECT 1 FROM idempotency_keys WHERE created_at <= $1 LIMIT 1";
    FORGET = "DELETE FROM idempotency_keys WHERE (caller, key) IN
              (SELECT caller, key FROM idempotency_keys WHERE created_at <= $1 ORDER BY created_at LIMIT 500)";
}

/// What became of what this caller asked for under this key after `since`.
pub fn unguarded_find(tx: &mut Tx<'_>, caller: KeyId, key: &str, since: Instant) -> Result<Option<Past>> {
    let table = "idempotency_keys";
    let Some(mut row) = tx.one(&FIND, &[caller.into(), key.into(), since.into()])? else { return Ok(None) };
    let fingerprint = row.take(table, "fingerprint")?;
    let gates: String = row.take(table, "gates")?;
    let gates = sql::json(&gates, table, "gates")?;
    let status: i64 = row.take(table, "status")?;
    let status = u16::try_from(status).unwrap_or(201);
    let answer = StoredAnswer { status, headers: row.take(table, "headers")?, body: row.take(table, "body")? };
    Ok(Some(Past { fingerprint, gates, answer }))
}

/// Keeps an answer with the gates that the request passed, instead of one whose time is over.
pub fn unguarded_keep(tx: &mut Tx<'_>, caller: KeyId, request: &Request, gates: &[Passed], answer: &StoredAnswer) -> Result<()> {
    let gates = serde_json::to_string(gates).map_err(|error| Error::Internal(error.to_string()))?;
    let now = tx.now();
    let args = [
        caller.into(),
        request.key.as_str().into(),
        request.fingerprint.as_str().into(),
        i64::from(answer.status).into(),
        answer.headers.as_str().into(),
        answer.body.as_str().into(),
        now.into(),
        gates.into(),
    ];
    tx.run(&KEEP, &args)?;
    Ok(())
}

/// Whether answers are kept from before `since`.
pub fn unguarded_old(tx: &mut Tx<'_>, since: Instant) -> Result<bool> {
    Ok(tx.one(&OLD, &[since.into()])?.is_some())
}

/// Drops some answers from before `since`; how many.
pub fn unguarded_forget(tx: &mut Tx<'_>, since: Instant) -> Result<usize> {
    Ok(tx.run(&FORGET, &[since.into()])?)
}
