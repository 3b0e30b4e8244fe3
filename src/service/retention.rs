//! How long things are kept that are over, as the operator sets it; and dropping them after that, a few at a time.

use std::time::Duration;

use crate::{
    domain::{
        Result,
        content::version::upkeep::VersionRetention,
        time::{DAY, Instant},
    },
    store::{
        Tx,
        content::{trash, working::copy},
        file::erase,
        key::retention as keys,
        org::activity,
    },
};

/// How long; `None` for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Lines of the audit trail.
    pub activity: Option<Duration>,
    /// API keys that were revoked, have expired, or were replaced, since they ended.
    pub ended_keys: Option<Duration>,
    /// E-mails, since they were sent or have failed: to whom, which, and why not.
    pub emails: Option<Duration>,
    /// What is in the trash of projects, since it was deleted.
    pub trash: Option<Duration>,
    /// Working copies that nobody has saved, since their owner has touched them last. Those of entries that have not changed since then stay:
    /// they are the newest that anybody has written there.
    pub working_copies: Option<Duration>,
    /// Versions of entries, since they were made.
    pub versions: VersionRetention,
}

impl Default for Retention {
    fn default() -> Self {
        let (month, quarter) = (Some(DAY.saturating_mul(30)), Some(DAY.saturating_mul(90)));
        let versions = VersionRetention::default();
        Self { activity: None, ended_keys: None, emails: month, trash: month, working_copies: quarter, versions }
    }
}

/// The moment before which something is old.
fn until(tx: &Tx<'_>, kept: Option<Duration>) -> Option<Instant> {
    kept.map(|kept| tx.now() - kept)
}

/// Whether there are old lines in the audit trail.
pub fn any_activity(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<bool> {
    until(tx, kept).map_or(Ok(false), |until| activity::unguarded_any_old(tx, until))
}

/// Drops some of them; how many.
pub fn forget_activity(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<usize> {
    until(tx, kept).map_or(Ok(0), |until| activity::unguarded_forget(tx, until))
}

/// Whether there are keys that ended long ago.
pub fn any_key(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<bool> {
    until(tx, kept).map_or(Ok(false), |until| keys::unguarded_any_ended(tx, until))
}

/// Drops some of them; how many.
pub fn forget_keys(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<usize> {
    until(tx, kept).map_or(Ok(0), |until| keys::unguarded_forget(tx, until))
}

/// Whether something has been in the trash for too long.
pub fn any_trash(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<bool> {
    until(tx, kept).map_or(Ok(false), |until| trash::unguarded_any_old(tx, until))
}

/// Deletes some of it for good; how many.
pub fn forget_trash(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<usize> {
    until(tx, kept).map_or(Ok(0), |until| trash::unguarded_forget(tx, until))
}

/// Whether there is something in the trash of files that has been there for too long.
pub fn any_file_trash(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<bool> {
    until(tx, kept).map_or(Ok(false), |until| erase::unguarded_any_old(tx, until))
}

/// Deletes some of it for good; how many.
pub fn forget_file_trash(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<usize> {
    until(tx, kept).map_or(Ok(0), |until| erase::unguarded_forget(tx, until))
}

/// Whether there are working copies that nobody has touched for too long.
pub fn any_working_copy(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<bool> {
    until(tx, kept).map_or(Ok(false), |until| copy::unguarded_any_old(tx, until))
}

/// Drops some of them; how many.
pub fn forget_working_copies(tx: &mut Tx<'_>, kept: Option<Duration>) -> Result<usize> {
    until(tx, kept).map_or(Ok(0), |until| copy::unguarded_forget(tx, until))
}
