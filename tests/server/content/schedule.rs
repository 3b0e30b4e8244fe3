//! Scheduled posts publish themselves. Time is a clock that the tests set; what the server does by itself is awaited.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Server, SetClock, Site};

/// How often an answer is asked for before the test gives up; some thousand times more than it takes.
const TRIES: usize = 5_000;
const MINUTE: Duration = Duration::from_secs(60);

fn post(site: &Site, slug: &str, at: &str) -> String {
    let made = site.make(&site.posts(), &json!({ "name": slug, "slug": slug, "scheduledPublishAt": at }));
    assert_eq!((&made["status"], &made["scheduledPublishAt"]), (&json!("scheduled"), &json!(at)), "{made}");
    format!("{}/{}", site.posts(), made["id"].as_str().unwrap())
}

/// Asks until the post is published.
fn published(server: &Server, token: &str, one: &str) -> Value {
    for _ in 0..TRIES {
        let found = server.ask("GET", one, Some(token), None);
        assert_eq!(found.status, 200, "{}", found.body);
        if found.body["status"] == "published" {
            return found.body;
        }
        std::thread::yield_now();
    }
    panic!("{one} was never published");
}

#[test]
fn a_scheduled_post_publishes_itself_at_its_time_and_not_before() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let early = post(&site, "early", "2030-01-01T00:05:00.000Z");
    let late = post(&site, "late", "2030-01-01T00:10:00.000Z");
    let tag = site.get(&early).header("etag").to_owned();
    assert_eq!(site.items(&format!("{}/urls", site.project())).len(), 0);
    clock.pass(6 * MINUTE);
    site.server.store.wakers().schedule.notify_one();
    let seen = published(&site.server, &site.token, &early);
    assert_eq!((&seen["scheduledPublishAt"], &seen["updatedAt"]), (&Value::Null, &json!("2030-01-01T00:06:00.000Z")));
    // Both would have been published in one transaction.
    assert_eq!(site.get(&late).body["status"], "scheduled");
    assert_ne!(site.get(&early).header("etag"), tag);
    assert_eq!(site.items(&format!("{}/urls", site.project()))[0]["path"], "/blog/early");
    let id = seen["id"].as_str().unwrap();
    let sources = "SELECT COUNT(*) FROM versions WHERE entry_id = $1 AND source IN ('create', 'publish')";
    assert_eq!(site.count(sources, id), 2);
    let by_itself = "SELECT COUNT(*) FROM activities WHERE resource_id = $1 AND action = 'entry.published' AND actor_type = 'system'";
    assert_eq!(site.count(by_itself, id), 1);
    clock.pass(4 * MINUTE);
    site.server.store.wakers().schedule.notify_one();
    published(&site.server, &site.token, &late);
    assert_eq!(site.count(by_itself, id), 1, "once is enough");
}

#[test]
fn a_post_that_cannot_be_published_holds_up_no_other() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let stuck = post(&site, "stuck", "2030-01-01T00:05:00.000Z");
    let other = post(&site, "other", "2030-01-01T00:06:00.000Z");
    let trigger = "CREATE TRIGGER stuck BEFORE UPDATE OF status ON entries WHEN old.slug = 'stuck' BEGIN SELECT RAISE(ABORT, 'no'); END";
    site.alter_all(trigger);
    clock.pass(10 * MINUTE);
    site.server.store.wakers().schedule.notify_one();
    published(&site.server, &site.token, &other);
    assert_eq!(site.get(&stuck).body["status"], "scheduled");
}

#[test]
fn a_post_whose_time_passed_while_the_server_was_stopped_is_published_at_its_start() {
    let clock = SetClock::new();
    let Site { server, dir, token, here, admin, .. } = {
        let site = Site::with(&clock);
        post(&site, "missed", "2030-01-01T00:05:00.000Z");
        post(&site, "later", "2030-01-01T02:00:00.000Z");
        site
    };
    drop((server, token));
    clock.pass(60 * MINUTE);
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let token = server.token(&admin.secret);
    let site = Site { server, dir, here, admin, token };
    let all = site.items(&format!("{}?sort=slug:desc", site.posts()));
    let one = |at: usize| format!("{}/{}", site.posts(), all[at]["id"].as_str().unwrap());
    assert_eq!(published(&site.server, &site.token, &one(0))["slug"], "missed");
    assert_eq!(site.get(&one(1)).body["status"], "scheduled");
}

#[test]
fn a_schedule_that_is_taken_away_publishes_nothing() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let gone = post(&site, "gone", "2030-01-01T00:05:00.000Z");
    let kept = post(&site, "kept", "2030-01-01T00:06:00.000Z");
    assert_eq!(site.ask("DELETE", &gone, None).status, 200);
    clock.pass(10 * MINUTE);
    site.server.store.wakers().schedule.notify_one();
    published(&site.server, &site.token, &kept);
    let id = gone.rsplit('/').next().unwrap();
    assert_eq!(site.count("SELECT COUNT(*) FROM entries WHERE id = $1 AND status = 'scheduled'", id), 1);
}

#[test]
fn a_date_that_has_passed_is_refused() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    for at in ["2029-12-31T23:59:59.999Z", "2030-01-01T00:00:00.000Z", "2029-12-31"] {
        let body = json!({ "name": "Late", "slug": "late", "scheduledPublishAt": at });
        let refused = site.ask("POST", &site.posts(), Some(&body));
        assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &json!("in_the_past")), "{}", refused.body);
    }
}
