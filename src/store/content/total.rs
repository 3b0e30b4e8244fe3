//! Totals of long lists, kept at each write. What a transaction counts is gathered, and written at its end in one order: two that
//! count the same hold no row for long, and none waits for the other in a circle.

use std::{fmt::Display, mem};

use crate::{
    domain::{
        Result,
        id::{AppId, EntryId, FolderId, OrgId, ProjectId},
    },
    store::{Tx, sql},
};

statements! {
    ADD = "INSERT INTO counters (owner, what, slot, n) VALUES ($1, $2, $3, $4)
           ON CONFLICT (owner, what, slot) DO UPDATE SET n = counters.n + excluded.n";
    TOTAL = "SELECT CAST(SUM(n) AS BIGINT) FROM counters WHERE owner = $1 AND what = $2";
}

/// What totals belong to: an id that was read, or that a grant holds, and no text that somebody has sent.
pub(in crate::store) trait CountOwner: Display {}

impl CountOwner for OrgId {}
impl CountOwner for ProjectId {}
impl CountOwner for AppId {}
impl CountOwner for EntryId {}
impl CountOwner for FolderId {}

impl Tx<'_> {
    /// Adds to a maintained total, at the end of the transaction.
    pub(in crate::store) fn count(&mut self, owner: impl CountOwner, what: &str, by: i64) {
        *self.counts.entry((owner.to_string(), what.to_owned())).or_default() += by;
    }

    /// A maintained total, with what this transaction has counted.
    pub(in crate::store) fn total(&mut self, owner: impl CountOwner, what: &str) -> Result<u64> {
        let owner = owner.to_string();
        let stored = sql::number(self.one(&TOTAL, &[owner.as_str().into(), what.into()])?, "counters")?;
        let counted = self.counts.get(&(owner, what.to_owned())).copied().unwrap_or_default();
        Ok(stored.saturating_add_signed(counted))
    }

    /// Writes what was counted: the last that a transaction writes.
    pub(in crate::store) fn write_counts(&mut self) -> Result<()> {
        let slot = self.session.slot();
        for ((owner, what), by) in mem::take(&mut self.counts).into_iter().filter(|(_, by)| *by != 0) {
            self.run(&ADD, &[owner.into(), what.into(), slot.into(), by.into()])?;
        }
        Ok(())
    }
}
