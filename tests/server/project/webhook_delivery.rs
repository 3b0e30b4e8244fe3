//! Messages of webhooks on their way: tried again by the clock, given up, sent once more, and carried to nobody who must not be reached.

use std::{io::Write, net::TcpListener, sync::Arc, thread, time::Duration};

use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::access::{Access, Role},
    jobs,
    outbound::Outbound,
};

use super::webhook::{hooks, one, open};
use crate::support::{MailServer, Receiver, SetClock, Site, machine, page};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// What is known of the messages of a webhook, the newest first.
fn log(site: &Site, hook: &Value) -> Vec<Value> {
    site.items(&format!("{}/deliveries", one(site, hook)))
}

/// A message once a try that has begun is over.
fn tried(site: &Site, hook: &Value, attempts: u64) -> Value {
    loop {
        let found = log(site, hook).remove(0);
        // One that is in hand is due again by its claim, twenty seconds after it began.
        let is_in_hand = found["state"] == "queued" && (found["attempts"] == 0 || found["lastAttemptAt"].is_null());
        if !is_in_hand && found["attempts"] == attempts {
            return found;
        }
    }
}

/// Does what is due now, beside the server.
fn run(site: &Site) {
    let carrier = Arc::new(Outbound::new(open().webhook_networks));
    site.server.once(&jobs::webhook::job(&site.server.store, carrier, "http://stele.test".into(), true));
}

/// A token that is not over after days: the key is made anew.
fn renewed(site: &mut Site) {
    let admin = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    site.token = site.server.token(&admin.secret);
}

#[test]
fn what_arrives_is_in_the_log_and_can_be_sent_once_more() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    receiver.answers("200 OK", &[], &"é".repeat(2000));
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1") }));
    let queued = site.ask("POST", &format!("{}/ping", one(&site, &hook)), None).body;
    let told = receiver.next();
    assert_eq!((told.event(), told.header("webhook-id")), ("webhook.ping", queued["id"].as_str().unwrap()));
    let known = tried(&site, &hook, 1);
    for (name, value) in
        [("state", json!("delivered")), ("responseStatus", json!(200)), ("error", Value::Null), ("nextAttemptAt", Value::Null)]
    {
        assert_eq!(known[name], value, "{name}");
    }
    assert_eq!((&known["payload"], known["responseBody"].as_str().map(str::len)), (&told.body, Some(1024)));
    assert!(known["responseTime"].is_u64() && known["event"] == "webhook.ping");
    let path = format!("{}/deliveries/{}", one(&site, &hook), known["id"].as_str().unwrap());
    assert_eq!(site.get(&path).body, known);
    assert_eq!(site.ask("POST", &format!("{path}/resend"), None).body["state"], "queued");
    let again = receiver.next();
    assert_eq!((again.header("webhook-id"), &again.text), (told.header("webhook-id"), &told.text));
    tried(&site, &hook, 1);
    assert_eq!(site.items(&format!("{}/deliveries?state=delivered", one(&site, &hook))).len(), 1);
    assert_eq!(site.items(&format!("{}/deliveries?event=entry.created", one(&site, &hook))).len(), 0);
    let nothing = format!("{}/deliveries/0190f4a2-0000-7000-8000-000000000000", one(&site, &hook));
    assert_eq!((site.get(&nothing).status, site.ask("POST", &format!("{nothing}/resend"), None).status), (404, 404));
}

#[test]
fn a_receiver_that_fails_for_hours_is_told_later_and_at_last_given_up() {
    let clock = SetClock::new();
    let (mut site, receiver) = (Site::clocked_as(&clock, open()), Receiver::start());
    receiver.answers("500 Internal Server Error", &[], "broken");
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["entry.created"] }));
    let entry = site.make(&site.pages(), &page("told"));
    let first = receiver.next();
    let mut id = first.header("webhook-id").to_owned();
    let mut stamp: i64 = first.header("webhook-timestamp").parse().unwrap();
    let waits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
    for (tries, wait) in (1..).zip(waits) {
        renewed(&mut site);
        let known = tried(&site, &hook, tries);
        assert_eq!((&known["state"], &known["error"], &known["responseStatus"]), (&json!("queued"), &json!("status"), &json!(500)));
        assert_eq!(known["responseBody"], "broken");
        assert_eq!(site.ask("POST", &format!("{}/deliveries/{id}/resend", one(&site, &hook)), None).status, 409, "it waits");
        // Some later than by the table, so that not all come at one moment.
        clock.pass(Duration::from_secs(wait - 1));
        run(&site);
        assert!(receiver.is_quiet(), "not before its time");
        clock.pass(Duration::from_secs(wait / 10 + 2));
        run(&site);
        let told = receiver.next();
        let at: i64 = told.header("webhook-timestamp").parse().unwrap();
        assert!(told.header("webhook-id") == id && told.text == first.text && at > stamp, "the same message, at another moment");
        (id, stamp) = (told.header("webhook-id").to_owned(), at);
    }
    renewed(&mut site);
    let known = tried(&site, &hook, 10);
    assert_eq!((&known["state"], &known["nextAttemptAt"]), (&json!("failed"), &Value::Null));
    assert_eq!(site.get(&one(&site, &hook)).body["failingSince"], "2030-01-01T00:00:00.000Z");
    receiver.answers("200 OK", &[], "");
    assert_eq!(site.ask("POST", &format!("{}/deliveries/{id}/resend", one(&site, &hook)), None).status, 200);
    let told = receiver.next();
    assert_eq!((told.header("webhook-id"), &told.body["data"]["id"]), (id.as_str(), &entry["id"]));
    assert_eq!(tried(&site, &hook, 1)["state"], "delivered");
    assert_eq!(site.get(&one(&site, &hook)).body["failingSince"], Value::Null);
}

#[test]
fn a_receiver_may_ask_for_time() {
    let clock = SetClock::new();
    let (site, receiver) = (Site::clocked_as(&clock, open()), Receiver::start());
    receiver.answers("503 Service Unavailable", &["retry-after: 600"], "");
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1") }));
    site.make(&site.pages(), &page("told"));
    receiver.next();
    assert_eq!(tried(&site, &hook, 1)["nextAttemptAt"], "2030-01-01T00:10:00.000Z");
    clock.pass(Duration::from_secs(599));
    run(&site);
    assert!(receiver.is_quiet());
    clock.pass(Duration::from_secs(1));
    run(&site);
    receiver.next();
}

#[test]
fn one_that_fails_for_five_days_is_switched_off_and_its_owners_are_told() {
    let (clock, mail, receiver) = (SetClock::new(), MailServer::start(), Receiver::start());
    let mut site = Site::mailing(&clock, open(), &mail.url);
    receiver.answers("500 Internal Server Error", &[], "");
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["entry.created"] }));
    let mut days = 0;
    let known = loop {
        renewed(&mut site);
        let found = site.get(&one(&site, &hook)).body;
        if found["active"] == false {
            break found;
        }
        site.make(&site.pages(), &page(&format!("day-{days}")));
        receiver.next();
        // Older messages are tried before the newest, which is given up with the first of them that is one too many.
        while log(&site, &hook)[0]["lastAttemptAt"].is_null() && log(&site, &hook)[0]["state"] == "queued" {}
        clock.pass(HOUR * 24);
        days += 1;
    };
    assert_eq!((&known["disabledReason"], days), (&json!("failing"), 6), "five days after the first");
    assert!(log(&site, &hook).iter().all(|one| one["state"] == "failed" && one["nextAttemptAt"].is_null()));
    let letter = mail.next();
    assert_eq!((letter.to.as_str(), letter.header("Subject").as_str()), ("olga@acme.example", "A webhook of site was switched off"));
    assert!(
        letter.link().ends_with(&format!("/o/acme/p/site/webhooks/{}", hook["id"].as_str().unwrap())) && !letter.body.contains("/hook ")
    );
    let noted = site
        .count("SELECT COUNT(*) FROM activities WHERE action = 'webhook.switched-off' AND resource_id = ?1", hook["id"].as_str().unwrap());
    assert_eq!(noted, 1);
    // Switched on it begins anew.
    receiver.answers("200 OK", &[], "");
    let on = site.change(&one(&site, &hook), &json!({ "active": true }));
    assert_eq!((&on["disabledReason"], &on["failingSince"]), (&Value::Null, &Value::Null));
}

#[test]
fn one_that_is_gone_is_switched_off_at_once() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    receiver.answers("410 Gone", &[], "");
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1") }));
    site.make(&site.pages(), &page("told"));
    receiver.next();
    assert_eq!(tried(&site, &hook, 1)["state"], "failed");
    let known = site.get(&one(&site, &hook)).body;
    assert_eq!((&known["active"], &known["disabledReason"]), (&json!(false), &json!("gone")));
    site.make(&site.pages(), &page("untold"));
    assert_eq!(log(&site, &hook).len(), 1);
    let id = log(&site, &hook)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(site.ask("POST", &format!("{}/deliveries/{id}/resend", one(&site, &hook)), None).status, 409);
}

#[test]
fn one_that_hangs_holds_up_nobody_else() {
    let (site, hangs, receiver) = (Site::as_set(open()), Receiver::start(), Receiver::start());
    hangs.hangs();
    for _ in 0..10 {
        site.make(&hooks(&site), &json!({ "url": hangs.url("127.0.0.1") }));
    }
    site.make(&site.pages(), &page("first"));
    (0..10).for_each(|_| drop(hangs.next()));
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1") }));
    for slug in ["second", "third", "fourth"] {
        let entry = site.make(&site.pages(), &page(slug));
        assert_eq!(receiver.next().body["data"]["id"], entry["id"]);
    }
    // A line for each: while one message hangs, the next to the same receiver waits.
    assert!(hangs.is_quiet());
    assert_eq!(tried(&site, &hook, 1)["state"], "delivered");
}

#[test]
fn nobody_is_reached_who_must_not_be() {
    let (site, receiver) = (Site::as_set(Config::default()), Receiver::start());
    for host in ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::ffff:127.0.0.1]", "[::1]"] {
        let hook = site.make(&hooks(&site), &json!({ "url": receiver.url(host), "events": ["key.created"] }));
        assert_eq!(site.ask("POST", &format!("{}/ping", one(&site, &hook)), None).status, 200);
        let known = tried(&site, &hook, 1);
        assert_eq!((&known["state"], &known["error"]), (&json!("queued"), &json!("address_not_allowed")), "{host}");
    }
    let hook = site.make(&hooks(&site), &json!({ "url": "http://nowhere.invalid/", "events": ["key.created"] }));
    site.ask("POST", &format!("{}/ping", one(&site, &hook)), None);
    assert_eq!(tried(&site, &hook, 1)["error"], "name_not_found");
    assert!(receiver.is_quiet());
}

#[test]
fn nobody_is_sent_elsewhere() {
    let (site, receiver, beside) = (Site::as_set(open()), Receiver::start(), Receiver::start());
    receiver.answers("307 Temporary Redirect", &[&format!("location: {}", beside.url("127.0.0.1"))], "");
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("localhost") }));
    site.ask("POST", &format!("{}/ping", one(&site, &hook)), None);
    receiver.next();
    let known = tried(&site, &hook, 1);
    assert_eq!((&known["error"], &known["responseStatus"]), (&json!("redirect"), &json!(307)));
    assert!(beside.is_quiet());
    let nobody = site.make(&hooks(&site), &json!({ "url": "http://127.0.0.1:9/", "events": ["key.created"] }));
    site.ask("POST", &format!("{}/ping", one(&site, &nobody)), None);
    assert_eq!(tried(&site, &nobody, 1)["error"], "unreachable");
    // Who speaks HTTP where encryption is asked for is nobody to talk to.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        listener.accept().map(|(mut connection, _)| connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n").map(|()| connection))
    });
    let plain = site.make(&hooks(&site), &json!({ "url": url, "events": ["key.created"] }));
    site.ask("POST", &format!("{}/ping", one(&site, &plain)), None);
    assert_eq!(tried(&site, &plain, 1)["error"], "tls");
}

#[test]
fn what_ended_a_month_ago_is_not_known_any_more() {
    let clock = SetClock::new();
    let (mut site, receiver) = (Site::clocked_as(&clock, open()), Receiver::start());
    let hook = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["entry.created"] }));
    site.make(&site.pages(), &page("told"));
    receiver.next();
    tried(&site, &hook, 1);
    for (hours, known) in [(719, 1), (1, 0)] {
        clock.pass(HOUR * hours);
        site.server.once(&jobs::sweep::job(&site.server.store, Config::default().retention));
        renewed(&mut site);
        assert_eq!(log(&site, &hook).len(), known);
    }
}
