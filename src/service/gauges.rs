//! How the jobs of this server go, in memory: they write it, the log, the health routes and the metrics show it.

use std::{fmt, sync::Arc};

use parking_lot::Mutex;

use crate::domain::time::Instant;

/// How a job goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gauge {
    /// When it last began or ended a run, or an item of one: for how long nothing was heard of it.
    pub last_sign: Option<Instant>,
    /// When it ran last.
    pub last_run: Option<Instant>,
    /// When it last ran and nothing failed.
    pub last_success: Option<Instant>,
    /// Items that it did.
    pub done: u64,
    /// How often an item, or a run as a whole, failed.
    pub failed: u64,
    /// Since when something waits that has failed.
    pub waiting_since: Option<Instant>,
}

impl Gauge {
    /// A run has ended, in which so many items were done and failed; `waiting` is since when one waits that has failed.
    pub fn ran(&mut self, at: Instant, (done, failed): (u64, u64), waiting: Option<Instant>) {
        self.count(done, failed);
        self.looked(at, waiting);
        if failed == 0 {
            self.last_success = Some(at);
        }
    }

    /// So many items were done and failed in a run that goes on.
    pub fn count(&mut self, done: u64, failed: u64) {
        self.done += done;
        self.failed += failed;
    }

    /// All that was due has been looked at, in a run that goes on.
    pub fn looked(&mut self, at: Instant, waiting: Option<Instant>) {
        self.last_run = Some(at);
        self.waiting_since = waiting;
    }

    /// It is at work.
    pub fn works(&mut self, at: Instant) {
        self.last_sign = Some(at);
    }

    /// A run could not be made at all.
    pub fn broke(&mut self, at: Instant) {
        (self.last_run, self.last_sign) = (Some(at), self.last_sign.max(Some(at)));
        self.failed += 1;
        self.waiting_since = self.waiting_since.or(Some(at));
    }
}

impl fmt::Display for Gauge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |moment: Option<Instant>| moment.map_or_else(|| "never".to_owned(), |at| at.to_string());
        write!(out, "done {}, failed {}, last run {}, last success {}", self.done, self.failed, at(self.last_run), at(self.last_success))?;
        self.waiting_since.map_or(Ok(()), |since| write!(out, ", something waits since {since}"))
    }
}

/// A job by name, and how it goes.
type Named = (&'static str, Arc<Mutex<Gauge>>);

/// The gauges of all jobs.
#[derive(Debug, Default)]
pub struct Gauges(Mutex<Vec<Named>>);

impl Gauges {
    /// A job begins.
    pub fn add(&self, name: &'static str, gauge: &Arc<Mutex<Gauge>>) {
        self.0.lock().push((name, gauge.clone()));
    }

    /// How each goes.
    pub fn all(&self) -> Vec<(&'static str, Gauge)> {
        self.0.lock().iter().map(|(name, gauge)| (*name, *gauge.lock())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_what_was_done_and_since_when_something_waits() {
        let (mut gauge, at) = (Gauge::default(), Instant::from_seconds);
        gauge.ran(at(1), (3, 0), None);
        gauge.ran(at(2), (1, 1), Some(at(2)));
        gauge.broke(at(3));
        let told = Gauge {
            last_sign: Some(at(3)),
            last_run: Some(at(3)),
            last_success: Some(at(1)),
            done: 4,
            failed: 2,
            waiting_since: Some(at(2)),
        };
        assert_eq!(gauge, told);
        assert!(gauge.to_string().starts_with("done 4, failed 2, last run 1970-01-01T00:00:03.000Z"), "{gauge}");
        gauge.ran(at(4), (0, 0), None);
        assert_eq!((gauge.last_success, gauge.waiting_since), (Some(at(4)), None));
    }
}
