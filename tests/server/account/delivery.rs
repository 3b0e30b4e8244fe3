//! What became of deliveries: it is known for 30 days, without what they said.

use std::{process::Command, sync::Arc, time::Duration};

use parking_lot::Mutex;
use stele::{
    domain::{access::Role, account::delivery::LINK_IS_OVER},
    jobs,
    service::{
        account::{
            email::{self, Message},
            mail::{Email, Mailer, Missed},
            session,
        },
        org::invitation,
        retention::Retention,
    },
};

use crate::support::{Server, SetClock, Site, Visitor, visitor};

const EMAIL: &str = "paula@acme.example";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A mail server that says this of every e-mail, and what the e-mail was.
struct Says(Mutex<Result<(), &'static str>>);

impl Says {
    fn new(what: Result<(), &'static str>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(what)))
    }
}

impl Mailer for Says {
    fn send(&self, email: &Email) -> Result<(), Missed> {
        self.0.lock().map_err(|what| format!("{what} {}", email.body).into())
    }
}

/// State, title, payload, what it was about, reason and whether it has ended, of each delivery to somebody.
type Row = (String, String, String, Option<String>, Option<String>, bool);

fn rows(site: &Site, recipient: &str) -> Vec<Row> {
    let raw = site.raw();
    let mut found = raw
        .prepare("SELECT state, title, payload, about_kind, last_error, ended_at FROM deliveries WHERE recipient = $1 ORDER BY id")
        .unwrap();
    let row = |row: &rusqlite::Row<'_>| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get::<_, Option<i64>>(5)?.is_some()))
    };
    found.query_map([recipient], row).unwrap().map(Result::unwrap).collect()
}

fn row(state: &str, title: &str, payload: &str, reason: Option<&str>) -> Row {
    (state.into(), title.into(), payload.into(), None, reason.map(str::to_owned), state != "queued")
}

fn post(server: &Server, body: &str) {
    let message = Message { title: "A subject".into(), body: body.into() };
    server.write(move |tx| email::post(tx, EMAIL, &message));
}

/// Runs the job that sends e-mails, as it is after a start, until nothing waits.
fn send_all(site: &Site, clock: &SetClock, mailer: &Arc<Says>) {
    while let Some(next) = site.server.once(&jobs::email::job(&site.server.store, mailer.clone())) {
        clock.pass(next.since(site.server.store.now()));
    }
}

#[test]
fn what_was_sent_and_what_failed_is_known_for_thirty_days_without_what_it_said() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let sweep = || site.server.once(&jobs::sweep::job(&site.server.store, Retention::default()));
    post(&site.server, "To be read");
    assert_eq!(rows(&site, EMAIL), [row("queued", "A subject", r#"{"body":"To be read"}"#, None)]);
    send_all(&site, &clock, &Says::new(Ok(())));
    assert_eq!(rows(&site, EMAIL), [row("sent", "A subject", "{}", None)]);
    // Ids of one millisecond sort by chance where others draw ids of other clocks in between.
    clock.pass(Duration::from_millis(1));
    post(&site.server, "never read");
    site.server.once(&jobs::email::job(&site.server.store, Says::new(Err("550 no\r\nsuch user:"))));
    let (state, _, _, _, reason, has_ended) = rows(&site, EMAIL).pop().unwrap();
    assert_eq!((state.as_str(), reason.as_deref(), has_ended), ("queued", Some("550 no such user: never read"), false));
    send_all(&site, &clock, &Says::new(Err("550 no\r\nsuch user:")));
    let failed = row("failed", "A subject", "{}", Some("550 no such user: never read"));
    assert_eq!(rows(&site, EMAIL), [row("sent", "A subject", "{}", None), failed.clone()]);
    // The eight tries took two hours and seven minutes.
    clock.pass(DAY * 30 - Duration::from_secs(60 * 60));
    sweep();
    assert_eq!(rows(&site, EMAIL), [failed], "what was sent first is over first");
    clock.pass(Duration::from_secs(60 * 60));
    let job = jobs::sweep::job(&site.server.store, Retention::default());
    site.server.once(&job);
    assert_eq!((rows(&site, EMAIL).len(), job.gauge().done), (0, 1));
    site.server.once(&job);
    assert_eq!(job.gauge().done, 1, "where nothing is over, nothing is written");
}

#[test]
fn a_mail_server_that_repeats_the_link_gets_it_stored_nowhere() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    visitor(&site.server, EMAIL);
    site.server.write(move |tx| session::ask_reset(tx, EMAIL, "http://stele.test"));
    site.server.once(&jobs::email::job(&site.server.store, Says::new(Err("554 this is spam:"))));
    let (_, _, payload, about, reason, _) = rows(&site, EMAIL).pop().unwrap();
    assert!(payload.contains("token=\\u0001") && about.as_deref() == Some("reset"), "{payload}");
    assert_eq!(reason.as_deref(), Some("the server answered 554"));
    send_all(&site, &clock, &Says::new(Ok(())));
    assert_eq!(rows(&site, EMAIL), [row("sent", "A new password", "{}", None)], "of what was sent the link is gone, too");
}

#[test]
fn an_invitation_that_is_taken_back_before_it_is_sent_is_cancelled_and_failed_only_if_it_was_tried_in_vain() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let (org, owner) = (site.here.org, Visitor::owner(&site.server, &site.here).actor());
    for (email, tried, ended) in
        [("nina@new.example", false, ("cancelled", LINK_IS_OVER)), ("farid@new.example", true, ("failed", "the server answered 554"))]
    {
        let (draft, by) = (stele::domain::org::invitation::Draft { email: email.into(), role: Role::Viewer }, owner.clone());
        let post = invitation::Post { public_url: "http://stele.test".into(), mail: true };
        let made = site.server.write(move |tx| invitation::create(tx, &by, org, &draft, &post)).0.id;
        if tried {
            site.server.once(&jobs::email::job(&site.server.store, Says::new(Err("554 full:"))));
        }
        let by = owner.clone();
        site.server.write(move |tx| invitation::delete(tx, &by, org, made));
        send_all(&site, &clock, &Says::new(Ok(())));
        let (state, _, payload, _, reason, has_ended) = rows(&site, email).pop().unwrap();
        assert_eq!(((state.as_str(), reason.as_deref().unwrap()), payload.as_str(), has_ended), (ended, "{}", true));
    }
    let told = check(&site);
    assert!(told.contains("deliveries: 0 wait, 0 sent and 1 failed in the last 30 days\n") && !told.contains("nina"), "{told}");
}

/// What `stele check` says of the file.
fn check(site: &Site) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_stele")).arg("check").arg("--data").arg(site.file()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn the_operator_is_told_what_could_not_be_delivered() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    assert!(check(&site).ends_with("is sound\n"), "of nothing, nothing is said");
    post(&site.server, "One");
    send_all(&site, &clock, &Says::new(Err("550 unknown:")));
    post(&site.server, "Two");
    let told = check(&site);
    assert!(told.contains("deliveries: 1 wait, 0 sent and 1 failed in the last 30 days\n"), "{told}");
    assert!(told.contains("Z  email to paula@acme.example, \"A subject\": 550 unknown: One\n"), "{told}");
}
