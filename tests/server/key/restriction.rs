//! Keys that are restricted: to networks that they may be used from, and to a number of requests a minute.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Role},
        key::rate_limit::Ceilings,
    },
};

use crate::support::{JsonAnswer, Made, Server, SetClock, Site, machine, page, person};

/// Behind a proxy that says from where requests come.
fn behind_a_proxy() -> Config {
    Config { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], ..Config::default() }
}

fn from(server: &Server, ip: &str, method: &str, path: &str, token: Option<&str>, body: Option<&Value>) -> JsonAnswer {
    server.ask_with(method, path, token, body, &[("x-forwarded-for", ip)])
}

fn exchange_from(server: &Server, ip: &str, key: &str) -> JsonAnswer {
    from(server, ip, "POST", "/auth/token", None, Some(&json!({ "apiKey": key })))
}

fn key(site: &Site, made: &Made) -> String {
    format!("/organizations/{}/api-keys/{}", site.here.org, made.key)
}

fn viewer(site: &Site) -> Made {
    machine(&site.server, site.here.org, Role::Viewer, Access::Read, None)
}

/// What the activity says of each action of this kind, the oldest first.
fn noted(site: &Site, action: &str) -> Vec<Value> {
    let rows = site.raw();
    let mut query = rows.prepare("SELECT metadata FROM activities WHERE action = ?1 ORDER BY created_at, id").unwrap();
    let lines = query.query_map([action], |row| row.get::<_, String>(0)).unwrap();
    lines.map(|text| serde_json::from_str(&text.unwrap()).unwrap()).collect()
}

#[track_caller]
fn refused(answer: &JsonAnswer, status: u16, reason: &str) {
    assert_eq!((answer.status, answer.reason()), (status, reason), "{}", answer.body);
}

#[test]
fn a_key_works_in_its_networks_alone_and_at_once() {
    let site = Site::as_set(behind_a_proxy());
    let made = viewer(&site);
    let token = site.server.token(&made.secret);
    let whoami = |ip: &str| from(&site.server, ip, "GET", "/whoami", Some(&token), None);
    assert_eq!(whoami("198.51.100.7").status, 200);

    let changed = site.change(&key(&site, &made), &json!({ "networks": ["192.0.2.9/24", "2001:db8::/32"] }));
    assert_eq!(changed["networks"], json!(["192.0.2.0/24", "2001:db8::/32"]));
    for (ip, good) in
        [("192.0.2.200", true), ("::ffff:192.0.2.1", true), ("2001:db8::1", true), ("198.51.100.7", false), ("2001:db9::1", false)]
    {
        let (told, exchanged) = (whoami(ip), exchange_from(&site.server, ip, &made.secret));
        if good {
            assert_eq!((told.status, exchanged.status), (200, 200), "{ip}");
        } else {
            refused(&told, 403, "address_not_allowed");
            refused(&exchanged, 403, "address_not_allowed");
            assert!(!exchanged.body.to_string().contains("192.0.2.0"), "nor does it say from where it may");
        }
    }
    refused(&site.server.ask("GET", "/whoami", Some(&token), None), 403, "address_not_allowed");
    let wish = [("grant_type", "client_credentials"), ("client_secret", made.secret.as_str())];
    let answer = site.server.oauth_as("token", &wish, None);
    assert_eq!((answer.status, answer.body["error"].as_str()), (400, Some("unauthorized_client")), "{}", answer.body);

    assert_eq!(site.change(&key(&site, &made), &json!({ "networks": null }))["networks"], Value::Null);
    assert_eq!(whoami("198.51.100.7").status, 200);
}

#[test]
fn an_address_that_nobody_vouches_for_does_not_count() {
    let site = Site::new();
    let made = viewer(&site);
    let token = site.server.token(&made.secret);
    site.change(&key(&site, &made), &json!({ "networks": ["192.0.2.1"] }));
    refused(&from(&site.server, "192.0.2.1", "GET", "/whoami", Some(&token), None), 403, "address_not_allowed");
    site.change(&key(&site, &made), &json!({ "networks": ["127.0.0.0/8"] }));
    assert_eq!(from(&site.server, "192.0.2.1", "GET", "/whoami", Some(&token), None).status, 200);
}

#[test]
fn a_key_has_so_many_requests_a_minute_whatever_its_tokens() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let made = viewer(&site);
    site.change(&key(&site, &made), &json!({ "requestsPerMinute": 6 }));
    let tokens = [site.server.token(&made.secret), site.server.token(&made.secret)];
    let answers: Vec<_> = (0..5).map(|n| site.server.ask("GET", "/whoami", Some(&tokens[n % 2]), None)).collect();
    let told: Vec<_> = answers.iter().map(|answer| (answer.status, answer.header("ratelimit"))).collect();
    assert_eq!(told[..4], [(200, "\"key\";r=3;t=30"), (200, "\"key\";r=2;t=40"), (200, "\"key\";r=1;t=50"), (200, "\"key\";r=0;t=60")]);
    let last = &answers[4];
    refused(last, 429, "rate_limited");
    assert_eq!(last.header("ratelimit-policy"), "\"key\";q=6;w=60");
    assert_eq!((last.header("ratelimit"), last.header("retry-after")), ("\"key\";r=0;t=10", "10"));
    assert_eq!(last.message(), "There were more than 6 requests with this API key a minute. Try again in 10 seconds.");
    refused(&site.server.exchange(&made.secret), 429, "rate_limited");
    assert_eq!(site.get("/whoami").status, 200, "another key");

    clock.pass(Duration::from_secs(10));
    assert_eq!(site.server.ask("GET", "/whoami", Some(&tokens[0]), None).status, 200);
    refused(&site.server.ask("GET", "/whoami", Some(&tokens[0]), None), 429, "rate_limited");
    clock.back(Duration::from_secs(86_400));
    refused(&site.server.ask("GET", "/whoami", Some(&tokens[0]), None), 429, "rate_limited");
    clock.pass(Duration::from_secs(10));
    assert_eq!(site.server.ask("GET", "/whoami", Some(&tokens[0]), None).status, 200, "a clock that is set back delays nobody");
    site.change(&key(&site, &made), &json!({ "requestsPerMinute": null }));
    assert_eq!(site.server.ask("GET", "/whoami", Some(&tokens[0]), None).status, 200, "a change counts at once");
}

#[test]
fn a_write_counts_once_and_a_refused_one_changes_nothing() {
    let site = Site::with(&SetClock::new());
    let made = machine(&site.server, site.here.org, Role::Editor, Access::Write, None);
    let token = site.server.token(&made.secret);
    site.change(&key(&site, &made), &json!({ "requestsPerMinute": 2 }));
    let create = |slug: &str| site.server.ask("POST", &site.pages(), Some(&token), Some(&page(slug)));
    let answers = ["one", "two", "three"].map(create);
    assert_eq!(answers.each_ref().map(|answer| answer.status), [201, 201, 429]);
    assert_eq!(answers[0].header("ratelimit"), "\"key\";r=1;t=30", "also where it was known before its body was read");
    assert_eq!(site.items(&site.pages()).len(), 2);
}

#[test]
fn restrictions_are_made_listed_and_carried_over() {
    let site = Site::as_set(behind_a_proxy());
    let made = viewer(&site);
    let keys = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, made.account);
    let wanted = json!({ "name": "CI", "networks": ["192.0.2.0/24", "10.0.0.1"], "requestsPerMinute": 90 });
    let first = site.make(&keys, &wanted);
    let restrictions = |key: &Value| (key["networks"].clone(), key["requestsPerMinute"].clone());
    let expected = (json!(["10.0.0.1", "192.0.2.0/24"]), json!(90));
    assert_eq!(restrictions(&first), expected);
    let listed = site.items(&keys);
    assert_eq!(restrictions(listed.iter().find(|key| key["name"] == "CI").unwrap()), expected);
    let next = site.make(&format!("/organizations/{}/api-keys/{}/regenerate", site.here.org, first["id"].as_str().unwrap()), &json!({}));
    assert_eq!(restrictions(&next), expected);
    refused(&exchange_from(&site.server, "198.51.100.7", next["key"].as_str().unwrap()), 403, "address_not_allowed");
    assert_eq!(exchange_from(&site.server, "192.0.2.7", next["key"].as_str().unwrap()).status, 200);
    for (wrong, field) in [
        (json!({ "networks": [] }), "networks"),
        (json!({ "networks": ["example.org"] }), "networks"),
        (json!({ "networks": vec!["10.0.0.1"; 33] }), "networks"),
        (json!({ "requestsPerMinute": 0 }), "requestsPerMinute"),
        (json!({ "requestsPerMinute": 1_000_001 }), "requestsPerMinute"),
    ] {
        let answer = site.ask("PATCH", &key(&site, &made), Some(&wrong));
        assert_eq!((answer.status, answer.body["errors"][0]["field"].as_str()), (400, Some(field)), "{}", answer.body);
    }
    let is_told = |line: &Value| line["networks"] == "10.0.0.1, 192.0.2.0/24" && line["requestsPerMinute"] == 90;
    assert!(noted(&site, "key.created").iter().any(is_told));
}

#[test]
fn a_restricted_key_gives_no_key_more_than_it_has() {
    let site = Site::new();
    let admin = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    let token = site.server.token(&admin.secret);
    site.change(&key(&site, &admin), &json!({ "networks": ["127.0.0.0/8"], "requestsPerMinute": 100 }));
    let ask = |method: &str, path: &str, body: Value| site.server.ask(method, path, Some(&token), Some(&body));
    let keys = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, admin.account);
    for wider in [
        json!({ "name": "Wider" }),
        json!({ "name": "Wider", "networks": ["127.0.0.1"] }),
        json!({ "name": "Wider", "requestsPerMinute": 1 }),
    ] {
        refused(&ask("POST", &keys, wider), 403, "wider_than_own");
    }
    refused(&ask("PATCH", &key(&site, &admin), json!({ "requestsPerMinute": null })), 403, "wider_than_own");
    refused(&ask("POST", &format!("{}/regenerate", key(&site, &site.admin)), json!({})), 403, "wider_than_own");
    assert_eq!(ask("POST", &keys, json!({ "name": "Narrow", "networks": ["127.0.0.1"], "requestsPerMinute": 100 })).status, 201);
    assert_eq!(ask("PATCH", &key(&site, &admin), json!({ "requestsPerMinute": 99 })).status, 200);
    assert_eq!(ask("POST", &format!("{}/regenerate", key(&site, &admin)), json!({})).status, 201);
}

#[test]
fn refusals_are_in_the_chart_of_the_key_and_in_the_activity() {
    let site = Site::new();
    let made = viewer(&site);
    let token = site.server.token(&made.secret);
    site.change(&key(&site, &made), &json!({ "networks": ["192.0.2.1"], "requestsPerMinute": 1 }));
    refused(&site.server.ask("GET", "/whoami", Some(&token), None), 403, "address_not_allowed");
    refused(&site.server.exchange(&made.secret), 403, "address_not_allowed");
    site.change(&key(&site, &made), &json!({ "networks": null }));
    assert_eq!(site.server.ask("GET", "/whoami", Some(&token), None).status, 200);
    refused(&site.server.ask("GET", "/whoami", Some(&token), None), 429, "rate_limited");
    let lines = noted(&site, "key.restricted");
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], json!({ "owner": "viewer", "networks": "192.0.2.1", "requestsPerMinute": 1 }));

    // What was counted in memory is stored when the server stops.
    let Site { server, dir, .. } = site;
    drop(server);
    let rows = rusqlite::Connection::open(dir.path().join("stele.db")).unwrap();
    let count = |outcome: &str| {
        let sql = "SELECT SUM(n) FROM key_calls WHERE key_id = ?1 AND outcome = ?2";
        rows.query_row(sql, [made.key.to_string(), outcome.into()], |row| row.get::<_, Option<i64>>(0)).unwrap().unwrap_or_default()
    };
    assert_eq!(["address_not_allowed", "rate_limited", "answered", "exchanged"].map(count), [2, 1, 1, 1]);
}

#[test]
fn introspection_looks_at_the_client_and_not_at_the_networks_of_the_token() {
    let site = Site::as_set(behind_a_proxy());
    let made = viewer(&site);
    let token = site.server.token(&made.secret);
    site.change(&key(&site, &made), &json!({ "networks": ["192.0.2.1"] }));
    let ask = |secret: &str| site.server.oauth_as("introspect", &[("token", &token), ("client_secret", secret)], None);
    assert_eq!(ask(&site.admin.secret).body["active"], true);
    let refused = ask(&made.secret);
    assert_eq!((refused.status, refused.body["error"].as_str()), (400, Some("unauthorized_client")));
    let own = |ip: &str| {
        let client = reqwest::blocking::Client::new();
        client
            .get(format!("{}/oauth/introspect", site.server.url))
            .bearer_auth(&token)
            .header("x-forwarded-for", ip)
            .send()
            .unwrap()
            .status()
    };
    assert_eq!((own("192.0.2.1").as_u16(), own("192.0.2.2").as_u16()), (200, 403));
    assert_eq!(site.server.oauth("revoke", &[("token", &made.secret), ("client_secret", &made.secret)]), 200, "who finds a key may end it");
    assert_eq!(exchange_from(&site.server, "192.0.2.1", &made.secret).reason(), "key_revoked");
}

#[test]
fn a_personal_key_is_restricted_by_its_owner_and_by_admins() {
    let site = Site::new();
    let one = person(&site.server, site.here.org, Role::Editor, Access::Full);
    let token = site.server.token(&one.made.secret);
    let own = format!("/me/api-keys/{}", one.made.key);
    let changed = site.server.ask("PATCH", &own, Some(&token), Some(&json!({ "requestsPerMinute": 50 })));
    assert_eq!((changed.status, &changed.body["requestsPerMinute"]), (200, &json!(50)), "{}", changed.body);
    refused(&site.server.ask("PATCH", &own, Some(&token), Some(&json!({ "requestsPerMinute": 51 }))), 403, "wider_than_own");
    assert_eq!(site.change(&key(&site, &one.made), &json!({ "requestsPerMinute": null }))["requestsPerMinute"], Value::Null);
}

/// An instance with low limits, behind a proxy.
fn limited(ceilings: Ceilings) -> (Arc<SetClock>, Site) {
    let clock = SetClock::new();
    let site = Site::clocked_as(&clock, Config { rate_limits: ceilings, ..behind_a_proxy() });
    clock.pass(Duration::from_secs(60));
    (clock, site)
}

const OFF: Ceilings =
    Ceilings { key: None, address: None, exchange: None, sign_in: None, agent_write: None, agent_publish: None, submission: None };

#[test]
fn the_instance_limits_keys_addresses_and_exchanges_each_for_itself() {
    let (clock, site) = limited(Ceilings { key: Some(5), ..OFF });
    let other = viewer(&site);
    let other = site.server.token(&other.secret);
    let statuses: Vec<_> = (0..6).map(|_| site.get("/whoami").status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
    assert_eq!(site.server.ask("GET", "/whoami", Some(&other), None).status, 200);
    clock.pass(Duration::from_secs(12));
    assert_eq!(site.get("/whoami").status, 200);

    let (_clock, site) = limited(Ceilings { address: Some(3), ..OFF });
    let ask = |ip: &str| from(&site.server, ip, "GET", "/health/echo", None, None);
    let statuses = ["2001:db8:1::1", "2001:db8:1::2", "2001:db8:1:ffff::3", "2001:db8:1::4", "2001:db8:2::1"].map(|ip| ask(ip).status);
    assert_eq!(statuses, [200, 200, 200, 429, 200], "a site of IPv6 is one address");
    assert_eq!(ask("2001:db8:1::1").header("ratelimit-policy"), "\"address\";q=3;w=60");

    let (_clock, site) = limited(Ceilings { exchange: Some(2), ..OFF });
    let exchange = |ip: &str| exchange_from(&site.server, ip, &site.admin.secret);
    assert_eq!(["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"].map(|ip| exchange(ip).status), [200, 200, 429, 200]);
    refused(&exchange("192.0.2.1"), 429, "rate_limited");
    let wish = [("grant_type", "client_credentials"), ("client_secret", site.admin.secret.as_str())];
    let answers = [(); 3].map(|()| site.server.oauth_as("token", &wish, None));
    assert_eq!(answers.each_ref().map(|answer| answer.status), [200, 200, 429]);
    assert_eq!((answers[0].header("ratelimit"), answers[2].header("retry-after")), ("\"exchange\";r=1;t=30", "30"));
    assert_eq!(answers[2].body["error"], "temporarily_unavailable");
}

#[test]
fn every_answer_says_what_is_left_also_one_without_a_body() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("one"));
    let path = format!("{}/{}", site.pages(), made["id"].as_str().unwrap());
    let (first, again) = (site.get(&path), site.get(&path));
    let known = site.server.ask_with("GET", &path, Some(&site.token), None, &[("if-none-match", first.header("etag"))]);
    let wrong = site.get(&format!("{}?x=1", site.pages()));
    assert_eq!([first.status, again.status, known.status, wrong.status], [200, 200, 304, 400]);
    for answer in [first, again, known, wrong, site.server.exchange("gct_sat_no")] {
        assert!(answer.header("ratelimit-policy").contains(";q=") && answer.header("ratelimit").contains(";r="), "{}", answer.status);
    }
    let open = Site::as_set(Config { rate_limits: OFF, ..Config::default() });
    assert_eq!(open.get("/whoami").header("ratelimit"), "", "where no limit applies");
}
