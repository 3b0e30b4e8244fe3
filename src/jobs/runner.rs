//! The runner: each job is a task of its own, which runs when it said it would, when it is woken, and in any case each minute.

use std::{future::Future, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration};

use futures_util::FutureExt;
use parking_lot::Mutex;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
    time,
};

use crate::{
    domain::{Error, Result, time::Instant},
    service::gauges::{Gauge, Gauges},
    store::{Store, Wakers},
};

/// Longest pause of a job; a clock that was set is noticed within it.
const LONGEST: Duration = Duration::from_secs(60);
/// Shortest pause: a job that is wrong about its time does not take the processor.
const SHORTEST: Duration = Duration::from_millis(20);
/// How long the item in hand may take when the server ends.
const LAST: Duration = Duration::from_secs(1);

/// A run of a job, until it tells when it wants to run next.
pub type Running = Pin<Box<dyn Future<Output = Result<Option<Instant>>> + Send>>;

/// Something that happens by itself.
#[derive(Clone)]
pub struct Job {
    /// What it is called in the log.
    pub name: &'static str,
    /// What wakes it before its time.
    wake: Option<fn(&Wakers) -> &Notify>,
    run: Arc<dyn Fn(Round) -> Running + Send + Sync>,
    gauge: Arc<Mutex<Gauge>>,
}

/// One run of a job.
#[derive(Clone)]
pub struct Round {
    /// When it began.
    pub now: Instant,
    /// Whether no other item is to be begun.
    pub stopping: Arc<Stopping>,
    /// Where it notes what became of it.
    pub gauge: Arc<Mutex<Gauge>>,
    wake: Option<fn(&Wakers) -> &Notify>,
}

impl Round {
    /// Waits until the job is to look again: at this moment, when it is woken, within a minute in any case, or at its end.
    pub async fn rest(&self, store: &Store, until: Option<Instant>) {
        let woken = async {
            match self.wake {
                Some(wake) => wake(store.wakers()).notified().await,
                None => std::future::pending().await,
            }
        };
        let pause = until.map_or(LONGEST, |at| at.since(store.now()).clamp(SHORTEST, LONGEST));
        tokio::select! { () = self.stopping.wait() => {}, () = woken => {}, () = time::sleep(pause) => {} }
    }
}

impl Job {
    /// A job of this name, which runs each minute.
    pub fn new(name: &'static str, run: impl Fn(Round) -> Running + Send + Sync + 'static) -> Self {
        Self { name, wake: None, run: Arc::new(run), gauge: Arc::default() }
    }

    /// It runs as soon as this calls, too.
    #[must_use]
    pub fn woken_by(self, wake: fn(&Wakers) -> &Notify) -> Self {
        Self { wake: Some(wake), ..self }
    }

    /// How it goes.
    pub fn gauge(&self) -> Gauge {
        *self.gauge.lock()
    }

    /// Runs once; returns when it wants to run next.
    ///
    /// # Errors
    /// Why it could not run at all. What failed of its items is not one.
    pub async fn run(&self, now: Instant, stopping: &Arc<Stopping>) -> Result<Option<Instant>> {
        self.run_in(self.round(now, stopping)).await
    }

    fn round(&self, now: Instant, stopping: &Arc<Stopping>) -> Round {
        Round { now, stopping: stopping.clone(), gauge: self.gauge.clone(), wake: self.wake }
    }

    async fn run_in(&self, round: Round) -> Result<Option<Instant>> {
        let now = round.now;
        round.gauge.lock().works(now);
        let ran = unharmed((self.run)(round)).await;
        if ran.is_err() {
            self.gauge.lock().broke(now);
        }
        ran
    }

    async fn keep(self, store: Store, stopping: Arc<Stopping>) {
        while !stopping.is_set() {
            let round = self.round(store.now(), &stopping);
            let next = self.run_in(round.clone()).await.unwrap_or_else(|error| {
                tracing::warn!(job = self.name, ?error, gauge = %self.gauge(), "a job could not run; it is tried again within a minute");
                None
            });
            round.rest(&store, next).await;
        }
    }
}

/// What panics is an error as any other.
pub(super) async fn unharmed<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.unwrap_or_else(|_| Err(Error::Internal("it panicked".into())))
}

/// Whether the jobs are to end.
#[derive(Debug, Default)]
pub struct Stopping(watch::Sender<bool>);

impl Stopping {
    /// From now on no item is begun.
    pub fn set(&self) {
        self.0.send_replace(true);
    }

    /// Whether none is.
    pub fn is_set(&self) -> bool {
        *self.0.borrow()
    }

    async fn wait(&self) {
        // It cannot go away while it is borrowed.
        let _ = self.0.subscribe().wait_for(|set| *set).await;
    }
}

/// Jobs that run.
pub struct Runner {
    running: Vec<(Job, JoinHandle<()>)>,
    stopping: Arc<Stopping>,
}

impl Runner {
    /// Begins all, and shows how they go in `gauges`.
    pub fn start(store: &Store, jobs: Vec<Job>, gauges: &Gauges) -> Self {
        jobs.iter().for_each(|job| gauges.add(job.name, &job.gauge));
        let stopping = Arc::<Stopping>::default();
        let begin = |job: Job| (job.clone(), tokio::spawn(job.keep(store.clone(), stopping.clone())));
        Self { running: jobs.into_iter().map(begin).collect(), stopping }
    }

    /// What makes the jobs begin nothing more.
    pub fn stopping(&self) -> Arc<Stopping> {
        self.stopping.clone()
    }

    /// Ends all, and tells how they went. What hangs, such as a mail server that does not answer, is not waited for: an item is either
    /// done or still there at the next start.
    pub async fn end(&mut self) {
        self.stopping.set();
        let all = async {
            for (_, task) in &mut self.running {
                // A job that panicked has ended, too.
                let _ = task.await;
            }
        };
        let _ = time::timeout(LAST, all).await;
        for (job, task) in self.running.drain(..) {
            task.abort();
            tracing::info!(job = job.name, gauge = %job.gauge(), "a job has ended");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_is_an_error_and_what_is_told_to_stop_is_told_once_for_all() {
        let panicked = unharmed(async { if Stopping::default().is_set() { Ok(()) } else { panic!("as it should") } }).now_or_never();
        assert!(matches!(panicked, Some(Err(Error::Internal(_)))));
        let stopping = Stopping::default();
        assert!(!stopping.is_set() && stopping.wait().now_or_never().is_none());
        stopping.set();
        assert!(stopping.is_set() && stopping.wait().now_or_never().is_some());
    }
}
