//! `Idempotency-Key`: a creation that is sent again makes nothing again.

use std::{
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use reqwest::blocking::Client;
use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Access, Role},
        content::KINDS,
    },
    http::api::routes,
};

use crate::support::{JsonAnswer, Server, SetClock, Site, machine, owner, page, person};

const NAME: &str = "Idempotency-Key";
const AGAIN: &str = "idempotency-replayed";

fn post(site: &Site, path: &str, key: &str, body: &Value) -> JsonAnswer {
    site.server.ask_with("POST", path, Some(&site.token), Some(body), &[(NAME, key)])
}

fn total(site: &Site) -> u64 {
    site.get(&format!("{}?lite=true", site.pages())).body["meta"]["total"].as_u64().unwrap()
}

#[test]
fn a_repeat_gets_the_first_answer_and_makes_nothing() {
    let site = Site::new();
    let first = post(&site, &site.pages(), "one", &page("one"));
    assert_eq!((first.status, first.header(AGAIN)), (201, ""), "{}", first.body);
    let again = post(&site, &site.pages(), "one", &page("one"));
    assert_eq!((again.status, again.header(AGAIN), &again.body), (201, "true", &first.body));
    for header in ["etag", "content-type", "cache-control"] {
        assert_eq!(again.header(header), first.header(header), "{header}");
    }
    assert_eq!(total(&site), 1);
    let org = format!("/organizations/{}", site.here.org);
    for (path, body) in [
        (format!("{org}/projects"), json!({ "name": "Twice" })),
        (format!("{org}/service-accounts"), json!({ "name": "Twice", "role": "viewer" })),
        (format!("{}/apps", site.project()), json!({ "appType": "website", "name": "Twice" })),
    ] {
        let first = post(&site, &path, &path, &body);
        assert_eq!(first.status, 201, "{path}: {}", first.body);
        assert_eq!(post(&site, &path, &path, &body).body, first.body, "{path}");
    }
}

#[test]
fn a_key_stands_for_one_request_of_one_caller() {
    let site = Site::new();
    assert_eq!(post(&site, &site.pages(), "k", &page("one")).status, 201);
    for (path, body) in [(site.pages(), page("two")), (site.posts(), page("one"))] {
        let answer = post(&site, &path, "k", &body);
        assert_eq!((answer.status, answer.body["code"].as_str(), answer.reason()), (422, Some("UNPROCESSABLE"), "key_reused"));
    }
    assert_eq!(total(&site), 1);
    let other = machine(&site.server, site.here.org, Role::Editor, Access::Write, None);
    let token = site.server.token(&other.secret);
    let answer = site.server.ask_with("POST", &site.pages(), Some(&token), Some(&page("two")), &[(NAME, "k")]);
    assert_eq!((answer.status, answer.header(AGAIN)), (201, ""), "another caller's keys are its own");
}

#[test]
fn what_is_refused_is_not_kept() {
    let site = Site::new();
    assert_eq!(post(&site, &site.pages(), "k", &json!({ "slug": "one" })).status, 400);
    assert_eq!(post(&site, &site.pages(), "k", &page("one")).status, 201, "the corrected request");
    assert_eq!(post(&site, &site.pages(), "other", &page("one")).status, 409, "the slug is taken");
    assert_eq!(post(&site, &site.pages(), "other", &page("two")).status, 201);
}

#[test]
fn a_key_is_visible_ascii_of_bounded_length_and_given_once() {
    let site = Site::new();
    let long = "x".repeat(256);
    for wrong in ["", "a b", long.as_str()] {
        let answer = post(&site, &site.pages(), wrong, &page("one"));
        assert_eq!((answer.status, answer.body["errors"][0]["field"].as_str()), (400, Some(NAME)), "{wrong:?}");
    }
    let twice = site.server.ask_with("POST", &site.pages(), Some(&site.token), Some(&page("one")), &[(NAME, "a"), (NAME, "b")]);
    assert_eq!(twice.status, 400);
    assert_eq!(site.server.ask_with("POST", &site.pages(), None, Some(&page("one")), &[(NAME, "a b")]).status, 401);
    assert_eq!(post(&site, &site.pages(), &long[1..], &page("one")).status, 201);
    assert_eq!(total(&site), 1);
}

#[test]
fn the_repeat_of_a_key_says_that_it_was_made_without_its_text() {
    let site = Site::new();
    let org = format!("/organizations/{}", site.here.org);
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let keys = format!("{org}/service-accounts/{}/api-keys", made.account);
    for (path, body) in [(keys, json!({ "name": "Nightly" })), (format!("{org}/api-keys/{}/regenerate", made.key), json!({}))] {
        let first = post(&site, &path, &path, &body);
        let again = post(&site, &path, &path, &body);
        assert_eq!((first.status, again.status, again.header(AGAIN)), (201, 201, "true"), "{}", again.body);
        let text = first.body["key"].as_str().unwrap();
        assert_eq!(site.server.exchange(text).status, 200);
        assert_eq!((&again.body["id"], &again.body["key"]), (&first.body["id"], &Value::Null));
        let kept: String =
            site.raw().query_row("SELECT group_concat(body || headers) FROM idempotency_keys", [], |row| row.get(0)).unwrap();
        assert!(!kept.contains(&text[20..]), "no secret is stored");
    }
    let invitations = format!("{org}/invitations");
    let body = json!({ "email": "new@acme.example", "role": "viewer" });
    let first = post(&site, &invitations, "invite", &body);
    let link = first.body["link"].as_str().expect("a link, since no mail is sent");
    assert_eq!(post(&site, &invitations, "invite", &body).body["link"], Value::Null);
    let kept: String = site.raw().query_row("SELECT body FROM idempotency_keys WHERE key = 'invite'", [], |row| row.get(0)).unwrap();
    assert!(!kept.contains(&link[link.len() - 20..]), "no secret is stored");
}

#[test]
fn a_repeat_passes_the_gates_that_the_first_passed() {
    let site = Site::new();
    let editor = machine(&site.server, site.here.org, Role::Editor, Access::Write, None);
    let account = format!("/organizations/{}/service-accounts/{}", site.here.org, editor.account);
    let token = site.server.token(&editor.secret);
    let again = |token: &str| site.server.ask_with("POST", &site.pages(), Some(token), Some(&page("one")), &[(NAME, "k")]);
    let first = again(&token);
    assert_eq!(first.status, 201, "{}", first.body);
    let narrow = site.server.ask("POST", "/auth/token", None, Some(&json!({ "apiKey": editor.secret, "access": "read" })));
    let narrow = narrow.body["token"].as_str().unwrap().to_owned();
    let refused = |answer: JsonAnswer, status: u16| {
        assert_eq!((answer.status, answer.header(AGAIN), answer.body["id"].as_str()), (status, "", None), "{}", answer.body);
    };
    refused(again(&narrow), 403);
    site.change(&account, &json!({ "role": "viewer" }));
    refused(again(&token), 403);
    site.change(&account, &json!({ "role": "collaborator" }));
    refused(again(&token), 404);
    site.change(&account, &json!({ "role": "editor" }));
    assert_eq!((again(&token).header(AGAIN), again(&token).body), ("true", first.body));
    assert_eq!(site.ask("DELETE", &site.project(), None).status, 200);
    refused(again(&token), 404);
}

#[test]
fn every_creation_by_a_caller_with_a_limited_right_asks_for_it_again() {
    let site = Site::new();
    let admin = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    let org = format!("/organizations/{}", site.here.org);
    let token = site.server.token(&admin.secret);
    let asked = [
        (format!("{org}/projects"), json!({ "name": "Twice" })),
        (format!("{org}/service-accounts"), json!({ "name": "Twice", "role": "viewer" })),
        (format!("{org}/service-accounts/{}/api-keys", admin.account), json!({ "name": "Twice" })),
        (format!("{org}/invitations"), json!({ "email": "new@acme.example", "role": "viewer" })),
        (format!("{}/apps", site.project()), json!({ "appType": "website", "name": "Twice" })),
    ];
    let send = |path: &str, body: &Value| site.server.ask_with("POST", path, Some(&token), Some(body), &[(NAME, path)]);
    for (path, body) in &asked {
        assert_eq!(send(path, body).status, 201, "{path}");
    }
    site.change(&format!("{org}/service-accounts/{}", admin.account), &json!({ "role": "editor" }));
    for (path, body) in &asked {
        let refused = send(path, body);
        assert_eq!((refused.status, refused.header(AGAIN)), (403, ""), "{path}: {}", refused.body);
    }
}

#[test]
fn whoever_gave_their_right_away_with_it_gets_the_answer_again() {
    let site = Site::new();
    let owner = owner(&site.server, &site.here, "acme", Access::Full);
    let heir = person(&site.server, site.here.org, Role::Admin, Access::Full);
    let token = site.server.token(&owner.made.secret);
    let path = format!("/organizations/{}/transfer", site.here.org);
    let wish = json!({ "userId": heir.made.account.to_string() });
    let give = || site.server.ask_with("POST", &path, Some(&token), Some(&wish), &[(NAME, "k")]);
    let first = give();
    assert_eq!((first.status, first.header(AGAIN)), (201, ""), "{}", first.body);
    let again = give();
    assert_eq!((again.status, again.header(AGAIN), &again.body), (201, "true", &first.body));
}

#[test]
fn many_at_once_make_one_thing() {
    let site = Site::new();
    let answers: Vec<JsonAnswer> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| post(&site, &site.pages(), "k", &page("one")))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| answer.status == 201 || (answer.status == 409 && answer.reason() == "in_flight")));
    assert_eq!(answers.iter().filter(|answer| answer.status == 201 && answer.header(AGAIN).is_empty()).count(), 1);
    assert_eq!(total(&site), 1);
    assert_eq!(post(&site, &site.pages(), "k", &page("one")).header(AGAIN), "true");
}

#[test]
fn while_the_first_is_being_answered_the_second_is_told_so() {
    let site = Site::new();
    let (go, held) = mpsc::channel::<()>();
    let (begun, begins) = mpsc::channel();
    let (held, store) = (Arc::new(parking_lot::Mutex::new(held)), site.server.store.clone());
    thread::scope(|scope| {
        scope.spawn(move || {
            let wait = move |_: &mut stele::store::Tx<'_>| {
                begun.send(()).unwrap();
                let _ = held.lock().recv();
                Ok(())
            };
            store.write_now(wait).unwrap();
        });
        begins.recv().unwrap();
        // One of the two is first; it waits for the writer, and the other one is told.
        let (told, answers) = mpsc::channel();
        for _ in 0..2 {
            let (told, site) = (told.clone(), &site);
            scope.spawn(move || told.send(post(site, &site.pages(), "k", &page("one"))).unwrap());
        }
        let second = answers.recv().unwrap();
        assert_eq!((second.status, second.reason()), (409, "in_flight"), "{}", second.body);
        // Whoever waits, at the first run of the write or at another, goes on.
        drop(go);
        assert_eq!(answers.recv().unwrap().status, 201);
    });
    assert_eq!(total(&site), 1);
}

#[test]
fn a_key_is_free_again_after_a_day_and_its_answer_is_dropped() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let account = format!("/organizations/{}/service-accounts", site.here.org);
    let body = json!({ "name": "Twin", "role": "viewer" });
    let ask = || {
        let token = site.server.token(&site.admin.secret);
        site.server.ask_with("POST", &account, Some(&token), Some(&body), &[(NAME, "k")])
    };
    let first = ask();
    clock.pass(Duration::from_secs(12 * 60 * 60));
    assert_eq!(ask().body["id"], first.body["id"]);
    // The admin's key lives for a day; the site makes another one.
    let admin = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    clock.pass(Duration::from_secs(12 * 60 * 60));
    let token = site.server.token(&admin.secret);
    let later = site.server.ask_with("POST", &account, Some(&token), Some(&body), &[(NAME, "k")]);
    assert_eq!((later.status, later.header(AGAIN)), (201, ""));
    let any_old = || site.server.store.read_now(stele::service::idempotency::any_old).unwrap();
    assert!(!any_old(), "where the clock was ahead, it is needed still");
    clock.pass(Duration::from_secs(7 * 24 * 60 * 60 - 60));
    assert!(!any_old());
    clock.pass(Duration::from_secs(60));
    // Those of both callers are of the same age but for a day.
    let kept = || site.count("SELECT count(*) FROM idempotency_keys WHERE key = ?1", "k");
    assert!(any_old() && kept() == 2);
    site.server.write(stele::service::idempotency::forget);
    assert!(!any_old() && kept() == 1, "the one of the second caller");
}

#[test]
fn an_answer_is_kept_over_a_restart_and_a_revoked_caller_gets_none() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    let server = Server::start(&file);
    let here = crate::support::tenant(&server, "acme");
    let admin = machine(&server, here.org, Role::Admin, Access::Full, None);
    let token = server.token(&admin.secret);
    let path = format!("/organizations/{}/projects", here.org);
    let ask = |server: &Server| server.ask_with("POST", &path, Some(&token), Some(&json!({ "name": "Kept" })), &[(NAME, "k")]);
    let first = ask(&server);
    assert_eq!(first.status, 201);
    drop(server);
    let server = Server::start(&file);
    let again = ask(&server);
    assert_eq!((again.status, again.header(AGAIN), &again.body), (201, "true", &first.body));
    assert_eq!(server.oauth("revoke", &[("token", &admin.secret), ("client_secret", &admin.secret)]), 200);
    assert_eq!(ask(&server).status, 401);
}

#[test]
fn every_post_that_creates_takes_a_key_and_says_so() {
    for route in routes::all(KINDS).iter().filter(|route| route.method == "POST" && !route.public && route.status == 201) {
        assert!(route.repeatable, "{}", route.id);
    }
    let site = Site::new();
    let document: Value = Client::new().get(format!("{}/api/openapi.json", site.server.url)).send().unwrap().json().unwrap();
    let create = &document["paths"]["/api/organizations/{organizationId}/projects"]["post"];
    assert!(create["parameters"].as_array().unwrap().iter().any(|one| one["name"] == NAME && one["in"] == "header"), "{create}");
    assert!(create["responses"]["422"].is_object());
}
