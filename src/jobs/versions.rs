//! Old versions of entries become fewer, and are packed.

use tokio::task::spawn_blocking;

use crate::{
    domain::{Error, Result, content::version::upkeep::VersionRetention, id::EntryId, time::Instant},
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
        let (reader, kept) = (store.clone(), self.kept);
        let ready = spawn_blocking(move || reader.read_now(|tx| upkeep::prepare(tx, id, kept))).await;
        let ready = ready.map_err(|error| Error::Internal(error.to_string())).flatten()?;
        let is_done = store.write(move |tx| upkeep::apply(tx, id, &ready)).await?;
        Ok(if is_done { Disposition::Done } else { Disposition::Nothing })
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        upkeep::next(tx, after)
    }
}
