//! Publishes scheduled entries at their time, and at the start what fell due before.

use crate::{
    domain::{Result, id::EntryId, time::Instant},
    service::content::schedule,
    store::{Store, Tx},
};

use super::{
    items::{self, Disposition, Items},
    runner::Job,
};

struct Entries;

/// The job.
pub fn job(store: &Store) -> Job {
    items::job("publish", store, Entries).woken_by(|wakers| &wakers.schedule)
}

impl Items for Entries {
    type Id = EntryId;

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EntryId)>) -> Result<Vec<(Instant, EntryId)>> {
        schedule::due(tx, now, behind)
    }

    async fn one(&self, store: &Store, id: EntryId) -> Result<Disposition> {
        let is_done = store.write(move |tx| schedule::publish(tx, id)).await?;
        Ok(if is_done { Disposition::Done } else { Disposition::Nothing })
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        schedule::next(tx, after)
    }
}
