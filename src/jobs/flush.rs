//! Writes what requests noted in memory: new uses of keys at once, the rest each minute.

use std::sync::Arc;

use crate::{
    service::noted::{self, Noted},
    store::Store,
};

use super::runner::{Job, Running};

/// The job.
pub fn job(store: &Store, noted: Arc<Noted>) -> Job {
    let store = store.clone();
    let job = Job::new("flush", move |round| -> Running {
        let (store, noted) = (store.clone(), noted.clone());
        Box::pin(async move {
            let is_written = noted::flush(&noted, &store).await?;
            round.gauge.lock().ran(round.now, (u64::from(is_written), 0), None);
            Ok(None)
        })
    });
    job.woken_by(|wakers| &wakers.usage)
}
