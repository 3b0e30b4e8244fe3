//! A creation under a caller's key is made once: its answer is stored together with what it made, and given again to whoever
//! still passes the gates that it passed.

use std::{collections::HashSet, sync::Arc};

use parking_lot::Mutex;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Passed},
        error::Fault,
        id::KeyId,
        idempotency::{LIFE, Past, Request, StoredAnswer},
        time::{DAY, Instant},
    },
    store::{Tx, idempotency},
};

use super::authorize;

/// What became of a request.
#[derive(Debug)]
pub enum Made<T> {
    /// It was done now.
    New(T),
    /// It was done before, and this was the answer.
    Before(StoredAnswer),
}

/// Runs `work`, unless the caller had it done before. `kept` is the answer for a repeat. What is refused is not kept, so that
/// a corrected request may come under the same key.
///
/// # Errors
/// Unprocessable when the key stands for another request; those of `work`; `NotFound` and `Denied` for a repeat, when the caller
/// has lost the right meanwhile.
pub fn once<T>(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    request: &Request,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    kept: impl FnOnce(&T) -> Result<StoredAnswer>,
) -> Result<Made<T>> {
    let Some(caller) = actor.key().map(|key| key.id) else { return work(tx).map(Made::New) };
    if let Some(answer) = find_answer(tx, actor, request)? {
        return Ok(Made::Before(answer));
    }
    tx.watch(actor);
    let made = work(tx)?;
    let gates = lasting(tx, actor)?;
    idempotency::unguarded_keep(tx, caller, request, &gates, &kept(&made)?)?;
    Ok(Made::New(made))
}

/// The answer that a request had before. What is not made in one transaction asks before it begins, and says [`once`] where it ends.
///
/// # Errors
/// As [`once`].
pub fn find_answer(tx: &mut Tx<'_>, actor: &Arc<Actor>, request: &Request) -> Result<Option<StoredAnswer>> {
    let Some(caller) = actor.key().map(|key| key.id) else { return Ok(None) };
    let since = tx.now() - LIFE;
    match idempotency::unguarded_find(tx, caller, &request.key, since)? {
        Some(Past { fingerprint, gates, answer }) if fingerprint == request.fingerprint => {
            gates.iter().try_for_each(|gate| authorize::again(tx, actor, gate))?;
            Ok(Some(answer))
        }
        Some(_) => Err(Error::Unprocessable(Fault::new(
            "Idempotency-Key",
            "key_reused",
            "This Idempotency-Key was used for another request. Choose a new one.",
        ))),
        None => Ok(None),
    }
}

/// The gates that were passed. Whoever gave the right away by what they did must still see the place.
fn lasting(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Vec<Passed>> {
    let mut passed = tx.unwatch();
    for gate in &mut passed {
        if authorize::if_granted(authorize::again(tx, actor, gate))?.is_none() {
            *gate = gate.seeing();
        }
    }
    Ok(passed)
}

/// Whether answers are kept whose time is over.
///
/// # Errors
/// Those of the store.
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let since = over(tx);
    idempotency::unguarded_old(tx, since)
}

/// Drops some answers whose time is over; how many.
///
/// # Errors
/// Those of the store.
pub fn forget(tx: &mut Tx<'_>) -> Result<usize> {
    let since = over(tx);
    idempotency::unguarded_forget(tx, since)
}

/// Answers stay a week longer than they are given out: a clock that ran ahead for a while must not make something twice.
fn over(tx: &Tx<'_>) -> Instant {
    tx.now() - LIFE - DAY * 7
}

/// Requests under a key that are not answered yet.
#[derive(Debug, Default)]
pub struct InFlight(Mutex<HashSet<(KeyId, String)>>);

impl InFlight {
    /// Whether nobody answers this request yet; from here on somebody does.
    pub fn begin(&self, of: (KeyId, String)) -> bool {
        self.0.lock().insert(of)
    }

    /// It is answered.
    pub fn end(&self, of: &(KeyId, String)) {
        self.0.lock().remove(of);
    }
}
