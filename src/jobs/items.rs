//! Work that comes in items: each is done in a transaction of its own, and one that fails waits longer each time, alone.

use std::{
    collections::{HashMap, HashSet},
    fmt::Display,
    future::Future,
    hash::Hash,
    sync::Arc,
    time::Duration,
};

use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use parking_lot::Mutex;

use crate::{
    domain::{Result, time::Instant},
    service::gauges::Gauge,
    store::{Store, Tx},
};

use super::runner::{Job, Round, Running, unharmed};

/// How long an item waits after its first failure; twice as long after each further one.
const FIRST_WAIT: Duration = Duration::from_secs(60);
/// After so many failures the wait grows no more: an hour and four minutes.
const DOUBLED: u32 = 6;

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
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

    /// How many are done side by side at most. More than one where one may wait for what is not in the house.
    const AT_ONCE: usize = 1;

    /// Before each look for what is due.
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

    /// Does one. Of two that try it at once, one gets [`Disposition::Nothing`]: what is asked of it is asked again in the transaction that does it.
    ///
    /// # Errors
    /// Why it failed. It is tried again later.
    fn one(&self, store: &Store, id: Self::Id) -> impl Future<Output = Result<Disposition>> + Send;

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
    let (all, ids) = (FuturesUnordered::new(), HashSet::new());
    let mut in_hand = InHand { name, store, items, waits, gauge: &round.gauge, all, ids, is_due_again: false, has_failed: false };
    let next = looks(&mut in_hand, round).await;
    // What was begun is brought to its end, also when the job ends or could not look for more: an e-mail that went out is to be noted.
    while in_hand.one_ends().await {}
    next
}

/// Looks for what is due until nothing of it is in hand any more. Meanwhile what is new and what falls due is begun, too.
async fn looks<I: Items>(in_hand: &mut InHand<'_, I>, round: &Round) -> Result<Option<Instant>> {
    let (store, mut now) = (in_hand.store, round.now);
    loop {
        in_hand.items.begin(store, now).await?;
        in_hand.waits.lock().mark(&in_hand.ids);
        in_hand.is_due_again = false;
        begin_all(in_hand, round, now).await?;
        while !in_hand.ids.is_empty() && !round.stopping.is_set() {
            in_hand.gauge.lock().works(store.now());
            let stored = store.read(move |tx| I::next(tx, now)).await?;
            let next = stored.into_iter().chain(in_hand.waits.lock().next_try()).min();
            tokio::select! { biased; _ = in_hand.one_ends() => if in_hand.is_due_again { break }, () = round.rest(store, next) => break }
        }
        if round.stopping.is_set() {
            return Ok(None);
        }
        let (stored, since) = store.read(move |tx| Ok((I::next(tx, now)?, I::waiting(tx)?))).await?;
        let (again, first) = in_hand.waits.lock().sweep();
        round.gauge.lock().looked(now, since.into_iter().chain(first).min());
        if in_hand.ids.is_empty() {
            if !in_hand.has_failed {
                round.gauge.lock().last_success = Some(now);
            }
            return Ok(stored.into_iter().chain(again).min());
        }
        now = store.now();
    }
}

/// Begins each item that is due, as soon as there is room for it.
async fn begin_all<I: Items>(in_hand: &mut InHand<'_, I>, round: &Round, now: Instant) -> Result<()> {
    let (store, mut behind) = (in_hand.store, None);
    loop {
        let due = store.read(move |tx| I::due(tx, now, behind)).await?;
        for (_, id) in &due {
            while in_hand.ids.len() >= I::AT_ONCE && in_hand.one_ends().await {}
            if round.stopping.is_set() {
                return Ok(());
            }
            if in_hand.ids.contains(id) {
                in_hand.is_due_again = true;
            } else if !in_hand.waits.lock().holds_back(*id, now) {
                in_hand.begin(*id, now);
            }
        }
        behind = due.last().copied();
        if behind.is_none() {
            return Ok(());
        }
    }
}

/// An item, when it was begun, and how it ended.
type Ended<K> = (K, Instant, Result<Disposition>);

/// The items that are being done, side by side.
struct InHand<'r, I: Items> {
    name: &'r str,
    store: &'r Store,
    items: &'r I,
    waits: &'r Mutex<Waits<I::Id>>,
    all: FuturesUnordered<BoxFuture<'r, Ended<I::Id>>>,
    ids: HashSet<I::Id>,
    /// Whether one was due again while it was in hand.
    is_due_again: bool,
    gauge: &'r Mutex<Gauge>,
    has_failed: bool,
}

impl<I: Items> InHand<'_, I> {
    fn begin(&mut self, id: I::Id, now: Instant) {
        let (items, store) = (self.items, self.store);
        self.gauge.lock().works(now);
        self.ids.insert(id);
        self.all.push(Box::pin(async move { (id, now, unharmed(items.one(store, id)).await) }));
    }

    /// Waits until one has ended; whether there was one.
    async fn one_ends(&mut self) -> bool {
        let Some((id, now, ended)) = self.all.next().await else { return false };
        self.ids.remove(&id);
        let disposition = match ended {
            Ok(disposition) => {
                self.waits.lock().forget(id);
                disposition
            }
            Err(error) => {
                let minutes = self.waits.lock().note_failure(id, now).as_secs() / 60;
                tracing::warn!(job = self.name, item = %id, ?error, minutes, "an item of a job failed; it alone is tried again later");
                Disposition::Later
            }
        };
        self.has_failed |= disposition == Disposition::Later;
        self.gauge.lock().count(u64::from(disposition == Disposition::Done), u64::from(disposition == Disposition::Later));
        true
    }
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
    /// A look begins, in which nothing was seen yet but what is in hand.
    fn mark(&mut self, in_hand: &HashSet<K>) {
        self.0.iter_mut().for_each(|(id, wait)| wait.seen = in_hand.contains(id));
    }

    /// Whether it is not this item's turn. A clock that was set back holds nothing back.
    fn holds_back(&mut self, id: K, now: Instant) -> bool {
        let Some(wait) = self.0.get_mut(&id) else { return false };
        wait.seen = true;
        now >= wait.from && now.since(wait.from) < wait.span()
    }

    fn forget(&mut self, id: K) {
        self.0.remove(&id);
    }

    /// It failed again; how long it waits now.
    fn note_failure(&mut self, id: K, now: Instant) -> Duration {
        let wait = self.0.entry(id).or_insert(Wait { failures: 0, first: now, from: now, seen: true });
        (wait.failures, wait.from, wait.seen) = (wait.failures + 1, now, true);
        wait.span()
    }

    /// When the next one is tried.
    fn next_try(&self) -> Option<Instant> {
        self.0.values().map(|wait| wait.from + wait.span()).min()
    }

    /// Forgets what was not seen in this look. When the next one is tried, and since when the first waits.
    fn sweep(&mut self) -> (Option<Instant>, Option<Instant>) {
        self.0.retain(|_, wait| wait.seen);
        (self.next_try(), self.0.values().map(|wait| wait.first).min())
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
            assert_eq!(waits.note_failure('a', now), Duration::from_secs(60 * minutes));
            assert!(waits.holds_back('a', now) && !waits.holds_back('b', now));
            now = now + Duration::from_secs(60 * minutes);
            assert_eq!(waits.sweep(), (Some(now), Some(Instant::from_seconds(0))));
        }
        assert!(!waits.holds_back('a', Instant::from_seconds(-1)), "nothing waits for the time of a clock that was set back");
        waits.mark(&HashSet::new());
        assert_eq!(waits.sweep(), (None, None), "what is due no more is forgotten");
        assert!(waits.note_failure('a', now) == FIRST_WAIT, "and begins anew");
    }
}
