//! Reminders of keys that end soon. Time is a clock that the tests set.

use std::time::Duration;

use stele::{
    domain::{
        access::{Access, Actor, Role},
        id::KeyId,
        key::key,
    },
    jobs, service,
};

use crate::support::{Server, SetClock, Site, person};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How often the server is looked at before the test gives up; some thousand times more than it takes.
const TRIES: usize = 5_000;
const NOTICES: &str = "SELECT COUNT(*) FROM notifications WHERE type = 'key.expiring' AND title LIKE $1";

fn key(site: &Site, name: &'static str, days: u32) -> KeyId {
    let (org, account) = (site.here.org, site.admin.account);
    site.server.write(move |tx| {
        let draft = key::Draft { name: name.into(), access: None, expires_in_days: Some(days), ..key::Draft::default() };
        Ok(service::key::key::create(tx, &Actor::operator(), (org, account), &draft, false)?.key.id)
    })
}

/// Runs the job once; how many reminders it sent.
fn send(site: &Site, mail: bool) -> u64 {
    let job = jobs::reminder::job(&site.server.store, "http://stele.test".into(), mail);
    site.server.once(&job);
    job.gauge().done
}

#[test]
fn thirty_seven_and_one_day_before_and_each_once() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    key(&site, "Build", 40);
    let mut sent = Vec::new();
    for day in 0..42 {
        if send(&site, false) > 0 {
            sent.push(40 - day);
        }
        assert_eq!(send(&site, false), 0, "once is enough");
        clock.pass(DAY);
    }
    assert_eq!(sent, [30, 7, 1]);
    assert_eq!(
        site.count(NOTICES, "The API key Build expires within%"),
        3,
        "the owner of the organization hears of a service account's key"
    );
    assert_eq!(site.count(NOTICES, "%within a day"), 1);
}

#[test]
fn a_key_that_was_made_late_gets_only_the_reminders_that_lie_ahead() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    key(&site, "Week", 7);
    assert_eq!(send(&site, false), 0);
    clock.pass(DAY * 6);
    assert_eq!(send(&site, false), 1);
    assert_eq!(site.count(NOTICES, "%Week expires within a day"), 1);
}

#[test]
fn of_several_that_were_missed_only_the_last_is_sent_and_dead_keys_get_none() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    key(&site, "Missed", 40);
    let revoked = key(&site, "Revoked", 40);
    let org = site.here.org;
    site.server.write(move |tx| {
        service::key::key::revoke(tx, &Actor::operator(), stele::service::key::key::KeyScope::Org(org), revoked, &key::Revoke::default())
            .map(drop)
    });
    clock.pass(DAY * 36);
    assert_eq!(send(&site, true), 1);
    assert_eq!(site.count(NOTICES, "%Missed expires within 7 days"), 1);
    let emails = "SELECT COUNT(*) FROM deliveries WHERE recipient = $1 AND payload LIKE '%http://stele.test/o/acme/settings/keys%'";
    assert_eq!(site.count(emails, "olga@acme.example"), 1);
    clock.pass(DAY * 5);
    assert_eq!(send(&site, true), 0, "what has ended is not reminded of");
}

#[test]
fn each_is_told_in_their_language_and_their_time() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    person(&site.server, site.here.org, Role::Admin, Access::Read);
    let sql = "UPDATE users SET locale = 'fr', timezone = 'Europe/Paris' WHERE email LIKE 'admin%' AND kind = 'user'";
    assert_eq!(site.alter(sql, []), 1);
    let id = key(&site, "Build", 40);
    clock.pass(DAY * 33);
    assert_eq!(send(&site, true), 1);
    let told = |table: &str, whose: &str| -> (String, String) {
        let sql = format!("SELECT * FROM ({table}) WHERE email LIKE $1");
        site.raw().query_row(&sql, [whose], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let notices = "SELECT n.title, n.body, u.email FROM notifications n JOIN users u ON u.id = n.user_id WHERE n.type = 'key.expiring'";
    let (title, body) = told(notices, "olga%");
    assert_eq!(title, "The API key Build expires within 7 days");
    assert!(body.starts_with("The key Build of the service account admin in acme expires on 10 February 2030 at 00:00 (UTC)."), "{body}");
    let (title, body) = told(notices, "admin%");
    assert_eq!(title, "La clé d’API Build expire dans moins de 7 jours");
    assert!(body.contains("expire le 10 février 2030 à 01:00 (Europe/Paris)."), "{body}");
    let emails = "SELECT title, json_extract(payload, '$.body'), recipient AS email FROM deliveries";
    let (subject, email) = told(emails, "admin%");
    assert_eq!(
        (subject, email),
        (title, format!("{body}\n\nhttp://stele.test/o/acme/settings/keys/{id}\n")),
        "the email says the same, and leads to the page of the key"
    );
    clock.pass(DAY * 6);
    assert_eq!(send(&site, false), 1);
    assert_eq!(site.count(NOTICES, "%Build expire dans moins d’un jour"), 1);
}

#[test]
fn a_restart_neither_repeats_nor_forgets_one() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    key(&site, "Kept", 40);
    let Site { server, dir, here, admin, token } = site;
    drop(server);
    clock.pass(DAY * 11);
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let site = Site { server, dir, here, admin, token };
    let reminded = (0..TRIES).any(|_| {
        std::thread::yield_now();
        site.count(NOTICES, "%Kept expires within 30 days") == 1
    });
    assert!(reminded, "the server reminds by itself at its start");
    let Site { server, dir, here, admin, token } = site;
    drop(server);
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let site = Site { server, dir, here, admin, token };
    assert_eq!(send(&site, false), 0);
    assert_eq!(site.count(NOTICES, "%Kept%"), 1);
}
