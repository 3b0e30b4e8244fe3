//! Old versions of entries become fewer, and are packed.

use crate::{
    domain::{Result, content::version::upkeep::VersionRetention, id::EntryId, time::Instant},
    service::content::upkeep,
    store::{Store, Tx},
};

use super::{
    items::{self, Disposition, Items},
    runner::Job,
};

struct Entries {
    kept: VersionRetention,
}

/// The job.
pub fn job(store: &Store, kept: VersionRetention) -> Job {
    items::job("versions", store, Entries { kept })
}

impl Items for Entries {
    type Id = EntryId;

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, EntryId)>) -> Result<Vec<(Instant, EntryId)>> {
        upkeep::due(tx, now, behind)
    }

    async fn one(&self, store: &Store, id: EntryId) -> Result<Disposition> {
        let is_done = upkeep::tidy(store, id, self.kept).await?;
        Ok(if is_done { Disposition::Done } else { Disposition::Nothing })
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        upkeep::next(tx, after)
    }
}
