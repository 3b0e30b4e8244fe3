//! What requests are counted in: numbers that were made at the start, one set for each route, so that counting waits for nobody and
//! takes no memory.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::http::Method;
use parking_lot::Mutex;
use prometheus_client::{
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use crate::http::base::transport::connections::Ticks;

/// Statuses that are told apart; others count as one.
pub(in crate::http) const STATUSES: [u16; 25] =
    [200, 201, 204, 206, 302, 303, 304, 308, 400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 416, 422, 429, 500, 503, 504];

/// Bounds of the histogram of durations, in microseconds.
const BOUNDS: [u64; 14] =
    [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000];

/// The label of what leads to no route.
const NOWHERE: &str = "(none)";

/// The counts of one route.
#[derive(Debug)]
pub struct RouteMeter {
    /// The method; HEAD counts as GET.
    pub method: String,
    /// The pattern of its path, never a path itself: those are as many as somebody likes to ask for.
    pub route: String,
    statuses: [AtomicU64; STATUSES.len() + 1],
    durations: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

impl RouteMeter {
    fn new(method: &str, route: &str) -> Self {
        let (method, route) = (method.to_owned(), route.to_owned());
        Self { method, route, statuses: Default::default(), durations: Default::default(), micros: AtomicU64::new(0) }
    }

    /// Counts one answer.
    pub fn count(&self, status: u16, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let slot = STATUSES.iter().position(|known| *known == status).unwrap_or(STATUSES.len());
        let bucket = BOUNDS.iter().position(|bound| micros <= *bound).unwrap_or(BOUNDS.len());
        self.statuses[slot].fetch_add(1, Ordering::Relaxed);
        self.durations[bucket].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// How many answers each status had that there were any of.
    pub fn by_status(&self) -> impl Iterator<Item = (String, u64)> {
        let names = STATUSES.iter().map(u16::to_string).chain(["other".to_owned()]);
        names.zip(&self.statuses).map(|(name, count)| (name, count.load(Ordering::Relaxed))).filter(|(_, count)| *count > 0)
    }

    /// The durations: their sum in seconds, how many there are, and how many lie at most at each bound, above the one before.
    pub fn durations(&self) -> (f64, u64, Vec<(f64, u64)>) {
        let bounds = BOUNDS.iter().map(|bound| seconds(*bound)).chain([f64::INFINITY]);
        let buckets: Vec<_> = bounds.zip(&self.durations).map(|(bound, count)| (bound, count.load(Ordering::Relaxed))).collect();
        let sum = seconds(self.micros.load(Ordering::Relaxed));
        (sum, buckets.iter().map(|(_, count)| count).sum(), buckets)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a metric is a float, and 2^53 microseconds are centuries")]
fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}

/// A route with its counts.
pub struct Measured<T> {
    /// The route.
    pub route: T,
    /// Its counts.
    pub meter: Arc<RouteMeter>,
}

/// Events of one kind by a word: a reason, an outcome. Words are those of the program, so they are few.
pub type Tally = Family<[(&'static str, &'static str); 1], Counter>;

/// All counts of a server.
pub struct Meters {
    ticks: Ticks,
    routes: Mutex<Vec<Arc<RouteMeter>>>,
    nowhere: Arc<RouteMeter>,
    refusals: Tally,
    sign_ins: Tally,
    exchanges: Tally,
}

impl Meters {
    /// No counts yet.
    pub fn new(ticks: Ticks) -> Self {
        let nowhere = Arc::new(RouteMeter::new("any", NOWHERE));
        let routes = Mutex::new(vec![nowhere.clone()]);
        Self { ticks, routes, nowhere, refusals: Tally::default(), sign_ins: Tally::default(), exchanges: Tally::default() }
    }

    /// Some moment, to measure from.
    pub fn now(&self) -> Duration {
        (self.ticks)()
    }

    /// The clock of [`Self::now`], for who asks later.
    pub fn ticks(&self) -> Ticks {
        self.ticks.clone()
    }

    /// The counts of this route; those that there are, if it was asked for before.
    pub fn route(&self, method: &str, route: &str) -> Arc<RouteMeter> {
        let mut routes = self.routes.lock();
        if let Some(known) = routes.iter().find(|known| known.method == method && known.route == route) {
            return known.clone();
        }
        let made = Arc::new(RouteMeter::new(method, route));
        routes.push(made.clone());
        made
    }

    /// What leads to no route.
    pub const fn nowhere(&self) -> &Arc<RouteMeter> {
        &self.nowhere
    }

    /// These routes, each with its counts; `under` is where their paths begin.
    pub fn measured<T>(
        &self,
        under: &'static str,
        routes: impl IntoIterator<Item = (Method, String, T)>,
    ) -> impl Iterator<Item = (Method, String, Measured<T>)> {
        routes.into_iter().map(move |(method, path, route)| {
            let meter = self.route(method.as_str(), &format!("{under}{path}"));
            (method, path, Measured { route, meter })
        })
    }

    /// All routes.
    pub fn routes(&self) -> Vec<Arc<RouteMeter>> {
        self.routes.lock().clone()
    }

    /// Something was refused.
    pub fn count_refusal(&self, reason: &'static str) {
        self.refusals.get_or_create(&[("reason", reason)]).inc();
    }

    /// Somebody tried to sign in, or typed their password again. What is refused is told with its address, so that it can be shut out.
    pub fn signed_in(&self, address: IpAddr, outcome: &'static str) {
        if outcome != "signed_in" {
            tracing::warn!(%address, reason = outcome, "a sign-in was refused");
        }
        self.sign_ins.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// Somebody tried to exchange a key.
    pub fn exchanged(&self, address: IpAddr, outcome: &'static str) {
        if outcome != "issued" {
            tracing::warn!(%address, reason = outcome, "a key exchange was refused");
        }
        self.exchanges.get_or_create(&[("outcome", outcome)]).inc();
    }

    /// Shows what is counted by words.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("refusals", "Requests that were refused, by reason", self.refusals.clone());
        registry.register("sign_ins", "Passwords that were tried, by outcome", self.sign_ins.clone());
        registry.register("token_exchanges", "Keys that were exchanged for a token, by outcome", self.exchanges.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_counted_once_by_status_and_once_by_duration() {
        let meters = Meters::new(Arc::new(|| Duration::ZERO));
        let meter = meters.route("GET", "/api/me");
        for (status, millis) in [(200, 0), (200, 3), (404, 3), (418, 60_000)] {
            meter.count(status, Duration::from_millis(millis));
        }
        let same = meters.route("GET", "/api/me");
        assert_eq!(same.by_status().collect::<Vec<_>>(), [("200".into(), 2), ("404".into(), 1), ("other".into(), 1)]);
        let (sum, count, buckets) = same.durations();
        assert!((sum - 60.006).abs() < 1e-9);
        assert_eq!(count, 4);
        let filled: Vec<_> = buckets.into_iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!(filled, [(0.0005, 1), (0.005, 2), (f64::INFINITY, 1)]);
        assert_eq!(meters.routes().len(), 2);
    }
}
