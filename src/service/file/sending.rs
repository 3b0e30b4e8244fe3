//! One file that comes in at an address of its own, once.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::Actor,
        file::{
            draft::About,
            file::File,
            sending::{LIFE, Pass},
        },
        id::ProjectPath,
        key::secret::PlainToken,
        time::Instant,
    },
    service::{instance::sealing_secret, key::token},
    store::Tx,
};

use super::{
    blob::bytes::Blobs,
    file::{Incoming, create},
    upload,
};

/// What an address says that leads nowhere, or not any more.
const NOUN: &str = "upload";

/// An address to which a file may be sent.
#[derive(Debug)]
pub struct Sending {
    /// What makes its address.
    pub token: PlainToken,
    /// When it ends.
    pub ends_at: Instant,
}

/// Makes an address for a file of so many bytes, of which this is said.
///
/// # Errors
/// Those of the gate; all faults; the file is too large, or the quota is reached; not found, where no key calls.
pub fn open(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, about: (&About, u64), blobs: &Blobs) -> Result<Sending> {
    let key = actor.key().ok_or(Error::NotFound(NOUN))?.id;
    let begun = upload::start(tx, actor, at, about, blobs)?;
    let ends_at = tx.now() + LIFE;
    let token = Pass { at, upload: begun.id, key, ends_at }.seal(&sealing_secret(tx)?);
    Ok(Sending { token, ends_at })
}

/// Who sends to an address, and where to.
///
/// # Errors
/// Not found: the address has ended, was used, or its key does not live any more; those of the gate.
pub fn authorize(tx: &mut Tx<'_>, token: &str) -> Result<(Arc<Actor>, ProjectPath)> {
    let (actor, pass) = find_pass(tx, token)?;
    upload::get(tx, &actor, pass.at, pass.upload)?;
    Ok((actor, pass.at))
}

/// Makes the file of what came to an address, which ends with that.
///
/// # Errors
/// Those of [`authorize`] and of a new file.
pub fn end(tx: &mut Tx<'_>, token: &str, bytes: &Incoming<'_>) -> Result<File> {
    let (actor, pass) = find_pass(tx, token)?;
    let begun = upload::get(tx, &actor, pass.at, pass.upload)?;
    upload::cancel(tx, &actor, pass.at, pass.upload)?;
    create(tx, &actor, pass.at, &begun.about, bytes)
}

fn find_pass(tx: &mut Tx<'_>, token: &str) -> Result<(Arc<Actor>, Pass)> {
    let nowhere = || Error::NotFound(NOUN);
    let pass = Pass::open(token, &sealing_secret(tx)?, tx.now()).ok_or_else(nowhere)?;
    let actor = token::living_key(tx, pass.key)?.ok_or_else(nowhere)?;
    Ok((actor, pass))
}
