//! Drops what was kept long enough, a few at a time. What is kept for ever is never old.

use std::time::Duration;

use crate::{
    domain::{Result, time::Instant},
    store::{Tx, key::retention as keys, org::activity},
};

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
