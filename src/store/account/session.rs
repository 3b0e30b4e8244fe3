//! Console sessions: found by the hash of their secret, noted when last used, ended.

use crate::{
    domain::{
        Error, Result,
        access::{Granted, Own},
        account::session::{ABSOLUTE, Session},
        id::{SessionId, UserId},
        key::secret::HashedSecret,
        time::Instant,
    },
    store::{Tx, error::StoreError, row::Row},
};

macro_rules! columns {
    () => {
        "id, user_id, ip, user_agent, password_at, created_at, last_seen_at, expires_at"
    };
}

statements! {
    BY_TOKEN = concat!("SELECT ", columns!(), " FROM sessions WHERE token_hash = $1 AND expires_at > $2");
    OF_USER = concat!("SELECT ", columns!(), " FROM sessions WHERE user_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id DESC");
    INSERT = "INSERT INTO sessions (id, token_hash, user_id, ip, user_agent, password_at, created_at, last_seen_at, expires_at)
              VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7)";
    SEEN = "UPDATE sessions SET last_seen_at = $2 WHERE id = $1";
    EXISTS = "SELECT 1 FROM sessions WHERE id = $1 AND expires_at > $2";
    CONFIRM = "UPDATE sessions SET password_at = $3 WHERE id = $1 AND user_id = $2";
    DELETE = "DELETE FROM sessions WHERE id = $1 AND user_id = $2";
    DELETE_ANY = "DELETE FROM sessions WHERE id = $1";
    DELETE_OTHERS = "DELETE FROM sessions WHERE user_id = $1 AND id <> $2";
    DELETE_OF_USER = "DELETE FROM sessions WHERE user_id = $1";
    SIGN_IN = "INSERT INTO sign_ins (user_id, signed_in_at) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE SET signed_in_at = excluded.signed_in_at";
    DELETE_OVER = "DELETE FROM sessions WHERE expires_at <= $1";
}

fn session(row: &mut Row) -> std::result::Result<Session, StoreError> {
    Ok(Session {
        id: row.take("sessions", "id")?,
        user_id: row.take("sessions", "user_id")?,
        ip: row.take("sessions", "ip")?,
        user_agent: row.take("sessions", "user_agent")?,
        password_at: row.take("sessions", "password_at")?,
        created_at: row.take("sessions", "created_at")?,
        last_seen_at: row.take("sessions", "last_seen_at")?,
        expires_at: row.take("sessions", "expires_at")?,
    })
}

/// The live session behind a cookie.
pub fn unguarded_by_token(tx: &mut Tx<'_>, token: &HashedSecret) -> Result<Option<Session>> {
    let now = tx.now();
    let found = tx.one(&BY_TOKEN, &[token.as_str().into(), now.into()])?.map(|mut row| session(&mut row)).transpose()?;
    Ok(found.filter(|session| session.is_live(now)))
}

/// Whether the session is there and not over.
pub fn unguarded_exists(tx: &mut Tx<'_>, id: SessionId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.one(&EXISTS, &[id.into(), now.into()])?.is_some())
}

/// Notes that the caller's password was right just now.
pub fn confirm_own(tx: &mut Tx<'_>, at: &Granted<Own>, id: SessionId) -> Result<()> {
    let now = tx.now();
    tx.run_one(&CONFIRM, &[id.into(), at.actor().id.into(), now.into()], "session")
}

/// Begins a session of somebody whose password was right just now.
pub fn unguarded_insert(tx: &mut Tx<'_>, user: UserId, token: &HashedSecret, ip: &str, user_agent: &str) -> Result<SessionId> {
    let id = SessionId::new(tx.now(), tx.entropy());
    let now = tx.now();
    tx.run(&DELETE_OVER, &[now.into()])?;
    let args = [id.into(), token.as_str().into(), user.into(), ip.into(), user_agent.into(), now.into(), (now + ABSOLUTE).into()];
    tx.run(&INSERT, &args)?;
    tx.run(&SIGN_IN, &[user.into(), now.into()])?;
    Ok(id)
}

/// Notes when a session was last used, also on a clock that was set back; written in batches by the server itself.
pub fn unguarded_note_use(tx: &mut Tx<'_>, id: SessionId, at: Instant) -> Result<()> {
    tx.run(&SEEN, &[id.into(), at.into()])?;
    Ok(())
}

/// Ends a session whose secret the browser showed; where it is over already, nothing is left to do.
pub fn unguarded_delete(tx: &mut Tx<'_>, id: SessionId) -> Result<()> {
    tx.run(&DELETE_ANY, &[id.into()])?;
    Ok(())
}

/// Ends all sessions of a user, after their password was reset.
pub fn unguarded_delete_of_user(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    tx.run(&DELETE_OF_USER, &[user.into()])?;
    Ok(())
}

/// The caller's sessions, newest first.
pub fn list_own(tx: &mut Tx<'_>, at: &Granted<Own>) -> Result<Vec<Session>> {
    let now = tx.now();
    let rows = tx.rows(&OF_USER, &[at.actor().id.into(), now.into()])?;
    rows.into_iter().map(|mut row| session(&mut row).map_err(Error::from)).collect()
}

/// Ends one of the caller's sessions.
pub fn delete_own(tx: &mut Tx<'_>, at: &Granted<Own>, id: SessionId) -> Result<()> {
    tx.run_one(&DELETE, &[id.into(), at.actor().id.into()], "session")
}

/// Ends all of the caller's sessions but one.
pub fn delete_others(tx: &mut Tx<'_>, at: &Granted<Own>, keep: SessionId) -> Result<usize> {
    Ok(tx.run(&DELETE_OTHERS, &[at.actor().id.into(), keep.into()])?)
}
