//! Webhooks: made, changed and given up, what they are told, and that nobody else is.

use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Role},
        id::{DeliveryId, ProjectId, WebhookId},
        project::webhook::{event::Event, secret::Secret},
        time::Instant,
    },
    store::instance,
};

use crate::support::{HookRequest, Receiver, SetClock, Site, machine, page, person};

/// A server whose webhooks may lead to this machine.
pub fn open() -> Config {
    Config { webhook_networks: vec!["127.0.0.0/8".parse().unwrap()], ..Config::default() }
}

pub fn hooks(site: &Site) -> String {
    format!("{}/webhooks", site.project())
}

pub fn one(site: &Site, hook: &Value) -> String {
    format!("{}/{}", hooks(site), hook["id"].as_str().expect("an id"))
}

/// The secret of a webhook after so many changes of it.
pub fn secret(site: &Site, hook: &Value, generation: u32) -> Secret {
    let id: WebhookId = hook["id"].as_str().unwrap().parse().unwrap();
    let found = site.server.store.read_now(instance::unguarded_get).unwrap().expect("an instance");
    Secret::of(&found.secret, id, generation)
}

/// What one of these secrets signs of a message.
pub fn signed(told: &HookRequest, by: &Secret) -> String {
    let id: DeliveryId = told.header("webhook-id").parse().expect("an id");
    by.sign(id, Instant::from_seconds(told.header("webhook-timestamp").parse().expect("a second")), &told.text)
}

#[test]
fn a_webhook_is_made_changed_and_given_up() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    let made =
        site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["file.created", "entry.created", "file.created"] }));
    assert_eq!(made["secret"], secret(&site, &made, 0).reveal());
    let shown = site.get(&one(&site, &made)).body;
    for (name, value) in [
        ("url", json!(receiver.url("127.0.0.1"))),
        ("events", json!(["entry.created", "file.created"])),
        ("active", json!(true)),
        ("description", json!("")),
        ("disabledReason", Value::Null),
        ("secret", Value::Null),
    ] {
        assert_eq!(shown[name], value, "{name}");
    }
    assert_eq!(site.items(&hooks(&site)), [shown]);
    let changed = site.change(&one(&site, &made), &json!({ "events": [], "description": " The index ", "active": false }));
    assert_eq!((&changed["events"], &changed["description"], &changed["active"]), (&json!([]), &json!("The index"), &json!(false)));
    assert_eq!(site.items(&format!("{}?active=true", hooks(&site))), Vec::<Value>::new());
    assert_eq!(site.items(&format!("{}?search=index", hooks(&site))).len(), 1);
    for (what, wrong) in [
        ("url", json!({ "url": "ftp://example.org" })),
        ("url", json!({ "url": "https://ada:word@example.org" })),
        ("description", json!({ "url": "https://example.org", "description": "a".repeat(501) })),
        ("events[0]", json!({ "url": "https://example.org", "events": ["entry.eaten"] })),
        ("secret", json!({ "url": "https://example.org", "secret": "own" })),
    ] {
        let refused = site.ask("POST", &hooks(&site), Some(&wrong));
        assert_eq!((refused.status, refused.body["errors"][0]["field"].as_str()), (400, Some(what)), "{}", refused.body);
    }
    // Another project does not have it, and those who do not look after this one see nothing.
    let elsewhere = format!("/organizations/{}/projects/{}/webhooks/{}", site.here.org, site.here.other, made["id"].as_str().unwrap());
    for method in ["GET", "DELETE"] {
        assert_eq!(site.ask(method, &elsewhere, None).status, 404);
    }
    let editor = machine(&site.server, site.here.org, Role::Editor, Access::Full, None);
    let token = site.server.token(&editor.secret);
    assert_eq!(site.server.ask("GET", &hooks(&site), Some(&token), None).status, 403);
    assert_eq!(site.ask("DELETE", &one(&site, &made), None).status, 200);
    assert_eq!(site.get(&one(&site, &made)).status, 404);
    let trail = site.count("SELECT COUNT(*) FROM activities WHERE resource_id = ?1 AND resource_name LIKE 'http://127.0.0.1:%' AND resource_name NOT LIKE '%hook'", made["id"].as_str().unwrap());
    assert_eq!(trail, 3, "the trail tells where it led, and no path");
}

#[test]
fn a_project_has_twenty_webhooks_at_most() {
    let site = Site::new();
    (0..20).for_each(|_| drop(site.make(&hooks(&site), &json!({ "url": "https://example.org" }))));
    let refused = site.ask("POST", &hooks(&site), Some(&json!({ "url": "https://example.org" })));
    assert_eq!((refused.status, refused.body["errors"][0]["code"].as_str()), (400, Some("too_many")));
}

#[test]
fn a_secret_is_told_once_and_a_changed_one_signs_beside_the_old_for_a_day() {
    let clock = SetClock::new();
    let (site, receiver) = (Site::clocked_as(&clock, open()), Receiver::start());
    let made = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["file.created"] }));
    let ping = || {
        assert_eq!(site.ask("POST", &format!("{}/ping", one(&site, &made)), None).status, 200);
        receiver.next()
    };
    let told = ping();
    assert_eq!(told.header("webhook-signature"), signed(&told, &secret(&site, &made, 0)));
    let rotated = site.ask("POST", &format!("{}/rotate-secret", one(&site, &made)), None).body;
    assert_eq!(
        (&rotated["secret"], &rotated["previousSecretEndsAt"]),
        (&json!(secret(&site, &made, 1).reveal()), &json!("2030-01-02T00:00:00.000Z"))
    );
    assert_ne!(rotated["secret"], made["secret"]);
    let told = ping();
    let both = [1, 0].map(|generation| signed(&told, &secret(&site, &made, generation))).join(" ");
    assert_eq!(told.header("webhook-signature"), both);
    clock.pass(std::time::Duration::from_secs(24 * 60 * 60));
    let fresh = site.server.token(&machine(&site.server, site.here.org, Role::Admin, Access::Full, None).secret);
    assert_eq!(site.server.ask("POST", &format!("{}/ping", one(&site, &made)), Some(&fresh), None).status, 200);
    let told = receiver.next();
    assert_eq!(told.header("webhook-signature"), signed(&told, &secret(&site, &made, 1)));
}

#[test]
fn what_is_done_in_a_project_is_told_as_it_was_done() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    let made = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1") }));
    let entry = site.make(&site.pages(), &page("about"));
    let told = receiver.next();
    assert_eq!((told.line.as_str(), told.header("content-type")), ("POST /hook HTTP/1.1", "application/json"));
    assert_eq!(told.header("webhook-signature"), signed(&told, &secret(&site, &made, 0)));
    assert_eq!(told.event(), "entry.created");
    let by = json!({ "type": "service_account", "id": site.admin.account.to_string() });
    for (name, value) in [
        ("id", &entry["id"]),
        ("name", &json!("about")),
        ("resourceType", &json!("website_page")),
        ("projectId", &json!(site.here.project.to_string())),
        ("organizationId", &json!(site.here.org.to_string())),
        ("appId", &json!(site.here.app.to_string())),
        ("actor", &by),
    ] {
        assert_eq!(&told.body["data"][name], value, "{name}");
    }
    let (id, content) = (entry["id"].as_str().unwrap(), json!({ "contentType": "website_page", "contentId": entry["id"] }));
    let path = format!("{}/{id}", site.pages());
    site.change(&path, &json!({ "name": "About us" }));
    for action in ["unpublish", "publish"] {
        let done = site.ask("POST", &format!("{}/content/{action}", site.project()), Some(&content));
        assert_eq!(done.status, 200, "{}", done.body);
    }
    assert_eq!(site.ask("DELETE", &path, None).status, 200);
    let saved = site.ask("POST", &format!("{}/files/save", site.project()), Some(&json!({ "filename": "a.txt", "content": "a" })));
    let file = format!("{}/files/{}", site.project(), saved.body["id"].as_str().expect("a file"));
    site.change(&file, &json!({ "description": "A letter" }));
    assert_eq!(site.ask("DELETE", &file, None).status, 200);
    let events = ["entry.updated", "entry.unpublished", "entry.published", "entry.deleted", "file.created", "file.updated", "file.deleted"];
    for event in events {
        assert_eq!(receiver.next().event(), event);
    }
    assert!(receiver.is_quiet());
}

#[test]
fn members_and_keys_are_told_where_they_reach() {
    let (site, receiver, beside) = (Site::as_set(open()), Receiver::start(), Receiver::start());
    let other = format!("/organizations/{}/projects/{}/webhooks", site.here.org, site.here.other);
    let people = json!(["member.added", "member.removed", "key.created", "key.regenerated", "key.revoked"]);
    site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": people }));
    site.make(&other, &json!({ "url": beside.url("127.0.0.1"), "events": people }));
    // Who comes into the organization comes into both, with a key.
    let farid = person(&site.server, site.here.org, Role::Viewer, Access::Read);
    for told in [&receiver, &beside] {
        let (joined, key) = (told.next(), told.next());
        assert_eq!((joined.event(), &joined.body["data"]["userId"]), ("member.added", &json!(farid.made.account.to_string())));
        assert_eq!((key.event(), &key.body["data"]["id"]), ("key.created", &json!(farid.made.key.to_string())));
        assert_eq!((&key.body["data"]["name"], &joined.body["data"]["name"]), (&Value::Null, &Value::Null), "no name of theirs");
    }
    // A key that reaches one project is told in that, and so is a role in it.
    let of_one = machine(&site.server, site.here.org, Role::Viewer, Access::Read, Some(vec![site.here.project]));
    let told = receiver.next();
    assert_eq!((told.event(), &told.body["data"]["id"]), ("key.created", &json!(of_one.key.to_string())));
    let members = format!("{}/members", site.project());
    let member = site.make(&members, &json!({ "userId": farid.made.account.to_string(), "role": "editor" }));
    let told = receiver.next();
    assert_eq!((told.event(), &told.body["data"]["resourceType"]), ("member.added", &json!("projectMember")));
    assert_eq!(site.ask("DELETE", &format!("{members}/{}", member["id"].as_str().unwrap()), None).status, 200);
    assert_eq!(receiver.next().event(), "member.removed");
    assert!(beside.is_quiet());
    let keys = format!("/organizations/{}/api-keys/{}", site.here.org, of_one.key);
    assert_eq!(site.ask("POST", &format!("{keys}/regenerate"), Some(&json!({ "grace": "1h" }))).status, 201);
    assert_eq!(receiver.next().event(), "key.regenerated");
    let out = format!("/organizations/{}/members/{}", site.here.org, farid.member.expect("a member"));
    assert_eq!(site.ask("DELETE", &out, None).status, 200);
    assert_eq!([receiver.next().event(), beside.next().event()], ["member.removed"; 2]);
    assert!(receiver.is_quiet() && beside.is_quiet());
}

#[test]
fn a_webhook_is_told_what_it_wants_to_hear_and_one_that_is_off_nothing() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    let made = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": [Event::EntryDeleted.word()] }));
    let off = site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "active": false }));
    let remove = |slug: &str| {
        let entry = site.make(&site.pages(), &page(slug));
        assert_eq!(site.ask("DELETE", &format!("{}/{}", site.pages(), entry["id"].as_str().unwrap()), None).status, 200);
    };
    remove("first");
    assert_eq!(receiver.next().event(), "entry.deleted");
    assert!(receiver.is_quiet());
    for act in ["ping", "rotate-secret"] {
        let status = site.ask("POST", &format!("{}/{act}", one(&site, &off)), None).status;
        assert_eq!(status, if act == "ping" { 409 } else { 200 }, "{act}");
    }
    site.change(&one(&site, &made), &json!({ "active": false }));
    site.change(&one(&site, &off), &json!({ "active": true }));
    remove("second");
    assert_eq!([receiver.next().event(), receiver.next().event()], ["entry.created", "entry.deleted"]);
    // A project that is deleted tells nothing, nor does another one.
    let elsewhere: ProjectId = site.here.other;
    assert_eq!(site.ask("DELETE", &format!("/organizations/{}/projects/{elsewhere}", site.here.org), None).status, 200);
    assert!(receiver.is_quiet());
}
