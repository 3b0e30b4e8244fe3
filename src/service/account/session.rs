//! Console sessions: begin, find, list, end; the password again, and a new one for somebody who forgot it.

use std::{collections::HashMap, mem, sync::Arc, time::Duration};

use parking_lot::Mutex;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        account::{delivery::About, session::Session, user::User},
        error::Reason,
        id::{SessionId, UserId},
        key::secret::PlainToken,
        org::organization::{Draft, Organization},
        text,
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        account::{session, user},
        instance,
    },
};

use super::{email, user::NewUser};

/// How long the link of a forgotten password works.
const RESET: Duration = Duration::from_secs(60 * 60);

/// Sessions whose use is held at most until it is written; the use of any more is not told.
const HELD: usize = 50_000;

/// When sessions were last used, until it is written.
#[derive(Debug, Default)]
pub struct Seen(Mutex<HashMap<SessionId, Instant>>);

impl Seen {
    /// Notes a use.
    pub fn note(&self, id: SessionId, at: Instant) {
        let mut seen = self.0.lock();
        if seen.len() < HELD || seen.contains_key(&id) {
            seen.insert(id, at);
        }
    }

    /// What was not written yet, in an order that is always the same.
    pub fn take(&self) -> Vec<(SessionId, Instant)> {
        let mut taken: Vec<_> = mem::take(&mut *self.0.lock()).into_iter().collect();
        taken.sort_unstable_by_key(|(id, _)| *id);
        taken
    }

    /// Takes back what could not be written, for the next time. A later use stays.
    pub fn put_back(&self, unwritten: &[(SessionId, Instant)]) {
        let mut seen = self.0.lock();
        for (id, at) in unwritten {
            if seen.len() < HELD {
                seen.entry(*id).or_insert(*at);
            }
        }
    }
}

/// Writes uses that were taken.
pub fn write_seen(tx: &mut Tx<'_>, seen: &[(SessionId, Instant)]) -> Result<()> {
    seen.iter().try_for_each(|(id, at)| session::unguarded_note_use(tx, *id, *at))
}

/// The user of this address and the hash of their password; nobody, when they are disabled.
pub fn credentials(tx: &mut Tx<'_>, email: &str) -> Result<Option<(UserId, Option<String>)>> {
    let found = user::unguarded_by_email(tx, email)?;
    Ok(found.filter(|(user, _)| user.disabled_at.is_none()).map(|(user, hash)| (user.id, hash)))
}

/// That somebody's password was right when it was tried. Hashing takes a while: what is done for it asks again in its transaction.
#[derive(Clone)]
pub struct Proof {
    user: UserId,
    hash: String,
}

impl Proof {
    /// Of the person whose password has this hash.
    pub const fn new(user: UserId, hash: String) -> Self {
        Self { user, hash }
    }

    /// Whose.
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// Whether it is their password still.
    ///
    /// # Errors
    /// Unauthenticated, when it was changed meanwhile.
    pub fn confirm(&self, tx: &mut Tx<'_>) -> Result<UserId> {
        let now = user::unguarded_password_hash(tx, self.user)?;
        if now.as_deref() == Some(&self.hash) { Ok(self.user) } else { Err(Error::Unauthenticated(Reason::WrongPassword)) }
    }
}

/// Begins a session of somebody whose password was right; the secret goes into the cookie.
pub fn begin(tx: &mut Tx<'_>, user: UserId, ip: &str, user_agent: &str) -> Result<PlainToken> {
    let secret = PlainToken::new(tx.entropy());
    session::unguarded_insert(tx, user, &secret.hashed(), ip, user_agent)?;
    Ok(secret)
}

/// The same in a browser that had a session before: that one ends, whoever's it was, since its cookie is overwritten.
pub fn replace(tx: &mut Tx<'_>, before: Option<SessionId>, user: UserId, ip: &str, user_agent: &str) -> Result<PlainToken> {
    if let Some(before) = before {
        session::unguarded_delete(tx, before)?;
    }
    begin(tx, user, ip, user_agent)
}

/// Somebody whose password was right signs in, in a browser that had a session before or none. The language that the console spoke to them is
/// remembered: e-mails follow it until they choose one.
///
/// # Errors
/// Unauthenticated, when the password was changed meanwhile.
pub fn sign_in(
    tx: &mut Tx<'_>,
    proof: &Proof,
    before: Option<SessionId>,
    locale: &str,
    (ip, user_agent): (&str, &str),
) -> Result<PlainToken> {
    let user = proof.confirm(tx)?;
    user::unguarded_set_browser_locale(tx, user, locale)?;
    replace(tx, before, user, ip, user_agent)
}

/// The live session of a cookie and its person.
pub fn find(tx: &mut Tx<'_>, secret: &str) -> Result<Option<(Session, User)>> {
    let Some(found) = session::unguarded_by_token(tx, &PlainToken::from_text(secret).hashed())? else { return Ok(None) };
    let user = user::unguarded_by_id(tx, found.user_id)?.filter(|user| user.disabled_at.is_none());
    Ok(user.map(|user| (found, user)))
}

/// Whether a session that was live when the request came is so still.
pub fn still_there(tx: &mut Tx<'_>, known: &Session) -> Result<()> {
    if session::unguarded_exists(tx, known.id)? { Ok(()) } else { Err(Error::Unauthenticated(Reason::TokenRevoked)) }
}

/// Makes the first person of an instance and their organization, as [`super::user::set_up`] does, and signs them in.
///
/// # Errors
/// Not found, when there is somebody already.
pub fn set_up(
    tx: &mut Tx<'_>,
    (new, password_hash): (&NewUser, &str),
    locale: &str,
    draft: &Draft,
    (ip, user_agent): (&str, &str),
) -> Result<(UserId, Organization, PlainToken)> {
    let (owner, made) = super::user::set_up(tx, new, password_hash, locale, draft)?;
    Ok((owner, made, begin(tx, owner, ip, user_agent)?))
}

/// Notes that the password was typed just now.
///
/// # Errors
/// Unauthenticated, when it was changed meanwhile; those of the gate.
pub fn confirm(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: SessionId, proof: &Proof) -> Result<()> {
    proof.confirm(tx)?;
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    session::confirm_own(tx, &at, id)
}

/// The caller's sessions.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Vec<Session>> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    session::list_own(tx, &at)
}

/// Ends one of the caller's sessions.
pub fn end(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: SessionId) -> Result<()> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    session::delete_own(tx, &at, id)
}

/// Ends all of the caller's sessions but one.
pub fn end_others(tx: &mut Tx<'_>, actor: &Arc<Actor>, keep: SessionId) -> Result<usize> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    session::delete_others(tx, &at, keep)
}

/// Sends the link for a new password, if somebody has this address.
pub fn ask_reset(tx: &mut Tx<'_>, email: &str, public_url: &str) -> Result<()> {
    let Ok(email) = text::email("email", email) else { return Ok(()) };
    let Some((found, Some(_))) = user::unguarded_by_email(tx, &email)? else { return Ok(()) };
    if found.disabled_at.is_some() {
        return Ok(());
    }
    let until = tx.now() + RESET;
    // Whoever sends the e-mail only reads: what its link is made from must be there.
    instance::unguarded_get_or_make(tx)?;
    let link = format!("{public_url}/password/reset?token={}", email::SECRET);
    let id = found.id;
    let message = email::reset(&email::locale_of(&[Some(found)], tx.now()), &email, until, &link);
    email::post_link(tx, &email, &message, About::Reset(id, until))
}

/// The secret for the link of an e-mail; none when it would be over by the time that the e-mail goes out.
pub fn link_secret(tx: &mut Tx<'_>, id: UserId, until: Instant) -> Result<Option<String>> {
    if until <= tx.now() {
        return Ok(None);
    }
    let hash = user::unguarded_password_hash(tx, id)?;
    hash.map(|hash| reset_token(tx, id, until, &hash)).transpose()
}

/// Whom a reset link is for. It works once: it is made from the old password's hash.
///
/// # Errors
/// Not found, when it is over, was used, or was not made here.
pub fn reset_user(tx: &mut Tx<'_>, token: &str) -> Result<User> {
    let gone = || Error::NotFound("link");
    let mut parts = token.split('.');
    let (Some(id), Some(until)) = (parts.next(), parts.next()) else { return Err(gone()) };
    let (id, until) = (id.parse::<UserId>().map_err(|_| gone())?, until.parse().map(Instant::from_seconds).map_err(|_| gone())?);
    let hash = user::unguarded_password_hash(tx, id)?.ok_or_else(gone)?;
    let right = reset_token(tx, id, until, &hash)?;
    let is_right = until > tx.now() && blake3::hash(right.as_bytes()) == blake3::hash(token.as_bytes());
    user::unguarded_by_id(tx, id)?.filter(|_| is_right).ok_or_else(gone)
}

/// Sets the new password; every session of the person ends.
pub fn reset(tx: &mut Tx<'_>, token: &str, hash: &str) -> Result<()> {
    let id = reset_user(tx, token)?.id;
    super::user::reset_password(tx, id, hash)
}

fn reset_token(tx: &mut Tx<'_>, id: UserId, until: Instant, hash: &str) -> Result<String> {
    let secret = instance::unguarded_get_or_make(tx)?.secret;
    let key = blake3::derive_key("stele 2026-11 password reset link", &secret);
    let proof = blake3::keyed_hash(&key, format!("{id} {} {hash}", until.seconds()).as_bytes());
    Ok(format!("{id}.{}.{}", until.seconds(), proof.to_hex()))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_memory_of_uses_has_a_bound_also_for_what_could_not_be_written() {
        let (seen, session) = (Seen::default(), |n| SessionId::from_uuid(Uuid::from_u128(n)));
        (0..HELD as u128 + 9).for_each(|n| seen.note(session(n), Instant::from_seconds(1)));
        seen.note(session(0), Instant::from_seconds(2));
        let taken = seen.take();
        assert_eq!((taken.len(), taken[0]), (HELD, (session(0), Instant::from_seconds(2))));
        seen.note(session(u128::MAX), Instant::from_seconds(3));
        seen.put_back(&taken);
        assert_eq!(seen.take().len(), HELD);
    }
}
