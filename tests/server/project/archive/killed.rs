//! An import that does not come to its end leaves no project: not for anybody, and soon not in the file.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use stele::{
    domain::{Error, access::Actor, error::Reason},
    jobs,
    service::{
        project::archive::import::{ImportRequest, import},
        retention::Retention,
    },
};

use crate::support::{SetClock, Site, page};

use super::exported;

const ROWS: &str = "SELECT (SELECT count(*) FROM projects WHERE name = ?1) + (SELECT count(*) FROM entries e JOIN projects p ON p.id = e.project_id WHERE p.name = ?1)";

/// Imports three batches and ends in the midst of them; what was seen meanwhile.
fn interrupted(site: &Site, clock: &Arc<SetClock>, step: Duration, ends: usize) -> Result<(), Error> {
    for n in 0..150 {
        site.make(&site.pages(), &page(&format!("p{n}")));
    }
    let archive = exported(&site.server, (site.here.org, site.here.project));
    let (asked, clock) = (AtomicUsize::new(0), clock.clone());
    let who = move |_: &mut stele::store::Tx<'_>| {
        if asked.fetch_add(1, Ordering::SeqCst) >= ends {
            return Err(Error::Unauthenticated(Reason::KeyRevoked));
        }
        clock.pass(step);
        Ok(Actor::operator())
    };
    let wanted = ImportRequest { who: Arc::new(who), org: site.here.org, name: Some("Cut".into()), files: super::blobs(&site.server) };
    import(&site.server.store, &wanted, &mut std::io::Cursor::new(archive.as_bytes())).map(drop)
}

fn sweep(site: &Site) {
    site.server.once(&jobs::sweep::job(&site.server.store, Retention::default()));
}

#[test]
fn an_import_whose_key_was_revoked_in_the_midst_of_it_leaves_nothing() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    // The gate, before and after the archive is looked through; and, twice each as the engine of tests has it, the beginning and two of the batches.
    let ended = interrupted(&site, &clock, Duration::ZERO, 8);
    assert!(matches!(ended, Err(Error::Unauthenticated(_))), "{ended:?}");
    assert!(site.count(ROWS, "Cut") >= 50, "some of it was stored");
    assert!(site.items(&format!("/organizations/{}/projects", site.here.org)).iter().all(|project| project["name"] != "Cut"));
    sweep(&site);
    assert_eq!(site.count(ROWS, "Cut"), 0);
}

#[test]
fn a_project_of_which_nothing_comes_any_more_goes_within_the_hour() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    interrupted(&site, &clock, Duration::ZERO, 8).expect_err("it ends");
    // As a server does that is killed before it can say so: the project falls due as it did at the last batch.
    let due = site.server.store.now() - Duration::from_secs((30 * 24 - 1) * 3600);
    site.alter("UPDATE projects SET deleted_at = ?1 WHERE name = 'Cut'", [due.micros()]);
    sweep(&site);
    assert!(site.count(ROWS, "Cut") >= 50, "it may be on its way still");
    clock.pass(Duration::from_secs(3601));
    sweep(&site);
    assert_eq!(site.count(ROWS, "Cut"), 0);
}

#[test]
fn an_import_that_takes_its_time_is_not_swept() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    interrupted(&site, &clock, Duration::from_secs(9 * 60), 1000).expect("it comes to its end");
    sweep(&site);
    assert_eq!(site.count(ROWS, "Cut"), 1 + 150 + 4);
}
