//! Old versions become fewer, and small: see [`crate::domain::content::version::upkeep`].

use crate::{
    domain::{
        Result,
        content::version::upkeep::{Plan, Stored, VersionRetention, plan},
        id::EntryId,
        time::Instant,
    },
    store::{
        Tx,
        content::{
            upkeep::{self, Packed},
            working::copy,
        },
    },
};

/// Most versions that are packed in one transaction.
const MOST: usize = 50;

/// Entries whose versions are due, those behind one of them.
pub fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EntryId)>) -> Result<Vec<(Instant, EntryId)>> {
    upkeep::unguarded_due(tx, now, behind)
}

/// When the next entry is due after a moment.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    upkeep::unguarded_next_due(tx, after)
}

/// What was worked out for an entry, and from what.
#[derive(Debug, Clone)]
pub struct Prepared {
    from: Vec<Stored>,
    plan: Plan,
    packed: Vec<Packed>,
}

/// Works out what becomes of the versions of an entry. Packing takes a while, so a reader does it, on a thread that may be busy.
///
/// # Errors
/// Those of the store.
pub fn prepare(tx: &mut Tx<'_>, entry: EntryId, kept: VersionRetention) -> Result<Prepared> {
    let from = upkeep::unguarded_stored(tx, entry)?;
    let held = copy::unguarded_base_versions(tx, entry)?;
    let plan = plan(&from, &held, kept, tx.now(), MOST);
    let packed = upkeep::unguarded_packed(tx, entry, &plan)?;
    Ok(Prepared { from, plan, packed })
}

/// Stores what was worked out; whether it still held. What was changed meanwhile is looked at anew the next time.
///
/// # Errors
/// Those of the store.
pub fn apply(tx: &mut Tx<'_>, entry: EntryId, ready: &Prepared) -> Result<bool> {
    if upkeep::unguarded_stored(tx, entry)? != ready.from {
        return Ok(false);
    }
    upkeep::unguarded_apply(tx, entry, &ready.plan, &ready.packed)?;
    Ok(true)
}
