//! What happens by itself: two runners on one database do each thing once, and what fails holds up nothing else.

use std::{sync::Arc, thread, time::Duration};

use parking_lot::Mutex;
use serde_json::json;
use stele::{
    jobs::{self, runner::Job},
    service::{
        account::{
            email::{self, Message},
            mail::{Email, Mailer, Missed},
        },
        gauges::Gauge,
        retention::Retention,
    },
};

use crate::support::{SetClock, Site};

const MINUTE: Duration = Duration::from_secs(60);

/// Keeps to whom it was asked to send.
#[derive(Default)]
struct Kept(Mutex<Vec<String>>);

impl Mailer for Kept {
    fn send(&self, email: &Email) -> Result<(), Missed> {
        self.0.lock().push(email.recipient.clone());
        Ok(())
    }
}

fn post(site: &Site, recipients: impl Iterator<Item = String>) {
    let all: Vec<_> = recipients.collect();
    let message = Message { title: "A subject".into(), body: "A body".into() };
    site.server.write(move |tx| all.iter().try_for_each(|one| email::post(tx, one, &message)));
}

/// Runs two at once; how many items they did.
fn both(site: &Site, jobs: [Job; 2]) -> u64 {
    thread::scope(|scope| {
        let runs = jobs.each_ref().map(|job| scope.spawn(|| site.server.once(job)));
        for run in runs {
            run.join().unwrap();
        }
    });
    jobs.iter().map(|job| job.gauge().done).sum()
}

#[test]
fn two_runners_on_one_database_send_each_email_once() {
    let site = Site::new();
    let all: Vec<_> = (0..45).map(|number| format!("{number:02}@acme.example")).collect();
    post(&site, all.iter().cloned());
    let kept = Arc::new(Kept::default());
    let done = both(&site, [(); 2].map(|()| jobs::email::job(&site.server.store, kept.clone())));
    let mut sent = kept.0.lock().clone();
    sent.sort();
    assert_eq!((sent, done), (all, 45));
}

#[test]
fn two_runners_on_one_database_publish_each_entry_once() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    for number in 0..12 {
        let slug = format!("post-{number}");
        site.make(&site.posts(), &json!({ "name": slug, "slug": slug, "scheduledPublishAt": "2030-01-01T00:05:00.000Z" }));
    }
    clock.pass(10 * MINUTE);
    both(&site, [(); 2].map(|()| jobs::publish::job(&site.server.store)));
    let noted = "SELECT COUNT(*) FROM activities WHERE action = $1 GROUP BY resource_id";
    let raw = site.raw();
    let mut counts = raw.prepare(noted).unwrap();
    let counts: Vec<i64> = counts.query_map(["entry.published"], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(counts, [1; 12]);
}

#[test]
fn the_gauge_of_the_sweep_counts_what_was_dropped() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    post(&site, (0..10).map(|number| format!("{number}@acme.example")));
    site.server.once(&jobs::email::job(&site.server.store, Arc::new(Kept::default())));
    let sweep = jobs::sweep::job(&site.server.store, Retention::default());
    site.server.once(&sweep);
    assert_eq!(sweep.gauge().done, 0);
    clock.pass(31 * 24 * 60 * MINUTE);
    site.server.once(&sweep);
    let dropped = sweep.gauge().done;
    assert!((10..20).contains(&dropped), "{dropped}: the ten, and the few counts of whoever asked for a token");
}

#[test]
fn an_item_that_fails_waits_longer_each_time_and_alone_and_the_gauge_says_so() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let begin = site.server.store.now();
    let stuck =
        "CREATE TRIGGER stuck BEFORE UPDATE ON deliveries WHEN old.recipient = 'stuck@acme.example' BEGIN SELECT RAISE(ABORT, 'no'); END";
    site.alter_all(stuck);
    let job = jobs::email::job(&site.server.store, Arc::new(Kept::default()));
    let mut sent = 0;
    for (minute, failures) in [(0, 1), (1, 2), (2, 2), (3, 3), (4, 3), (6, 3), (7, 4)] {
        clock.pass((begin + minute * MINUTE).since(site.server.store.now()));
        let also = (minute == 0).then_some("stuck@acme.example");
        post(&site, also.into_iter().chain(["other@acme.example"]).map(str::to_owned));
        let next = site.server.once(&job);
        sent += 1;
        let Gauge { done, failed, waiting_since, last_run, .. } = job.gauge();
        assert_eq!(
            (done, failed, waiting_since, last_run),
            (sent, failures, Some(begin), Some(site.server.store.now())),
            "minute {minute}"
        );
        assert!(next.is_some_and(|next| next > site.server.store.now()));
    }
    assert_eq!(job.gauge().last_success, Some(begin + 6 * MINUTE), "a run in which nothing was tried in vain");
    site.alter_all("DROP TRIGGER stuck");
    clock.pass(8 * MINUTE);
    assert_eq!(site.server.once(&job), None);
    assert_eq!((job.gauge().done, job.gauge().waiting_since), (sent + 1, None));
}
