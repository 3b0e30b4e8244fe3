//! Drops what is over: each kind in transactions of its own, and only where there is something to drop.

use crate::{
    domain::Result,
    service::{account::delivery, form_token, idempotency, key::calls, org::purge, project::traffic},
    store::{Store, Tx},
};

use super::runner::{Job, Round, Running};

/// Something that is kept for a while.
struct Expiring {
    what: &'static str,
    is_old: fn(&mut Tx<'_>) -> Result<bool>,
    /// Drops some of it; how much.
    drop: fn(&mut Tx<'_>) -> Result<usize>,
}

const ALL: [Expiring; 7] = [
    Expiring { what: "tokens of forms", is_old: form_token::any_old, drop: form_token::forget },
    Expiring { what: "answers to repeats", is_old: idempotency::any_old, drop: idempotency::forget },
    Expiring { what: "deliveries that have ended", is_old: delivery::any_old, drop: delivery::forget },
    Expiring { what: "counts of requests", is_old: traffic::any_old, drop: traffic::forget },
    Expiring { what: "counts of calls with keys", is_old: calls::any_old, drop: calls::forget },
    Expiring { what: "deleted organizations", is_old: purge::any_org, drop: purge::shrink_org },
    Expiring { what: "deleted projects", is_old: purge::any_project, drop: purge::shrink_project },
];

/// The job.
pub fn job(store: &Store) -> Job {
    let store = store.clone();
    Job::new("sweep", move |round| -> Running {
        let store = store.clone();
        Box::pin(async move {
            run(&store, &round).await;
            Ok(None)
        })
    })
}

async fn run(store: &Store, round: &Round) {
    let (mut done, mut failed) = (0, 0);
    for Expiring { what, is_old, drop } in ALL {
        match sweep(store, is_old, drop, round).await {
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
    is_old: fn(&mut Tx<'_>) -> Result<bool>,
    drop: fn(&mut Tx<'_>) -> Result<usize>,
    round: &Round,
) -> Result<u64> {
    let mut swept = 0;
    while !round.stopping.is_set() && store.read(is_old).await? {
        swept += store.write(drop).await? as u64;
        round.gauge.lock().works(store.now());
    }
    Ok(swept)
}
