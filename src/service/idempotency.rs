//! A creation under a caller's key is made once: its answer is stored together with what it made, and given again.

use crate::domain::{
    Error, Result,
    access::Actor,
    error::Fault,
    idempotency::{Kept, LIFE, Request},
    time::Instant,
};
use crate::store::{Tx, idempotency};

/// What became of a request.
#[derive(Debug)]
pub enum Made<T> {
    /// It was done now.
    New(T),
    /// It was done before, and this was the answer.
    Before(Kept),
}

/// Runs `work`, unless the caller had it done before. `kept` is the answer for a repeat. What is refused is not kept, so that
/// a corrected request may come under the same key.
///
/// # Errors
/// Unprocessable when the key stands for another request; those of `work`.
pub fn once<T>(
    tx: &mut Tx<'_>,
    actor: &Actor,
    request: &Request,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    kept: impl FnOnce(&T) -> Result<Kept>,
) -> Result<Made<T>> {
    let Some(caller) = actor.key().map(|key| key.id) else { return work(tx).map(Made::New) };
    let since = tx.now() - LIFE;
    match idempotency::unguarded_find(tx, caller, &request.key, since)? {
        Some((fingerprint, answer)) if fingerprint == request.fingerprint => Ok(Made::Before(answer)),
        Some(_) => Err(Error::Unprocessable(Fault::new(
            "Idempotency-Key",
            "key_reused",
            "This Idempotency-Key was used for another request. Choose a new one.",
        ))),
        None => {
            let made = work(tx)?;
            idempotency::unguarded_keep(tx, caller, request, &kept(&made)?)?;
            Ok(Made::New(made))
        }
    }
}

/// Whether answers are kept whose time is over.
///
/// # Errors
/// Those of the store.
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let since = over(tx);
    idempotency::unguarded_old(tx, since)
}

/// Drops answers whose time is over.
///
/// # Errors
/// Those of the store.
pub fn forget(tx: &mut Tx<'_>) -> Result<()> {
    let since = over(tx);
    idempotency::unguarded_forget(tx, since)
}

fn over(tx: &Tx<'_>) -> Instant {
    tx.now() - LIFE
}
