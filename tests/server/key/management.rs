//! Who manages which keys: new ends, several at once, personal keys, narrow keys; and what is shown of a key.

use std::time::Duration;

use serde_json::{Value, json};
use stele::domain::access::{Access, Role};

use crate::support::{JsonAnswer, Made, SetClock, Site, machine, person};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn one(site: &Site, made: &Made, what: &str) -> String {
    format!("/organizations/{}/api-keys/{}{what}", site.here.org, made.key)
}

fn viewer(site: &Site) -> Made {
    machine(&site.server, site.here.org, Role::Viewer, Access::Read, None)
}

/// Key and end of what was just made.
fn told(made: &Value) -> (String, &Value) {
    (made["key"].as_str().expect("the key").to_owned(), &made["expiresAt"])
}

#[track_caller]
fn fault(answer: &JsonAnswer) -> (u16, &str, &str) {
    let first = &answer.body["errors"][0];
    (answer.status, first["field"].as_str().unwrap_or_default(), first["code"].as_str().unwrap_or_default())
}

#[test]
fn a_key_is_in_the_answer_that_makes_it_and_nowhere_else() {
    let site = Site::new();
    let account = format!("/organizations/{}/service-accounts/{}", site.here.org, site.admin.account);
    let made = site.ask("POST", &format!("{account}/api-keys"), Some(&json!({ "name": "Once" })));
    assert_eq!((made.status, made.header("cache-control")), (201, "no-store"), "{}", made.body);
    let (key, id) = (told(&made.body).0, made.body["id"].as_str().unwrap());
    assert_eq!(site.server.exchange(&key).status, 200);
    let path = format!("/organizations/{}/api-keys/{id}", site.here.org);
    let next = site.make(&format!("{path}/regenerate"), &json!({ "grace": "1h" }));
    let secrets = [key, told(&next).0];
    let all = format!("/organizations/{}/api-keys", site.here.org);
    let mut shown = vec![site.change(&path, &json!({ "name": "Renamed" }))];
    let lists = [&all, &format!("{all}?status=all"), &format!("{account}/api-keys?status=all"), &"/me/api-keys?status=all".to_owned()];
    for list in lists {
        assert!(site.items(list).iter().any(|found| found["id"] == next["id"] || found["id"] == id), "{list}");
        shown.push(site.get(list).body);
    }
    for other in [&path, &account, &"/me/activities".to_owned(), &"/whoami".to_owned()] {
        shown.push(site.get(other).body);
    }
    shown.push(site.make(&format!("{path}/revoke"), &json!({})));
    for answer in shown {
        let text = answer.to_string();
        for secret in &secrets {
            assert!(!text.contains(&secret[16..40]) && answer.get("key").is_none(), "{text}");
        }
    }
}

#[test]
fn a_list_has_the_living_keys_unless_others_are_asked_for() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let made = viewer(&site);
    let list = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, made.account);
    let new = |name: &str, days: u32| site.make(&list, &json!({ "name": name, "expiresInDays": days }))["id"].as_str().unwrap().to_owned();
    let (expired, revoked, living) = (new("expired", 1), new("revoked", 30), new("living", 30));
    site.make(&format!("/organizations/{}/api-keys/{revoked}/revoke", site.here.org), &json!({}));
    clock.pass(DAY);
    let long = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    let token = site.server.token(&long.secret);
    let ask = |query: &str| site.server.ask("GET", &format!("{list}{query}"), Some(&token), None);
    let ids = |query: &str| {
        let found = ask(query).body;
        let mut ids: Vec<String> = found["data"].as_array().unwrap().iter().map(|key| key["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(found["meta"]["total"], ids.len(), "{query}");
        ids.sort_unstable();
        ids
    };
    let sorted = |mut ids: Vec<String>| {
        ids.sort_unstable();
        ids
    };
    // The key that came with the account has expired, too.
    let first = made.key.to_string();
    assert_eq!((ids(""), ids("?status=active")), (vec![living.clone()], vec![living.clone()]));
    assert_eq!(ids("?status=expired"), sorted(vec![first.clone(), expired.clone()]));
    assert_eq!(ids("?status=revoked"), vec![revoked.clone()]);
    assert_eq!(ids("?status=all"), sorted(vec![first, expired, revoked, living]));
    assert_eq!(fault(&ask("?status=dead")), (400, "status", "malformed"));
}

#[test]
fn a_successor_takes_the_end_that_was_chosen() {
    let site = Site::with(&SetClock::new());
    let cases = [
        (json!({ "expiresInDays": 30 }), json!("2030-01-31T00:00:00.000Z")),
        (json!({ "expiresAt": "2030-02-01T12:00:00.000Z" }), json!("2030-02-01T12:00:00.000Z")),
        (json!({ "expiresAt": null }), Value::Null),
        (json!({}), json!("2030-01-02T00:00:00.000Z")),
    ];
    for (wish, end) in cases {
        let next = site.make(&one(&site, &viewer(&site), "/regenerate"), &wish);
        assert_eq!(told(&next).1, &end, "{wish}");
    }
}

#[test]
fn a_wrong_wish_replaces_nothing() {
    let site = Site::with(&SetClock::new());
    let made = viewer(&site);
    let cases = [
        (json!({ "expiresInDays": 0 }), "expiresInDays", "out_of_range"),
        (json!({ "expiresInDays": 3651 }), "expiresInDays", "out_of_range"),
        (json!({ "expiresAt": "2030-01-01T00:00:00.000Z" }), "expiresAt", "in_the_past"),
        (json!({ "expiresInDays": 7, "expiresAt": null }), "expiresAt", "repeated"),
        (json!({ "grace": "2h" }), "grace", "wrong_type"),
        (json!({ "access": "full" }), "access", "unknown_field"),
    ];
    for (wish, field, code) in cases {
        let refused = site.ask("POST", &one(&site, &made, "/regenerate"), Some(&wish));
        assert_eq!(fault(&refused), (400, field, code), "{wish}: {}", refused.body);
    }
    assert_eq!(site.server.exchange(&made.secret).status, 200, "it was not touched");
    assert_eq!(site.get(&one(&site, &made, "")).body["status"], "active");
}

#[test]
fn a_policy_counts_for_successors_too() {
    let site = Site::with(&SetClock::new());
    let made = viewer(&site);
    let org = format!("/organizations/{}", site.here.org);
    site.change(&org, &json!({ "policy": { "maxKeyDays": 10, "keyExpiryRequired": true, "personalKeysAllowed": true } }));
    for wish in [json!({ "expiresInDays": 11 }), json!({ "expiresAt": null })] {
        let refused = site.ask("POST", &one(&site, &made, "/regenerate"), Some(&wish));
        assert_eq!((refused.status, fault(&refused).2), (400, "policy"), "{wish}: {}", refused.body);
    }
    let next = site.make(&one(&site, &made, "/regenerate"), &json!({ "expiresInDays": 10 }));
    assert_eq!(told(&next).1, &json!("2030-01-11T00:00:00.000Z"));
}

#[test]
fn of_eight_that_regenerate_with_a_grace_period_exactly_one_gets_the_key() {
    let site = Site::new();
    let made = viewer(&site);
    let path = one(&site, &made, "/regenerate");
    let answers: Vec<JsonAnswer> = std::thread::scope(|scope| {
        let ask = || site.ask("POST", &path, Some(&json!({ "grace": "24h" })));
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let won: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    let lost = answers.iter().filter(|answer| answer.status == 409).count();
    assert_eq!((won.len(), lost), (1, 7));
    let list = format!("/organizations/{}/service-accounts/{}/api-keys?status=all", site.here.org, made.account);
    assert_eq!(site.items(&list).len(), 2, "the old one in its grace and one new one");
    for secret in [&told(&won[0].body).0, &made.secret] {
        assert_eq!(site.server.exchange(secret).status, 200);
    }
}

#[test]
fn a_key_in_its_grace_period_is_ended_at_once() {
    let site = Site::new();
    let made = viewer(&site);
    let token = site.server.token(&made.secret);
    let next = site.make(&one(&site, &made, "/regenerate"), &json!({ "grace": "7d" }));
    assert_eq!(site.get(&one(&site, &made, "")).body["status"], "active");
    let revoked = site.make(&one(&site, &made, "/revoke"), &json!({ "reason": "Not needed any more" }));
    assert_eq!((&revoked["status"], &revoked["revokeReason"]), (&json!("revoked"), &json!("Not needed any more")));
    assert_eq!(site.server.exchange(&made.secret).reason(), "key_revoked");
    assert_eq!(site.server.ask("GET", "/whoami", Some(&token), None).reason(), "key_revoked");
    assert_eq!(site.server.exchange(&told(&next).0).status, 200);
}

#[test]
fn a_personal_key_makes_and_renews_no_personal_key_but_may_end_itself() {
    let site = Site::new();
    let own = person(&site.server, site.here.org, Role::Admin, Access::Full).made;
    let token = site.server.token(&own.secret);
    let ask = |path: &str, body: Value| site.server.ask("POST", path, Some(&token), Some(&body));
    let made = ask("/me/api-keys", json!({ "organizationId": site.here.org.to_string(), "name": "Mine" }));
    assert_eq!((made.status, made.message()), (403, "An API key cannot make personal keys. Make them in the console."));
    assert_eq!(made.reason(), "not_by_key", "a rule has a word of its own: no permission would help");
    assert_eq!(ask(&format!("/me/api-keys/{}/regenerate", own.key), json!({})).status, 403);
    assert_eq!(ask(&one(&site, &own, "/regenerate"), json!({})).status, 403, "not by way of the organization either");
    let list = site.server.ask("GET", "/me/api-keys?status=all", Some(&token), None).body;
    assert_eq!(list["meta"]["total"], 1, "{list}");
    assert_eq!(ask(&format!("/me/api-keys/{}/revoke", own.key), json!({})).status, 201);
    assert_eq!(site.server.exchange(&own.secret).reason(), "key_revoked");
}

#[test]
fn an_admin_ends_the_personal_key_of_another_and_cannot_renew_it() {
    let site = Site::new();
    let own = person(&site.server, site.here.org, Role::Editor, Access::Full).made;
    assert_eq!(site.ask("POST", &one(&site, &own, "/regenerate"), Some(&json!({}))).status, 403);
    assert_eq!(site.server.exchange(&own.secret).status, 200);
    let mine = site.ask("POST", &format!("/me/api-keys/{}/revoke", own.key), Some(&json!({})));
    assert_eq!(mine.status, 404, "it is not the admin's own: {}", mine.body);
    site.make(&one(&site, &own, "/revoke"), &json!({}));
    assert_eq!(site.server.exchange(&own.secret).reason(), "key_revoked");
}

#[test]
fn a_key_that_is_narrow_in_any_way_touches_no_key() {
    let site = Site::new();
    let (org, target) = (site.here.org, viewer(&site));
    let chosen = Some(vec![site.here.project]);
    let narrow = [
        machine(&site.server, org, Role::Admin, Access::Read, None),
        machine(&site.server, org, Role::Admin, Access::Write, None),
        machine(&site.server, org, Role::Admin, Access::Full, chosen),
        machine(&site.server, org, Role::Editor, Access::Full, None),
        person(&site.server, org, Role::Admin, Access::Write).made,
        person(&site.server, org, Role::Editor, Access::Full).made,
    ];
    let make = format!("/organizations/{org}/service-accounts/{}/api-keys", target.account);
    for (at, made) in narrow.iter().enumerate() {
        let token = site.server.token(&made.secret);
        for (method, path, body) in [
            ("POST", make.clone(), json!({ "name": "New" })),
            ("POST", one(&site, &target, "/regenerate"), json!({})),
            ("POST", one(&site, &target, "/revoke"), json!({})),
            ("PATCH", one(&site, &target, ""), json!({ "name": "Mine" })),
        ] {
            let answer = site.server.ask(method, &path, Some(&token), Some(&body));
            assert_eq!((answer.status, answer.reason()), (403, "permission_missing"), "{at}: {method} {path}: {}", answer.body);
        }
    }
    assert_eq!(site.server.exchange(&target.secret).status, 200);
    assert_eq!(site.get(&one(&site, &target, "")).body["name"], "Test");
    assert_eq!(site.items(&make).len(), 1);
}
