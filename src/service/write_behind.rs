//! What requests note in memory, so that none of them writes or waits for it: last uses of keys and sessions, and counts. It is written
//! in batches.

use std::sync::Arc;

use crate::{
    domain::Result,
    store::{Store, Tx},
};

use super::{
    account::session::{self, Seen},
    key::{
        calls::{self, Calls},
        usage::{self, Usage},
    },
    project::traffic::{self, Traffic},
};

/// What waits to be written.
#[derive(Debug, Default)]
pub struct WriteBehind {
    /// When keys were last used.
    pub usage: Usage,
    /// When sessions were last used.
    pub seen: Seen,
    /// What is counted of projects and people.
    pub traffic: Traffic,
    /// What is counted of keys.
    pub calls: Calls,
}

/// Writes what was noted since the last time, in one commit; how much there was. What could not be written is kept for the
/// next time.
///
/// # Errors
/// Those of the store.
pub async fn flush(write_behind: &WriteBehind, store: &Store) -> Result<u64> {
    let taken = Arc::new((
        write_behind.usage.take(),
        write_behind.seen.take(),
        write_behind.traffic.tally().take(),
        write_behind.calls.tally().take(),
    ));
    let (uses, seen, counts, calls) = &*taken;
    let noted = uses.len() + seen.len() + counts.len() + calls.len();
    if noted == 0 {
        return Ok(0);
    }
    let writing = taken.clone();
    let work = move |tx: &mut Tx<'_>| {
        usage::write(tx, &writing.0)?;
        session::write_seen(tx, &writing.1)?;
        traffic::write(tx, &writing.2)?;
        calls::write(tx, &writing.3)
    };
    let written = store.write(work).await.inspect_err(|_| {
        write_behind.usage.put_back(uses);
        write_behind.seen.put_back(seen);
        write_behind.traffic.tally().add(counts);
        write_behind.calls.tally().add(calls);
    });
    written.map(|()| noted as u64)
}
