//! Makes the smaller pictures of files, one after the other.

use std::sync::Arc;

use crate::{
    domain::{Result, id::FileId, time::Instant},
    service::file::{blob::bytes::Blobs, variant},
    store::{Store, Tx},
};

use super::{
    items::{self, Disposition, Items},
    runner::Job,
};

struct Pictures(Arc<Blobs>);

/// The job, with the bytes of files.
pub fn job(store: &Store, files: Arc<Blobs>) -> Job {
    items::job("pictures", store, Pictures(files)).woken_by(|wakers| &wakers.pictures)
}

impl Items for Pictures {
    type Id = FileId;

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, FileId)>) -> Result<Vec<(Instant, FileId)>> {
        variant::due(tx, now, behind)
    }

    async fn one(&self, _: &Store, id: FileId) -> Result<Disposition> {
        let is_done = variant::make(&self.0, id).await?;
        Ok(if is_done { Disposition::Done } else { Disposition::Nothing })
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        variant::next(tx, after)
    }
}
