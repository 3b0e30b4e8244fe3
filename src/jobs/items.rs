//! Work that comes in items: each is done in a transaction of its own, and one that fails waits longer each time, alone.

use std::{collections::HashMap, fmt::Display, future::Future, hash::Hash, sync::Arc, time::Duration};

use parking_lot::Mutex;

use crate::{
    domain::{Result, time::Instant},
    store::{Store, Tx},
};

use super::runner::{Job, Round, Running, unharmed};

/// How long an item waits after its first failure; twice as long after each further one.
const FIRST_WAIT: Duration = Duration::from_secs(60);
/// After so many failures the wait grows no more: an hour and four minutes.
const DOUBLED: u32 = 6;

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// There was nothing to do any more: it is gone, or somebody else has done it.
    Nothing,
    /// It failed, and when it is due again is stored.
    Later,
}

/// Items of one kind.
pub trait Items: Send + Sync + 'static {
    /// What names one.
    type Id: Copy + Eq + Hash + Display + Send + Sync + 'static;

    /// Before each run.
    ///
    /// # Errors
    /// What keeps the job from running.
    fn begin(&self, store: &Store, now: Instant) -> impl Future<Output = Result<()>> + Send {
        let _ = (store, now);
        std::future::ready(Ok(()))
    }

    /// Some of those that are due, in their order, behind one of them.
    ///
    /// # Errors
    /// Those of the store.
    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, Self::Id)>) -> Result<Vec<(Instant, Self::Id)>>;

    /// Does one. Of two that try it at once, one gets [`Outcome::Nothing`]: what is asked of it is asked again in the transaction that does it.
    ///
    /// # Errors
    /// Why it failed. It is tried again later.
    fn one(&self, store: &Store, id: Self::Id) -> impl Future<Output = Result<Outcome>> + Send;

    /// When the next one is due after a moment, if it is known.
    ///
    /// # Errors
    /// Those of the store.
    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>>;

    /// Since when one waits whose next time is stored.
    ///
    /// # Errors
    /// Those of the store.
    fn waiting(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
        let _ = tx;
        Ok(None)
    }
}

/// The job that does these items.
pub fn job<I: Items>(name: &'static str, store: &Store, items: I) -> Job {
    let (store, items, waits) = (store.clone(), Arc::new(items), Arc::new(Mutex::new(Waits::default())));
    Job::new(name, move |round| -> Running {
        let (store, items, waits) = (store.clone(), items.clone(), waits.clone());
        Box::pin(async move { run(name, &store, &*items, &waits, &round).await })
    })
}

async fn run<I: Items>(name: &str, store: &Store, items: &I, waits: &Mutex<Waits<I::Id>>, round: &Round) -> Result<Option<Instant>> {
    let (now, mut behind, mut done, mut failed) = (round.now, None, 0, 0);
    items.begin(store, now).await?;
    waits.lock().mark();
    loop {
        let due = store.read(move |tx| I::due(tx, now, behind)).await?;
        for (_, id) in &due {
            if round.stopping.is_set() {
                return Ok(None);
            }
            if waits.lock().holds_back(*id, now) {
                continue;
            }
            match unharmed(items.one(store, *id)).await {
                Ok(outcome) => {
                    waits.lock().over(*id);
                    done += u64::from(outcome == Outcome::Done);
                    failed += u64::from(outcome == Outcome::Later);
                }
                Err(error) => {
                    let minutes = waits.lock().failed(*id, now).as_secs() / 60;
                    failed += 1;
                    tracing::warn!(job = name, item = %id, ?error, minutes, "an item of a job failed; it alone is tried again later");
                }
            }
        }
        behind = due.last().copied();
        if behind.is_none() {
            break;
        }
    }
    let (mut next, mut since) = store.read(move |tx| Ok((I::next(tx, now)?, I::waiting(tx)?))).await?;
    let (again, first) = waits.lock().sweep();
    next = next.into_iter().chain(again).min();
    since = since.into_iter().chain(first).min();
    round.gauge.lock().ran(now, (done, failed), since);
    Ok(next)
}

/// What has failed and is due all the same: kept in memory, and forgotten with what is due no more.
struct Waits<K>(HashMap<K, Wait>);

struct Wait {
    failures: u32,
    first: Instant,
    from: Instant,
    seen: bool,
}

impl<K> Default for Waits<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl Wait {
    fn span(&self) -> Duration {
        FIRST_WAIT * (1 << (self.failures - 1).min(DOUBLED))
    }
}

impl<K: Copy + Eq + Hash> Waits<K> {
    /// A run begins, in which nothing was seen yet.
    fn mark(&mut self) {
        self.0.values_mut().for_each(|wait| wait.seen = false);
    }

    /// Whether it is not this item's turn. A clock that was set back holds nothing back.
    fn holds_back(&mut self, id: K, now: Instant) -> bool {
        let Some(wait) = self.0.get_mut(&id) else { return false };
        wait.seen = true;
        now >= wait.from && now.since(wait.from) < wait.span()
    }

    fn over(&mut self, id: K) {
        self.0.remove(&id);
    }

    /// It failed again; how long it waits now.
    fn failed(&mut self, id: K, now: Instant) -> Duration {
        let wait = self.0.entry(id).or_insert(Wait { failures: 0, first: now, from: now, seen: true });
        (wait.failures, wait.from, wait.seen) = (wait.failures + 1, now, true);
        wait.span()
    }

    /// Forgets what was not seen in this run. When the next one is tried, and since when the first waits.
    fn sweep(&mut self) -> (Option<Instant>, Option<Instant>) {
        self.0.retain(|_, wait| wait.seen);
        let again = self.0.values().map(|wait| wait.from + wait.span()).min();
        (again, self.0.values().map(|wait| wait.first).min())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_that_fails_waits_twice_as_long_each_time_and_no_other_does() {
        let (mut waits, mut now) = (Waits::default(), Instant::from_seconds(0));
        for minutes in [1, 2, 4, 8, 16, 32, 64, 64] {
            assert!(!waits.holds_back('a', now), "its turn has come");
            assert_eq!(waits.failed('a', now), Duration::from_secs(60 * minutes));
            assert!(waits.holds_back('a', now) && !waits.holds_back('b', now));
            now = now + Duration::from_secs(60 * minutes);
            assert_eq!(waits.sweep(), (Some(now), Some(Instant::from_seconds(0))));
        }
        assert!(!waits.holds_back('a', Instant::from_seconds(-1)), "nothing waits for the time of a clock that was set back");
        waits.mark();
        assert_eq!(waits.sweep(), (None, None), "what is due no more is forgotten");
        assert!(waits.failed('a', now) == FIRST_WAIT, "and begins anew");
    }
}
