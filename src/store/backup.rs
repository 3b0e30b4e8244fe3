//! What a backup leaves out, and what a restored database is given instead. Whoever holds a backup can forge no token, take over no session and
//! follow no link that was sent.

use crate::domain::{Result, id::InvitationId, key::secret::HashedSecret};

use super::{Tx, engine::Session, error::StoreError};

statements! {
    SIGNING_KEYS = "DELETE FROM signing_keys";
    SESSIONS = "DELETE FROM sessions";
    NOWHERE = "UPDATE blobs SET place = 'nowhere' WHERE hash IS NOT NULL AND place = 'rows'";
    PIECES = "DELETE FROM blob_chunks";
    SECRET = "UPDATE instance SET secret = $1";
    QUEUED = "DELETE FROM deliveries WHERE state = 'queued'";
    QUEUED_MESSAGES = "DELETE FROM webhook_deliveries WHERE state = 'queued'";
    PENDING = "SELECT id FROM invitations WHERE accepted_at IS NULL AND ended_at IS NULL ORDER BY id";
    RELINK = "UPDATE invitations SET token_hash = $2 WHERE id = $1";
    CURSORS = "UPDATE change_numbers SET n = n + $1, dropped = n + $1";
    END_KEYS = "UPDATE api_keys SET revoked_at = $1, revoke_reason = $2 WHERE revoked_at IS NULL";
}

/// More changes than there were between a backup and the moment at which its instance was lost.
const LEAP: i64 = 1 << 32;

/// Deletes from a copy what nobody else may have: signing keys, sessions, the secret that links are made from, and e-mails and messages that
/// would be sent a second time.
///
/// # Errors
/// Those of the engine.
pub fn leave_out(session: &mut dyn Session) -> std::result::Result<(), StoreError> {
    for statement in [&SIGNING_KEYS, &SESSIONS, &QUEUED, &QUEUED_MESSAGES] {
        session.run(statement, &[])?;
    }
    session.run(&SECRET, &[Vec::new().into()]).map(drop)
}

/// The same, and the bytes of files: what is known of them stays, and whoever sends the same bytes again gives them back.
///
/// # Errors
/// Those of the engine.
pub fn leave_out_files(session: &mut dyn Session) -> std::result::Result<(), StoreError> {
    leave_out(session)?;
    session.run(&NOWHERE, &[])?;
    session.run(&PIECES, &[]).map(drop)
}

/// Gives the instance a new secret and no signing keys: what was signed or derived before proves nothing any more.
pub fn unguarded_renew(tx: &mut Tx<'_>) -> Result<Vec<u8>> {
    let mut secret = vec![0; 32];
    tx.entropy().fill(&mut secret);
    tx.run(&SECRET, &[secret.clone().into()])?;
    tx.run(&SIGNING_KEYS, &[])?;
    // What waited then was sent long ago.
    tx.run(&QUEUED, &[])?;
    tx.run(&QUEUED_MESSAGES, &[])?;
    Ok(secret)
}

/// Whoever follows changes begins anew: what they were told after the backup is not so any more.
pub fn unguarded_expire_cursors(tx: &mut Tx<'_>) -> Result<()> {
    tx.run(&CURSORS, &[LEAP.into()])?;
    Ok(())
}

/// The invitations that can still be taken.
pub fn unguarded_pending(tx: &mut Tx<'_>) -> Result<Vec<InvitationId>> {
    let rows = tx.rows(&PENDING, &[])?;
    rows.into_iter().map(|mut row| Ok(row.take("invitations", "id")?)).collect()
}

/// Another link leads to the invitation from here on.
pub fn unguarded_relink(tx: &mut Tx<'_>, id: InvitationId, link: &HashedSecret) -> Result<()> {
    tx.run_one(&RELINK, &[id.into(), link.as_str().into()], "invitation")
}

/// Revokes all keys of the instance; returns how many were living.
pub fn unguarded_end_keys(tx: &mut Tx<'_>, why: &str) -> Result<usize> {
    let now = tx.now();
    Ok(tx.run(&END_KEYS, &[now.into(), why.into()])?)
}

/// Ends all sessions of the instance; returns how many there were.
pub fn unguarded_end_sessions(tx: &mut Tx<'_>) -> Result<usize> {
    Ok(tx.run(&SESSIONS, &[])?)
}
