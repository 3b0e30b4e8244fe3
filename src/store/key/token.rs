//! Signing keys, and single tokens that were revoked.

use std::time::Duration;

use crate::{
    domain::{
        Result,
        id::{KeyId, TokenId},
        key::token::SigningKey,
        time::{DAY, Instant},
    },
    store::Tx,
};

statements! {
    SIGNING_KEYS = "SELECT kid, format, secret, public, created_at, retired_at FROM signing_keys ORDER BY created_at DESC, kid";
    INSERT_SIGNING_KEY = "INSERT INTO signing_keys (kid, format, secret, public, created_at) VALUES ($1, $2, $3, $4, $5)";
    RETIRE = "UPDATE signing_keys SET retired_at = $1 WHERE retired_at IS NULL";
    DROP_DEAD_SIGNING_KEYS = "DELETE FROM signing_keys WHERE retired_at <= $1";
    REVOKE = "INSERT INTO revoked_tokens (id, key_id, expires_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    FORGET_REVOKED = "DELETE FROM revoked_tokens WHERE expires_at <= $1";
}

/// A revoked token is remembered so long beyond its end: a clock that ran ahead for a while, when others were revoked, must
/// not bring it back.
const REMEMBERED: Duration = DAY.saturating_mul(30);

/// All signing keys, newest first.
pub fn unguarded_signing_keys(tx: &mut Tx<'_>) -> Result<Vec<SigningKey>> {
    let table = "signing_keys";
    let rows = tx.rows(&SIGNING_KEYS, &[])?;
    rows.into_iter()
        .map(|mut row| {
            Ok(SigningKey {
                kid: row.take(table, "kid")?,
                format: row.take(table, "format")?,
                secret: row.take(table, "secret")?,
                public: row.take(table, "public")?,
                created_at: row.take(table, "created_at")?,
                retired_at: row.take(table, "retired_at")?,
            })
        })
        .collect()
}

/// Stores a new signing key.
pub fn unguarded_insert_signing_key(tx: &mut Tx<'_>, key: &SigningKey) -> Result<()> {
    let args = [key.kid.as_str().into(), key.format.into(), key.secret.clone().into(), key.public.clone().into(), key.created_at.into()];
    tx.run(&INSERT_SIGNING_KEY, &args)?;
    Ok(())
}

/// Retires all current signing keys, and drops those that were retired before `dead`.
pub fn unguarded_retire_signing_keys(tx: &mut Tx<'_>, dead: Instant) -> Result<()> {
    let now = tx.now();
    tx.run(&DROP_DEAD_SIGNING_KEYS, &[dead.into()])?;
    tx.run(&RETIRE, &[now.into()])?;
    Ok(())
}

/// Revokes one token, and forgets those that have been over for long. Whoever holds a token may revoke it.
pub fn unguarded_revoke(tx: &mut Tx<'_>, id: TokenId, key: KeyId, expires_at: Instant) -> Result<()> {
    let now = tx.now();
    tx.run(&FORGET_REVOKED, &[(now - REMEMBERED).into()])?;
    tx.run(&REVOKE, &[id.into(), key.into(), expires_at.into()])?;
    Ok(())
}
