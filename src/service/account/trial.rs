//! Tokens of a session, by which its person tries calls of the API.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Access, Actor, Permission, Via},
        account::trial::{LIFE, Trial},
        error::Reason,
        key::secret::PlainToken,
        time::Instant,
    },
    service::{authorize, instance},
    store::{
        Tx,
        account::{session, user},
    },
};

/// Makes a token of the caller's session, which may read, or write content besides. It makes no other: only pages ask for one.
///
/// # Errors
/// Not found, for whoever has no session.
pub fn begin(tx: &mut Tx<'_>, actor: &Arc<Actor>, access: Access) -> Result<PlainToken> {
    authorize::own(tx, actor, Permission::OrganizationSee)?;
    let Via::Session(session) = actor.via else { return Err(Error::NotFound("session")) };
    let ends_at = tx.now() + LIFE;
    Ok(Trial { session, user: actor.id, access, ends_at }.seal(&instance::sealing_secret(tx)?))
}

/// Who sends such a token; `then` is when what they ask for began.
///
/// # Errors
/// Unauthenticated: it is none, or it has ended, or the session that it is of.
pub fn actor(tx: &mut Tx<'_>, text: &str, then: Instant) -> Result<Arc<Actor>> {
    let ended = || Error::Unauthenticated(Reason::SessionEnded);
    let trial = Trial::open(text, &instance::sealing_secret(tx)?, then).map_err(Error::Unauthenticated)?;
    if !session::unguarded_exists(tx, trial.session)? {
        return Err(ended());
    }
    let found = user::unguarded_by_id(tx, trial.user)?.filter(|user| user.disabled_at.is_none()).ok_or_else(ended)?;
    let (via, access) = (Via::Session(trial.session), trial.access);
    Ok(Arc::new(Actor { id: found.id, kind: found.kind, name: found.name, email: found.email, via, access }))
}
