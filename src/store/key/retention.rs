//! Keys that ended long ago, and all that is known of them, on their way out.

use crate::{
    domain::{Result, id::KeyId, time::Instant},
    store::{Tx, engine::Sql},
};

statements! {
    REVOKED = "SELECT id FROM api_keys WHERE revoked_at <= $1 ORDER BY revoked_at LIMIT 50";
    REPLACED = "SELECT id FROM api_keys WHERE grace_ends_at <= $1 ORDER BY grace_ends_at LIMIT 50";
    EXPIRED = "SELECT id FROM api_keys WHERE expires_at <= $1 ORDER BY expires_at LIMIT 50";
    CALLS = "DELETE FROM key_calls WHERE key_id = $1";
    USES = "DELETE FROM key_uses WHERE key_id = $1";
    REMINDERS = "DELETE FROM key_reminders WHERE key_id = $1";
    TOKENS = "DELETE FROM revoked_tokens WHERE key_id = $1";
    UNCHAIN = "UPDATE api_keys SET replaces = NULL WHERE replaces = $1";
    INVITATIONS = "UPDATE invitations SET key_id = NULL WHERE key_id = $1";
    KEY = "DELETE FROM api_keys WHERE id = $1";
}

/// What refers to a key, and then the key.
const ALL: [&Sql; 7] = [&CALLS, &USES, &REMINDERS, &TOKENS, &UNCHAIN, &INVITATIONS, &KEY];

/// Keys that had ended at this moment in one of three ways, at most 50.
fn find_ended(tx: &mut Tx<'_>, until: Instant) -> Result<Vec<KeyId>> {
    for sql in [&REVOKED, &REPLACED, &EXPIRED] {
        let rows = tx.rows(sql, &[until.into()])?;
        if !rows.is_empty() {
            return rows.into_iter().map(|mut row| Ok(row.take("api_keys", "id")?)).collect();
        }
    }
    Ok(Vec::new())
}

/// Whether there are keys that had ended at this moment.
pub fn unguarded_any_ended(tx: &mut Tx<'_>, until: Instant) -> Result<bool> {
    Ok(!find_ended(tx, until)?.is_empty())
}

/// Drops some of them; how many. What the audit trail says of them stays.
pub fn unguarded_forget(tx: &mut Tx<'_>, until: Instant) -> Result<usize> {
    let gone = find_ended(tx, until)?;
    for id in &gone {
        for sql in ALL {
            tx.run(sql, &[(*id).into()])?;
        }
    }
    Ok(gone.len())
}
