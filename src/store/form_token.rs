//! Tokens of forms that had their effect: each is spent in the transaction that has it.

use crate::{
    domain::{Result, id::UserId, time::Instant},
    store::Tx,
};

statements! {
    SPEND = "INSERT INTO used_form_tokens (user_id, token, used_at) VALUES ($1, $2, $3) ON CONFLICT (user_id, token) DO NOTHING";
    USED = "SELECT 1 FROM used_form_tokens WHERE user_id = $1 AND token = $2";
    OLD = "SELECT 1 FROM used_form_tokens WHERE used_at <= $1 LIMIT 1";
    FORGET = "DELETE FROM used_form_tokens WHERE (user_id, token) IN
              (SELECT user_id, token FROM used_form_tokens WHERE used_at <= $1 ORDER BY used_at LIMIT 500)";
}

/// Spends the token of somebody's form; whether it was good until now.
pub fn unguarded_spend(tx: &mut Tx<'_>, user: UserId, token: &str) -> Result<bool> {
    let now = tx.now();
    Ok(tx.run(&SPEND, &[user.into(), token.into(), now.into()])? == 1)
}

/// Whether the token of somebody's form was spent.
pub fn unguarded_is_used(tx: &mut Tx<'_>, user: UserId, token: &str) -> Result<bool> {
    Ok(tx.one(&USED, &[user.into(), token.into()])?.is_some())
}

/// Whether any was spent before `since`.
pub fn unguarded_old(tx: &mut Tx<'_>, since: Instant) -> Result<bool> {
    Ok(tx.one(&OLD, &[since.into()])?.is_some())
}

/// Drops some of those that were spent before `since`; how many.
pub fn unguarded_forget(tx: &mut Tx<'_>, since: Instant) -> Result<usize> {
    Ok(tx.run(&FORGET, &[since.into()])?)
}
