//! The calls with keys: counted in memory, written in batches, so that no request writes or waits for it; and read for the pages of a
//! key and of a service account.

use std::{collections::HashMap, mem, sync::Arc, time::Duration};

use parking_lot::Mutex;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        id::{KeyId, OrgId, UserId},
        key::{
            calls::{Count, Outcome},
            key::ApiKey,
        },
        org::activity::Activity,
        project::traffic,
        time::{DAY, Instant},
    },
    service::authorize,
    store::{
        Tx,
        key::calls::{self, Kind},
        org::{activity, service_account},
    },
};

use super::key::{KeyScope, get};

/// How long counts are kept: a month, and the day that began before it.
const KEPT: Duration = DAY.saturating_mul(32);
/// Different kinds held at most until they are written.
const HELD: usize = 50_000;
/// Lines of the activity that a page shows.
const LINES: u32 = 8;

/// The memory of what became of calls since counts were last written.
#[derive(Debug, Default)]
pub struct Calls(Mutex<HashMap<Kind, u64>>);

impl Calls {
    /// Counts one call with a key that there is.
    pub fn note(&self, key: KeyId, outcome: Outcome, at: Instant) {
        self.add(&[((key, traffic::hour(at), outcome), 1)]);
    }

    /// What was not written yet, in an order that is always the same.
    pub fn take(&self) -> Vec<(Kind, u64)> {
        let mut taken: Vec<_> = mem::take(&mut *self.0.lock()).into_iter().collect();
        taken.sort_unstable_by_key(|(kind, _)| *kind);
        taken
    }

    /// Adds counts; also those that could not be written, for the next time.
    pub fn add(&self, counts: &[(Kind, u64)]) {
        let mut held = self.0.lock();
        for (kind, n) in counts {
            if held.len() < HELD || held.contains_key(kind) {
                *held.entry(*kind).or_default() += n;
            }
        }
    }
}

/// Writes counts that were taken.
pub fn write(tx: &mut Tx<'_>, counts: &[(Kind, u64)]) -> Result<()> {
    calls::unguarded_add(tx, counts)
}

/// Whether counts are older than a month.
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let since = tx.now() - KEPT;
    calls::unguarded_old(tx, since)
}

/// Drops some of those that are; how many.
pub fn forget(tx: &mut Tx<'_>) -> Result<usize> {
    let since = tx.now() - KEPT;
    calls::unguarded_forget(tx, since)
}

/// What was done with keys and to them.
#[derive(Debug)]
pub struct Story {
    /// Calls by hour.
    pub counts: Vec<Count>,
    /// The newest lines of the activity.
    pub lines: Vec<Activity>,
}

/// One key of the scope, and what was done with it since a moment.
pub fn of_key(tx: &mut Tx<'_>, actor: &Arc<Actor>, scope: KeyScope, id: KeyId, since: Instant) -> Result<(ApiKey, Story)> {
    let key = get(tx, actor, scope, id)?;
    let (counts, lines) = (calls::of_key(tx, &key, since)?, activity::of_key(tx, &key, LINES)?);
    Ok((key, Story { counts, lines }))
}

/// What was done since a moment with all keys of a service account, and to them and it.
pub fn of_account(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, UserId), since: Instant) -> Result<Story> {
    let granted = authorize::org(tx, actor, at.0, Permission::AccessRead)?;
    let account = service_account::get(tx, &granted, at.1)?.id;
    let counts = calls::of_owner(tx, &granted, account, since)?;
    Ok(Story { counts, lines: activity::of_account(tx, &granted, account, LINES)? })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn key(n: u128) -> KeyId {
        KeyId::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn what_could_not_be_written_is_counted_with_what_came_since() {
        let (calls, at) = (Calls::default(), Instant::from_seconds(7_300));
        calls.note(key(1), Outcome::Answered, at);
        calls.note(key(1), Outcome::Answered, at);
        let taken = calls.take();
        assert_eq!((taken.len(), calls.take().len()), (1, 0));
        calls.note(key(1), Outcome::Answered, at);
        calls.add(&taken);
        assert_eq!(calls.take(), [((key(1), Instant::from_seconds(7_200), Outcome::Answered), 3)]);
    }

    #[test]
    fn the_memory_has_a_bound_and_what_is_in_it_goes_on_counting() {
        let (calls, at) = (Calls::default(), Instant::from_seconds(7_300));
        (0..HELD as u128 + 2_000).for_each(|n| calls.note(key(n), Outcome::Answered, at));
        calls.note(key(0), Outcome::Answered, at);
        let held = calls.take();
        assert_eq!((held.len(), held[0].1), (HELD, 2));
    }
}
