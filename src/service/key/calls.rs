//! The calls with keys: counted in memory, written in batches, so that no request writes or waits for it; and read for the pages of a
//! key and of a service account.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        id::{KeyId, OrgId, UserId},
        key::{
            calls::{CallOutcome, Count},
            key::ApiKey,
        },
        org::activity::Activity,
        project::traffic::{self, KEPT},
        time::Instant,
    },
    service::{authorize, tally::Tally},
    store::{
        Tx,
        key::calls::{self, Kind},
        org::{activity, service_account},
    },
};

use super::key::{KeyScope, get};

/// Lines of the activity that a page shows.
const LINES: u32 = 8;

/// The memory of what became of calls since counts were last written.
#[derive(Debug, Default)]
pub struct Calls(Tally<Kind>);

impl Calls {
    /// Counts one call with a key that there is.
    pub fn note(&self, key: KeyId, outcome: CallOutcome, at: Instant) {
        self.0.add(&[((key, traffic::hour(at), outcome), 1)]);
    }

    /// What is counted.
    pub const fn tally(&self) -> &Tally<Kind> {
        &self.0
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
