//! What happens by itself, beside the requests: one file a job, and one runner for all of them.
//!
//! A job says when it has work; what that work is stands in `service`. It knows nothing of requests.

pub mod backup;
pub mod domain;
pub mod email;
pub mod files;
pub mod flush;
pub mod items;
pub mod pictures;
pub mod publish;
pub mod reminder;
pub mod runner;
pub mod sweep;
pub mod versions;
pub mod webhook;

use std::sync::Arc;

use crate::{
    service::{
        account::mail::Mailer,
        file::blob::bytes::Blobs,
        project::{domain::Names, webhook::carrying::Carrier},
        retention::Retention,
        write_behind::WriteBehind,
    },
    store::Store,
};
use backup::Backups;
use runner::Job;

/// What the jobs are given by whoever puts the server together.
pub struct Given {
    /// What requests note in memory.
    pub write_behind: Arc<WriteBehind>,
    /// Where the instance is reached from outside; no `/` at the end.
    pub public_url: String,
    /// Where backups are kept, and how often one is made, where that is wished.
    pub backups: Option<Backups>,
    /// How long is kept what is over.
    pub retention: Retention,
    /// The bytes of files.
    pub files: Arc<Blobs>,
    /// What e-mails are sent by, where there is something.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// What is asked for the records of domains.
    pub names: Arc<dyn Names>,
    /// What carries the messages of webhooks.
    pub carrier: Arc<dyn Carrier>,
}

/// All jobs of a server.
pub fn all(store: &Store, given: Given) -> Vec<Job> {
    let mut jobs = vec![
        publish::job(store),
        reminder::job(store, given.public_url.clone(), given.mailer.is_some()),
        webhook::job(store, given.carrier, given.public_url, given.mailer.is_some()),
        flush::job(store, given.write_behind),
        sweep::job(store, given.retention),
        files::job(store, given.files.outside().ok().cloned()),
        pictures::job(store, given.files),
        versions::job(store, given.retention.versions),
        domain::job(store, given.names),
    ];
    jobs.extend(given.backups.map(|backups| backup::job(store, backups)));
    jobs.extend(given.mailer.map(|mailer| email::job(store, mailer)));
    jobs
}
