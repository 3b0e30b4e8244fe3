//! Keys over the API: their life, and what refuses a dead one.

use serde_json::json;
use stele::domain::access::{Access, Role};

use crate::support::{Made, Server, Tenant, machine, tenant};

fn start() -> (tempfile::TempDir, Server, Tenant, String) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = machine(&server, here.org, Role::Admin, Access::Full, None);
    let token = server.token(&admin.secret);
    (dir, server, here, token)
}

fn of_key(here: &Tenant, made: &Made, what: &str) -> String {
    format!("/organizations/{}/api-keys/{}{what}", here.org, made.key)
}

#[test]
fn a_bad_key_is_refused_with_the_reason() {
    let (_dir, server, here, _) = start();
    let made = machine(&server, here.org, Role::Viewer, Access::Read, None);
    let mut wrong = made.secret.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == 'a' { 'b' } else { 'a' });
    for key in ["nonsense", "", &wrong] {
        let answer = server.exchange(key);
        assert_eq!((answer.status, answer.reason()), (401, "key_malformed"), "{key:?}: {}", answer.body);
    }
    let as_bearer = server.ask("GET", "/whoami", Some(&made.secret), None);
    assert_eq!((as_bearer.status, as_bearer.reason()), (401, "key_not_exchanged"));
}

#[test]
fn a_revoked_key_and_its_tokens_are_refused_at_once_and_after_a_restart() {
    let (dir, server, here, admin) = start();
    let made = machine(&server, here.org, Role::Editor, Access::Write, None);
    let token = server.token(&made.secret);
    assert_eq!(server.ask("GET", "/whoami", Some(&token), None).status, 200);
    let revoked = server.ask("POST", &of_key(&here, &made, "/revoke"), Some(&admin), Some(&json!({})));
    assert_eq!((revoked.status / 100, &revoked.body["status"]), (2, &json!("revoked")), "{}", revoked.body);
    let refused = |server: &Server| {
        let answer = server.ask("GET", "/whoami", Some(&token), None);
        assert_eq!((answer.status, answer.reason()), (401, "key_revoked"));
        let answer = server.exchange(&made.secret);
        assert_eq!((answer.status, answer.reason()), (401, "key_revoked"));
    };
    refused(&server);
    drop(server);
    let server = Server::start(&dir.path().join("stele.db"));
    refused(&server);
}

#[test]
fn an_account_that_is_disabled_or_lowered_loses_its_power_at_once() {
    let (_dir, server, here, admin) = start();
    let made = machine(&server, here.org, Role::Admin, Access::Full, None);
    let token = server.token(&made.secret);
    let account = format!("/organizations/{}/service-accounts/{}", here.org, made.account);
    let keys = format!("/organizations/{}/api-keys", here.org);
    assert_eq!(server.ask("GET", &keys, Some(&token), None).status, 200);
    assert_eq!(server.ask("PATCH", &account, Some(&admin), Some(&json!({ "role": "viewer" }))).status, 200);
    assert_eq!(server.ask("GET", &keys, Some(&token), None).status, 403);
    assert_eq!(server.ask("PATCH", &account, Some(&admin), Some(&json!({ "disabled": true }))).status, 200);
    let answer = server.ask("GET", "/whoami", Some(&token), None);
    assert_eq!((answer.status, answer.reason()), (401, "owner_inactive"));
    assert_eq!(server.ask("PATCH", &account, Some(&admin), Some(&json!({ "disabled": false }))).status, 200);
    assert_eq!(server.ask("DELETE", &account, Some(&admin), None).status, 200);
    assert_eq!(server.ask("GET", "/whoami", Some(&token), None).status, 401);
}

#[test]
fn of_eight_that_regenerate_one_key_exactly_one_gets_it() {
    let (_dir, server, here, admin) = start();
    let made = machine(&server, here.org, Role::Viewer, Access::Read, None);
    let path = of_key(&here, &made, "/regenerate");
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let ask = || server.ask("POST", &path, Some(&admin), Some(&json!({}))).status;
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    let list = format!("/organizations/{}/service-accounts/{}/api-keys", here.org, made.account);
    assert_eq!(server.ask("GET", &list, Some(&admin), None).body["meta"]["total"], 1);
    assert_eq!(server.ask("GET", &format!("{list}?status=all"), Some(&admin), None).body["meta"]["total"], 2);
    assert_eq!(server.ask("GET", &format!("{list}?status=revoked"), Some(&admin), None).body["meta"]["total"], 1);
}

#[test]
fn no_key_makes_a_personal_key_and_a_narrow_one_makes_none() {
    let (_dir, server, here, admin) = start();
    let made = machine(&server, here.org, Role::Admin, Access::Write, None);
    let narrow = server.token(&made.secret);
    let own = json!({ "organizationId": here.org.to_string(), "name": "Mine" });
    assert_eq!(server.ask("POST", "/me/api-keys", Some(&admin), Some(&own)).status, 403);
    let keys = format!("/organizations/{}/service-accounts/{}/api-keys", here.org, made.account);
    let new = json!({ "name": "New" });
    assert_eq!(server.ask("POST", &keys, Some(&narrow), Some(&new)).status, 403);
    assert_eq!(server.ask("POST", &keys, Some(&admin), Some(&new)).status, 201);
}
