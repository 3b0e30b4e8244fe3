//! A database that was restored, before it is served.

use crate::{
    domain::{Result, org::invitation},
    store::{Tx, backup, instance},
};

/// Why keys are revoked by it.
const RESTORED: &str = "Restored from a backup";

/// What ends with a restore, beside signing keys and links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ending {
    /// All API keys.
    pub keys: bool,
    /// All sessions; a backup has none, a file that was copied by hand has.
    pub sessions: bool,
}

/// What was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// API keys.
    pub keys: usize,
    /// Sessions.
    pub sessions: usize,
}

/// Whether the database is a backup that was put in its place by hand: it has no secret, and with none anybody could make its links.
///
/// # Errors
/// Those of the store.
pub fn is_bare(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(instance::unguarded_get(tx)?.is_some_and(|found| found.secret.is_empty()))
}

/// Makes a restored database one that can be served: with a secret of its own and no signing keys, which the server makes at its start. Tokens and
/// links of before are dead; an invitation can be sent again, with another link. API keys are those of the backup, unless they are ended.
///
/// # Errors
/// Those of the store.
pub fn revive(tx: &mut Tx<'_>, ending: Ending) -> Result<Ended> {
    let secret = backup::unguarded_renew(tx)?;
    for id in backup::unguarded_pending(tx)? {
        backup::unguarded_relink(tx, id, &invitation::token(&secret, id).hashed())?;
    }
    Ok(Ended {
        keys: if ending.keys { backup::unguarded_end_keys(tx, RESTORED)? } else { 0 },
        sessions: if ending.sessions { backup::unguarded_end_sessions(tx)? } else { 0 },
    })
}
