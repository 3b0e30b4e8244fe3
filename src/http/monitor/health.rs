//! Whether the server can do its work: something can be stored, the disk has room, and the jobs run.

use std::time::Duration;

use parking_lot::Mutex;
use serde::Serialize;

use crate::{
    domain::time::Instant,
    service::gauges::Gauges,
    store::{Store, instance},
};

/// How long a write that was made counts: health is asked by anybody, as often as they like.
const PROVEN: Duration = Duration::from_secs(1);

/// For how long nothing may be heard of a job. Each runs every minute; one that waits for somebody gives signs between two items.
const LATE: Duration = Duration::from_secs(5 * 60);

/// What is remembered of the last time.
pub struct Health {
    min_free: u64,
    last: Mutex<Last>,
}

#[derive(Default)]
struct Last {
    /// When something was stored.
    proven: Option<Duration>,
    report: Option<Report>,
}

/// What is well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Something could be stored.
    pub database: bool,
    /// There is room on its disk.
    pub disk: bool,
    /// The jobs run.
    pub jobs: bool,
}

impl Report {
    /// Whether all is.
    pub const fn is_ready(self) -> bool {
        self.database && self.disk && self.jobs
    }
}

impl Health {
    /// With so many bytes that must be free.
    pub fn new(min_free: u64) -> Self {
        Self { min_free, last: Mutex::default() }
    }

    /// How it is now; `ticks` is a moment of a clock that nobody sets. What changes is told in the log.
    pub async fn report(&self, store: &Store, gauges: &Gauges, ticks: Duration) -> Report {
        let proven = self.last.lock().proven.is_some_and(|then| ticks.saturating_sub(then) < PROVEN);
        let stored = if proven { Ok(()) } else { store.write(instance::unguarded_check).await };
        let (free, late) = (store.stats().free_bytes, late(gauges, store.now()));
        let report = Report { database: stored.is_ok(), disk: free.is_none_or(|free| free >= self.min_free), jobs: late.is_none() };
        let mut last = self.last.lock();
        last.proven = match (&stored, proven) {
            (Ok(()), true) => last.proven,
            (Ok(()), false) => Some(ticks),
            (Err(_), _) => None,
        };
        if last.report.replace(report) != Some(report) {
            match (&stored, report.is_ready()) {
                (_, true) => tracing::info!("the server is ready"),
                (Err(error), _) => tracing::warn!(?error, "the server is not ready: nothing can be stored"),
                _ => tracing::warn!(?free, late, "the server is not ready: the disk is nearly full, or a job is late"),
            }
        }
        report
    }
}

/// A job of which nothing was heard for long.
fn late(gauges: &Gauges, now: Instant) -> Option<&'static str> {
    let is_late = |sign: Option<Instant>| sign.is_some_and(|sign| now.since(sign) > LATE);
    gauges.all().into_iter().find(|(_, gauge)| is_late(gauge.last_sign)).map(|(name, _)| name)
}
