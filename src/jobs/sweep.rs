//! Drops what is over: each kind in transactions of its own, and only where there is something to drop.

use crate::{
    domain::Result,
    service::{
        account::delivery,
        content::front::change,
        file::version,
        form::{attachment, submission},
        form_token, idempotency,
        key::calls,
        org::purge,
        project::{traffic, webhook::carrying},
        retention::{self, Retention},
    },
    store::{Store, Tx},
};

use super::runner::{Job, Round, Running};

/// Something that is kept for a while.
struct Expiring {
    what: &'static str,
    is_old: fn(&mut Tx<'_>, &Retention) -> Result<bool>,
    /// Drops some of it; how much.
    drop: fn(&mut Tx<'_>, &Retention) -> Result<usize>,
}

const ALL: [Expiring; 17] = [
    Expiring { what: "submissions of forms", is_old: |tx, _| submission::any_expired(tx), drop: |tx, _| submission::forget_expired(tx) },
    Expiring { what: "tokens of forms", is_old: |tx, _| form_token::any_old(tx), drop: |tx, _| form_token::forget(tx) },
    Expiring { what: "answers to repeats", is_old: |tx, _| idempotency::any_old(tx), drop: |tx, _| idempotency::forget(tx) },
    Expiring {
        what: "deliveries that have ended",
        is_old: |tx, kept| delivery::any_old(tx, kept.emails),
        drop: |tx, kept| delivery::forget(tx, kept.emails),
    },
    Expiring { what: "messages of webhooks", is_old: |tx, _| carrying::any_old(tx), drop: |tx, _| carrying::forget(tx) },
    Expiring { what: "counts of requests", is_old: |tx, _| traffic::any_old(tx), drop: |tx, _| traffic::forget(tx) },
    Expiring { what: "counts of calls with keys", is_old: |tx, _| calls::any_old(tx), drop: |tx, _| calls::forget(tx) },
    Expiring { what: "changes that were told for long", is_old: |tx, _| change::any_old(tx), drop: |tx, _| change::forget(tx) },
    Expiring { what: "deleted organizations", is_old: |tx, _| purge::any_org(tx), drop: |tx, _| purge::shrink_org(tx) },
    Expiring { what: "deleted projects", is_old: |tx, _| purge::any_project(tx), drop: |tx, _| purge::shrink_project(tx) },
    Expiring {
        what: "lines of the audit trail",
        is_old: |tx, kept| retention::any_activity(tx, kept.activity),
        drop: |tx, kept| retention::forget_activity(tx, kept.activity),
    },
    Expiring {
        what: "keys that ended",
        is_old: |tx, kept| retention::any_key(tx, kept.ended_keys),
        drop: |tx, kept| retention::forget_keys(tx, kept.ended_keys),
    },
    Expiring {
        what: "what is in the trash",
        is_old: |tx, kept| retention::any_trash(tx, kept.trash),
        drop: |tx, kept| retention::forget_trash(tx, kept.trash),
    },
    Expiring {
        what: "files in the trash",
        is_old: |tx, kept| retention::any_file_trash(tx, kept.trash),
        drop: |tx, kept| retention::forget_file_trash(tx, kept.trash),
    },
    Expiring { what: "versions of files", is_old: |tx, _| version::any_due(tx), drop: |tx, kept| version::thin(tx, kept.versions) },
    Expiring {
        what: "working copies that nobody touches",
        is_old: |tx, kept| retention::any_working_copy(tx, kept.working_copies),
        drop: |tx, kept| retention::forget_working_copies(tx, kept.working_copies),
    },
    // Behind all that deletes submissions.
    Expiring {
        what: "files of submissions that are gone",
        is_old: |tx, _| attachment::any_left(tx),
        drop: |tx, _| attachment::forget_left(tx),
    },
];

/// The job; what is over stays as long as `kept` says.
pub fn job(store: &Store, kept: Retention) -> Job {
    let store = store.clone();
    Job::new("sweep", move |round| -> Running {
        let store = store.clone();
        Box::pin(async move {
            run(&store, &round, kept).await;
            Ok(None)
        })
    })
}

async fn run(store: &Store, round: &Round, kept: Retention) {
    let (mut done, mut failed) = (0, 0);
    for Expiring { what, is_old, drop } in ALL {
        match sweep(store, round, move |tx| is_old(tx, &kept), move |tx| drop(tx, &kept)).await {
            Ok(swept) => done += swept,
            Err(error) => {
                failed += 1;
                tracing::warn!(job = "sweep", what, ?error, "what is over could not be dropped; it is tried again within a minute");
            }
        }
    }
    let mut gauge = round.gauge.lock();
    let since = (failed > 0).then(|| gauge.waiting_since.unwrap_or(round.now));
    gauge.ran(round.now, (done, failed), since);
}

async fn sweep(
    store: &Store,
    round: &Round,
    is_old: impl Fn(&mut Tx<'_>) -> Result<bool> + Copy + Send + 'static,
    drop: impl Fn(&mut Tx<'_>) -> Result<usize> + Copy + Send + 'static,
) -> Result<u64> {
    let mut swept = 0;
    while !round.stopping.is_set() && store.read(is_old).await? {
        swept += store.write(drop).await? as u64;
        round.gauge.lock().works(store.now());
    }
    Ok(swept)
}
