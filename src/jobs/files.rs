//! Drops the bytes of files that nothing refers to any more, and those of uploads that were broken off.

use std::sync::Arc;

use crate::{
    domain::{Result, id::BlobId, time::Instant},
    service::file::blob::{bytes, store::BlobStore},
    store::{Store, Tx, file::blob::Gone},
};

use super::{
    items::{self, Disposition, Items},
    runner::Job,
};

struct Files {
    folder: Option<Arc<dyn BlobStore>>,
}

/// The job; some bytes may lie in this folder.
pub fn job(store: &Store, folder: Option<Arc<dyn BlobStore>>) -> Job {
    items::job("files", store, Files { folder }).woken_by(|wakers| &wakers.files)
}

impl Items for Files {
    type Id = BlobId;

    /// What is left in the folder goes first; what an item leaves there, the next time.
    async fn begin(&self, store: &Store, _: Instant) -> Result<()> {
        match &self.folder {
            Some(folder) => bytes::tidy(store, folder).await,
            None => Ok(()),
        }
    }

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, BlobId)>) -> Result<Vec<(Instant, BlobId)>> {
        bytes::due(tx, now, behind)
    }

    /// A few pieces in each transaction, so that no write waits for all of them.
    async fn one(&self, store: &Store, id: BlobId) -> Result<Disposition> {
        loop {
            match store.write_piece(move |tx| bytes::drop_some(tx, id)).await? {
                Gone::Partly => {}
                Gone::Wholly => return Ok(Disposition::Done),
                Gone::Stays => return Ok(Disposition::Nothing),
            }
        }
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        bytes::next(tx, after)
    }
}
