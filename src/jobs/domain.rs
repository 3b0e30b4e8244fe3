//! Looks for the records of domains again: of those that are served daily, of those that are not yet each hour.

use std::sync::Arc;

use crate::{
    domain::{Result, id::DomainId, time::Instant},
    service::project::domain::{self, Names},
    store::{Store, Tx},
};

use super::{
    items::{self, Disposition, Items},
    runner::Job,
};

struct Domains(Arc<dyn Names>);

/// The job.
pub fn job(store: &Store, names: Arc<dyn Names>) -> Job {
    items::job("domain", store, Domains(names))
}

impl Items for Domains {
    type Id = DomainId;

    /// Servers of names may take their time.
    const AT_ONCE: usize = 4;

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, DomainId)>) -> Result<Vec<(Instant, DomainId)>> {
        domain::due(tx, now, behind)
    }

    async fn one(&self, store: &Store, id: DomainId) -> Result<Disposition> {
        let Some(record) = store.read(move |tx| domain::record(tx, id)).await? else { return Ok(Disposition::Nothing) };
        let found = self.0.texts(record).await;
        let is_done = store.write(move |tx| domain::settle_if_due(tx, id, &found)).await?;
        Ok(if is_done { Disposition::Done } else { Disposition::Nothing })
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        domain::next(tx, after)
    }
}
