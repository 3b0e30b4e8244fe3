//! What ends a token or a key, by the word that the answer gives for it; and what is no token at all.

use reqwest::{
    blocking::Client,
    header::{AUTHORIZATION, HeaderValue},
};
use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Role},
        key::token::Format,
    },
    store::{account::user::unguarded_set_disabled, key::key::unguarded_set_expiry},
};

use crate::support::{Made, Server, Site, machine, owner, person, tenant};

/// Both ways in say why they are closed: the token of a key, and the key itself.
#[track_caller]
fn ended(server: &Server, token: &str, key: &str, reason: &str) {
    let answer = server.ask("GET", "/whoami", Some(token), None);
    assert_eq!((answer.status, answer.reason()), (401, reason), "the token: {}", answer.body);
    let answer = server.exchange(key);
    assert_eq!((answer.status, answer.reason()), (401, reason), "the key: {}", answer.body);
}

#[track_caller]
fn lives(server: &Server, token: &str, key: &str) {
    assert_eq!(server.ask("GET", "/whoami", Some(token), None).status, 200);
    assert_eq!(server.exchange(key).status, 200);
}

fn account(site: &Site, made: &Made) -> String {
    format!("/organizations/{}/service-accounts/{}", site.here.org, made.account)
}

#[test]
fn one_token_is_revoked_and_its_siblings_live() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    for format in ["paseto", "jwt"] {
        let wish = json!({ "apiKey": made.secret, "format": format });
        let token = || site.server.ask("POST", "/auth/token", None, Some(&wish)).body["token"].as_str().unwrap().to_owned();
        let (one, other) = (token(), token());
        assert_eq!(site.server.ask("GET", "/whoami", Some(&one), None).status, 200);
        assert_eq!(site.server.oauth("revoke", &[("token", &one), ("client_secret", &one)]), 200);
        let answer = site.server.ask("GET", "/whoami", Some(&one), None);
        assert_eq!((answer.status, answer.reason()), (401, "token_revoked"), "{format}: {}", answer.body);
        lives(&site.server, &other, &made.secret);
    }
}

#[test]
fn the_keys_of_a_disabled_account_rest_until_it_is_enabled() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let token = site.server.token(&made.secret);
    site.change(&account(&site, &made), &json!({ "disabled": true }));
    ended(&site.server, &token, &made.secret, "owner_inactive");
    site.change(&account(&site, &made), &json!({ "disabled": false }));
    lives(&site.server, &token, &made.secret);
}

#[test]
fn the_keys_of_a_deleted_account_are_revoked() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let token = site.server.token(&made.secret);
    assert_eq!(site.ask("DELETE", &account(&site, &made), None).status, 200);
    ended(&site.server, &token, &made.secret, "key_revoked");
}

#[test]
fn the_personal_keys_of_a_removed_member_are_revoked_and_those_elsewhere_are_not() {
    let site = Site::new();
    let one = person(&site.server, site.here.org, Role::Editor, Access::Full);
    let token = site.server.token(&one.made.secret);
    lives(&site.server, &token, &one.made.secret);
    let other = person(&site.server, tenant(&site.server, "elsewhere").org, Role::Editor, Access::Full);
    let kept = site.server.token(&other.made.secret);
    let member = format!("/organizations/{}/members/{}", site.here.org, one.member.unwrap());
    assert_eq!(site.ask("DELETE", &member, None).status, 200);
    ended(&site.server, &token, &one.made.secret, "key_revoked");
    lives(&site.server, &kept, &other.made.secret);
}

#[test]
fn the_personal_keys_of_a_disabled_person_rest() {
    let site = Site::new();
    let one = person(&site.server, site.here.org, Role::Editor, Access::Full).made;
    let (id, token) = (one.account, site.server.token(&one.secret));
    site.server.write(move |tx| unguarded_set_disabled(tx, id, true));
    ended(&site.server, &token, &one.secret, "owner_inactive");
    site.server.write(move |tx| unguarded_set_disabled(tx, id, false));
    lives(&site.server, &token, &one.secret);
}

#[test]
fn a_key_whose_end_is_moved_into_the_past_takes_its_tokens_along() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let (id, token) = (made.key, site.server.token(&made.secret));
    site.server.write(move |tx| {
        let now = tx.now();
        unguarded_set_expiry(tx, id, now)
    });
    ended(&site.server, &token, &made.secret, "key_expired");
}

#[test]
fn the_keys_of_a_deleted_organization_reach_nothing() {
    let site = Site::new();
    let olga = owner(&site.server, &site.here, "acme", Access::Full).made;
    let token = site.server.token(&olga.secret);
    let org = format!("/organizations/{}", site.here.org);
    assert_eq!(site.server.ask("DELETE", &org, Some(&token), None).status, 200);
    ended(&site.server, &token, &olga.secret, "owner_inactive");
    ended(&site.server, &site.token, &site.admin.secret, "owner_inactive");
    assert_eq!(site.server.oauth("revoke", &[("token", &site.admin.secret), ("client_secret", &site.admin.secret)]), 200);
}

#[test]
fn a_key_that_its_holder_gave_up_while_its_owner_was_disabled_stays_dead() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let token = site.server.token(&made.secret);
    site.change(&account(&site, &made), &json!({ "disabled": true }));
    assert_eq!(site.server.oauth("revoke", &[("token", &made.secret), ("client_secret", &made.secret)]), 200);
    site.change(&account(&site, &made), &json!({ "disabled": false }));
    ended(&site.server, &token, &made.secret, "key_revoked");
}

#[test]
fn eight_that_give_up_one_key_are_all_told_that_it_is_done() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let token = site.server.token(&made.secret);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let ask = || site.server.oauth("revoke", &[("token", &made.secret), ("client_secret", &made.secret)]);
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses, [200; 8]);
    ended(&site.server, &token, &made.secret, "key_revoked");
}

#[test]
fn to_give_up_a_dead_key_again_changes_nothing_about_its_end() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let one = format!("/organizations/{}/api-keys/{}", site.here.org, made.key);
    let revoked = site.ask("POST", &format!("{one}/revoke"), Some(&json!({ "reason": "The laptop was lost" })));
    assert_eq!(revoked.body["revokeReason"], "The laptop was lost", "{}", revoked.body);
    assert_eq!(site.server.oauth("revoke", &[("token", &made.secret), ("client_secret", &made.secret)]), 200);
    let found = site.get(&one).body;
    for same in ["revokeReason", "revokedAt", "revokedBy"] {
        assert_eq!(found[same], revoked.body[same], "{same}");
    }
}

#[test]
fn what_is_no_bearer_header_is_told_apart_from_what_is_no_token() {
    let site = Site::new();
    let token = &site.token;
    let sent = |value: &[u8]| {
        let request = Client::new().get(format!("{}/api/whoami", site.server.url));
        let answer = request.header(AUTHORIZATION, HeaderValue::from_bytes(value).unwrap()).send().unwrap();
        assert!(answer.headers()["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
        let (status, body) = (answer.status().as_u16(), answer.json::<Value>().unwrap());
        assert_eq!(status, 401, "{value:?}: {body}");
        body["reason"].as_str().unwrap().to_owned()
    };
    for missing in
        ["", "Bearer", "Bearer ", "Bearer    ", token.as_str(), "Basic eDp5", &format!("Token {token}"), &format!("Bearer{token}")]
    {
        assert_eq!(sent(missing.as_bytes()), "token_missing", "{missing:?}");
    }
    assert_eq!(sent(b"Bearer \xff\xfe"), "token_missing", "no text at all");
    for wrong in ["Bearer null", "Bearer ..", &format!("Bearer {token} {token}"), &format!("Bearer \"{token}\"")] {
        assert_eq!(sent(wrong.as_bytes()), "token_invalid", "{wrong:?}");
    }
    let spelled = site.server.ask_with("GET", "/whoami", None, None, &[("Authorization", &format!("bEARER {token}"))]);
    assert_eq!(spelled.status, 200, "the scheme is read whatever its case");
}

#[test]
fn an_instance_may_prefer_jwt_give_short_tokens_and_take_keys() {
    let dir = tempfile::tempdir().unwrap();
    let ttl = std::time::Duration::from_secs(120);
    let config = Config { token_format: Format::Jwt, token_ttl: ttl, allow_key_as_bearer: true, ..Config::default() };
    let server = Server::start_as(&dir.path().join("stele.db"), config);
    let here = tenant(&server, "acme");
    let made = machine(&server, here.org, Role::Viewer, Access::Read, None);
    let issued = server.exchange(&made.secret).body;
    assert_eq!((&issued["format"], &issued["expiresIn"]), (&json!("jwt"), &json!(120)), "{issued}");
    let wished = server.ask("POST", "/auth/token", None, Some(&json!({ "apiKey": made.secret, "format": "paseto" })));
    assert_eq!(wished.body["format"], "paseto");
    assert_eq!(server.ask("GET", "/whoami", Some(&made.secret), None).status, 200);
    let project = format!("/organizations/{}/projects", here.org);
    assert_eq!(server.ask("POST", &project, Some(&made.secret), Some(&json!({ "name": "New" }))).status, 403);
    assert_eq!(server.oauth("revoke", &[("token", &made.secret), ("client_secret", &made.secret)]), 200);
    let answer = server.ask("GET", "/whoami", Some(&made.secret), None);
    assert_eq!((answer.status, answer.reason()), (401, "key_revoked"));
}
