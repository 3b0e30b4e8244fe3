//! Writes what requests noted in memory: new uses of keys at once, the rest each minute.

use std::sync::Arc;

use crate::{
    service::write_behind::{self, WriteBehind},
    store::Store,
};

use super::runner::{Job, Running};

/// The job.
pub fn job(store: &Store, write_behind: Arc<WriteBehind>) -> Job {
    let store = store.clone();
    let job = Job::new("flush", move |round| -> Running {
        let (store, write_behind) = (store.clone(), write_behind.clone());
        Box::pin(async move {
            let written = write_behind::flush(&write_behind, &store).await?;
            round.gauge.lock().ran(round.now, (written, 0), None);
            Ok(None)
        })
    });
    job.woken_by(|wakers| &wakers.usage)
}
