//! Limits of requests, counted in memory by the generic cell rate algorithm: so many a minute refill evenly, and so many may come at once
//! after a minute without any. A restart forgives.
//!
//! It is to keep one client from taking everything. What stops the guessing of passwords is [`throttle`](crate::service::account::throttle).

use std::{hash::Hash, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::Clock,
    middleware::StateInformationMiddleware,
    state::{InMemoryState, NotKeyed},
};
use parking_lot::Mutex;
use quick_cache::sync::Cache;

use crate::{
    domain::{
        Error, Result,
        access::KeyFacts,
        id::{EntryId, KeyId},
        key::rate_limit::{Ceilings, Policy, RateLimit, WINDOW},
        network::Network,
        time::{Forward, Instant},
    },
    store::Store,
};

/// Keys, and addresses of each kind, remembered at most: beyond them those go that were seen least.
const REMEMBERED: usize = 20_000;

/// The clock of the store, which for waits only goes forwards.
#[derive(Clone)]
struct Timer(Arc<(Store, Mutex<Forward>)>);

impl Clock for Timer {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let (store, forward) = &*self.0;
        let now = forward.lock().at(store.now());
        now.since(Instant::from_micros(0))
    }
}

/// One key or one address.
struct Counted {
    limit: u32,
    cells: RateLimiter<NotKeyed, InMemoryState, Timer, StateInformationMiddleware>,
}

/// All keys, or all addresses of a kind.
struct Limiter<K> {
    policy: Policy,
    timer: Timer,
    seen: Cache<K, Arc<Counted>>,
}

impl<K: Copy + Eq + Hash> Limiter<K> {
    fn new(policy: Policy, timer: &Timer) -> Self {
        Self { policy, timer: timer.clone(), seen: Cache::new(REMEMBERED) }
    }

    /// Counts one request, if there is a limit; what is left then.
    fn count(&self, of: K, limit: Option<u32>) -> Result<Option<RateLimit>> {
        let Some(limit) = limit.and_then(NonZeroU32::new) else { return Ok(None) };
        let counted = self.counter_of(of, limit);
        let (policy, limit) = (self.policy, limit.get());
        match counted.cells.check() {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity().min(limit);
                let reset = (u64::from(limit - remaining) * u64::from(WINDOW)).div_ceil(u64::from(limit));
                Ok(Some(RateLimit { policy, limit, remaining, reset: u32::try_from(reset).unwrap_or(WINDOW) }))
            }
            Err(until) => {
                let reset = until.wait_time_from(self.timer.now()).as_millis().div_ceil(1000);
                let reset = u32::try_from(reset).unwrap_or(WINDOW).max(1);
                Err(Error::RateLimited(RateLimit { policy, limit, remaining: 0, reset }))
            }
        }
    }

    /// What counts for it; anew where its limit is another than it was.
    fn counter_of(&self, of: K, limit: NonZeroU32) -> Arc<Counted> {
        let make = || {
            let cells = RateLimiter::direct_with_clock(Quota::per_minute(limit), self.timer.clone()).with_middleware();
            Arc::new(Counted { limit: limit.get(), cells })
        };
        let known = self.seen.get_or_insert_with(&of, || Ok::<_, std::convert::Infallible>(make())).unwrap_or_else(|never| match never {});
        if known.limit == limit.get() {
            return known;
        }
        let made = make();
        self.seen.insert(of, made.clone());
        made
    }
}

/// The limits of an instance, and all that is counted for them.
pub struct RateLimits {
    ceilings: Ceilings,
    keys: Limiter<KeyId>,
    addresses: Limiter<Network>,
    exchanges: Limiter<Network>,
    sign_ins: Limiter<Network>,
    agent_writes: Limiter<KeyId>,
    agent_publishes: Limiter<KeyId>,
    submissions: Limiter<(EntryId, Network)>,
}

impl RateLimits {
    /// These, by the clock of the store.
    pub fn new(ceilings: Ceilings, store: &Store) -> Self {
        let timer = Timer(Arc::new((store.clone(), Mutex::default())));
        Self {
            ceilings,
            keys: Limiter::new(Policy::Key, &timer),
            addresses: Limiter::new(Policy::Address, &timer),
            exchanges: Limiter::new(Policy::Exchange, &timer),
            sign_ins: Limiter::new(Policy::SignIn, &timer),
            agent_writes: Limiter::new(Policy::AgentWrite, &timer),
            agent_publishes: Limiter::new(Policy::AgentPublish, &timer),
            submissions: Limiter::new(Policy::Submission, &timer),
        }
    }

    /// Counts a request with a key: against its own limit, if that is lower than the instance's.
    ///
    /// # Errors
    /// Rate-limited.
    pub fn key(&self, key: &KeyFacts) -> Result<Option<RateLimit>> {
        let limit = [self.ceilings.key, key.restrictions.requests_per_minute].into_iter().flatten().min();
        self.keys.count(key.id, limit)
    }

    /// Counts a request from an address.
    ///
    /// # Errors
    /// Rate-limited.
    pub fn address(&self, ip: IpAddr) -> Result<Option<RateLimit>> {
        self.addresses.count(Network::of(ip), self.ceilings.address)
    }

    /// Counts an exchange of a key from an address.
    ///
    /// # Errors
    /// Rate-limited.
    pub fn exchange(&self, ip: IpAddr) -> Result<Option<RateLimit>> {
        self.exchanges.count(Network::of(ip), self.ceilings.exchange)
    }

    /// Counts a password that a stranger types at an address, right or wrong.
    ///
    /// # Errors
    /// Rate-limited.
    pub fn sign_in(&self, ip: IpAddr) -> Result<Option<RateLimit>> {
        self.sign_ins.count(Network::of(ip), self.ceilings.sign_in)
    }

    /// Counts what is sent to a form from an address.
    ///
    /// # Errors
    /// Rate-limited.
    pub fn submission(&self, form: EntryId, ip: IpAddr) -> Result<Option<RateLimit>> {
        self.submissions.count((form, Network::of(ip)), self.ceilings.submission)
    }

    /// Counts a change by an agent with a key; `is_seen` by readers at once, or not.
    ///
    /// # Errors
    /// Rate-limited.
    pub fn agent(&self, key: KeyId, is_seen: bool) -> Result<()> {
        self.agent_writes.count(key, self.ceilings.agent_write)?;
        if is_seen {
            self.agent_publishes.count(key, self.ceilings.agent_publish)?;
        }
        Ok(())
    }
}
