//! Deleted organizations and projects: their rows stay for 30 days, in case it was a mistake that the operator can undo; then they go, with
//! all that hangs on them, a step at a time.

use std::time::Duration;

use crate::{
    domain::{Result, time::DAY},
    store::{Tx, org::purge},
};

/// What was deleted stays so long.
pub(in crate::service) const KEPT: Duration = DAY.saturating_mul(30);

/// Whether an organization is to go.
pub fn any_org(tx: &mut Tx<'_>) -> Result<bool> {
    let until = tx.now() - KEPT;
    Ok(purge::unguarded_due_org(tx, until)?.is_some())
}

/// Drops some of one; how many rows.
pub fn shrink_org(tx: &mut Tx<'_>) -> Result<usize> {
    let until = tx.now() - KEPT;
    purge::unguarded_due_org(tx, until)?.map_or(Ok(0), |org| purge::unguarded_shrink_org(tx, org))
}

/// Whether a project is to go.
pub fn any_project(tx: &mut Tx<'_>) -> Result<bool> {
    let until = tx.now() - KEPT;
    Ok(purge::unguarded_due_project(tx, until)?.is_some())
}

/// Drops some of one; how many rows.
pub fn shrink_project(tx: &mut Tx<'_>) -> Result<usize> {
    let until = tx.now() - KEPT;
    purge::unguarded_due_project(tx, until)?.map_or(Ok(0), |project| purge::unguarded_shrink_project(tx, project))
}
