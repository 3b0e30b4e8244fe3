//! Wrong passwords of strangers: they wait, and nobody else does; what ends something never asks for a password.

use std::{sync::Arc, time::Duration};

use stele::{
    config::Config,
    domain::{access::Role, key::rate_limit::Ceilings},
};

use crate::support::{Browser, PASSWORD, Page, Server, SetClock, Visitor, tenant, visitor};

const EMAIL: &str = "paula@acme.example";

fn proxied() -> (Server, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()], ..Config::default() };
    // Its clock stands still, so that no wait is over.
    let server = Server::start_clocked_as(&dir.path().join("stele.db"), SetClock::new(), config);
    visitor(&server, EMAIL);
    (server, dir)
}

/// Sends a form from this address, with these cookies.
fn from(server: &Server, ip: &str, cookies: &str, path: &str, form: &[(&str, &str)]) -> Page {
    let headers = [("Sec-Fetch-Site", "same-origin"), ("X-Forwarded-For", ip), ("Cookie", cookies)];
    Browser::new(server).send("POST", path, form, &headers)
}

fn sign_in(server: &Server, ip: &str, cookies: &str, password: &str) -> Page {
    from(server, ip, cookies, "/sign-in", &[("email", EMAIL), ("password", password)])
}

/// A cookie that an answer sets, as it is sent back.
fn cookie(page: &Page, name: &str) -> String {
    let all = page.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().split(';').next().unwrap());
    all.filter(|one| one.starts_with(&format!("{name}="))).map(str::to_owned).next().unwrap_or_else(|| panic!("no {name}"))
}

/// Strangers in many networks guess until each of them has to wait.
fn guess(server: &Server) -> usize {
    let tries = (0..40).map(|n| (0..11).filter(|_| sign_in(server, &format!("198.51.100.{n}"), "", "a guess").status == 422).count());
    tries.sum()
}

#[test]
fn the_instance_limits_what_strangers_type_at_one_address() {
    let dir = tempfile::tempdir().unwrap();
    let rate_limits = Ceilings { sign_in: Some(2), ..Ceilings::default() };
    let config = Config { trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()], rate_limits, ..Config::default() };
    let server = Server::start_clocked_as(&dir.path().join("stele.db"), SetClock::new(), config);
    visitor(&server, EMAIL);
    let begun = sign_in(&server, "203.0.113.1", "", PASSWORD);
    assert_eq!(sign_in(&server, "203.0.113.1", "", PASSWORD).status, 303);
    let refused = sign_in(&server, "203.0.113.1", "", PASSWORD);
    assert_eq!((refused.status, refused.header("retry-after")), (429, "30"), "also a password that is right");
    assert_eq!(sign_in(&server, "203.0.113.1", &cookie(&begun, "stele-device"), PASSWORD).status, 303, "nobody is kept out who was here");
    assert_eq!(sign_in(&server, "203.0.113.2", "", PASSWORD).status, 303, "another address");
}

#[test]
fn strangers_wait_and_people_who_were_here_before_do_not() {
    let (server, _dir) = proxied();
    let begun = sign_in(&server, "203.0.113.1", "", PASSWORD);
    let (session, device) = (cookie(&begun, "stele"), cookie(&begun, "stele-device"));
    let set = begun.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).find(|one| one.contains("device")).unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Max-Age="), "{set}");
    assert_eq!(guess(&server), 15, "many networks do not get fresh tries each");
    assert_eq!(sign_in(&server, "203.0.113.9", "", PASSWORD).status, 429, "a browser that nobody knows");
    for ip in ["203.0.113.1", "198.51.100.1"] {
        assert_eq!(sign_in(&server, ip, &device, PASSWORD).status, 303, "the same browser, signed out");
        assert_eq!(from(&server, ip, &session, "/confirm", &[("password", PASSWORD)]).status, 303, "the password again");
        let form = [("password", "a guess"), ("new-password", "a new long password")];
        assert_eq!(from(&server, ip, &session, "/account/password", &form).status, 422, "is asked, not kept off");
    }
    for _ in 0..5 {
        sign_in(&server, "203.0.113.1", &device, "a guess");
    }
    assert_eq!(sign_in(&server, "203.0.113.1", &device, PASSWORD).status, 429, "its own failures count");
    assert_eq!(from(&server, "203.0.113.1", &session, "/confirm", &[("password", PASSWORD)]).status, 303);
    let forged = format!("stele-device={}", "0".repeat(96));
    assert_eq!(sign_in(&server, "203.0.113.7", &forged, PASSWORD).status, 429, "nobody makes a known browser up");
}

#[test]
fn a_clock_that_is_set_back_keeps_nobody_out() {
    let (dir, clock, day) = (tempfile::tempdir().unwrap(), SetClock::new(), Duration::from_secs(24 * 60 * 60));
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    visitor(&server, EMAIL);
    let device = cookie(&sign_in(&server, "203.0.113.1", "", PASSWORD), "stele-device");
    clock.pass(day);
    for cookies in ["", &device] {
        assert!((0..5).all(|_| sign_in(&server, "203.0.113.1", cookies, "a guess").status == 422));
        assert_eq!(sign_in(&server, "203.0.113.1", cookies, PASSWORD).status, 429);
    }
    clock.back(day);
    for cookies in ["", &device] {
        let kept = sign_in(&server, "203.0.113.1", cookies, PASSWORD);
        assert_eq!((kept.status, kept.headers["retry-after"].to_str().unwrap()), (429, "1"));
    }
    clock.pass(Duration::from_secs(1));
    for cookies in ["", &device] {
        assert_eq!(sign_in(&server, "203.0.113.1", cookies, PASSWORD).status, 303);
    }
}

#[test]
fn an_account_waits_only_in_the_network_of_the_guesses() {
    let (server, _dir) = proxied();
    visitor(&server, "other@acme.example");
    for _ in 0..11 {
        sign_in(&server, "2001:db8:1::1", "", "a guess");
    }
    assert_eq!(sign_in(&server, "2001:db8:1:ff::2", "", PASSWORD).status, 429, "the same site");
    let other = [("email", "other@acme.example"), ("password", PASSWORD)];
    assert_eq!(from(&server, "2001:db8:1::1", "", "/sign-in", &other).status, 303, "another account there");
    assert_eq!(sign_in(&server, "[2001:db8:2::1]:4711", "", PASSWORD).status, 303, "the account elsewhere");
}

#[test]
fn forgotten_passwords_have_a_throttle_of_their_own_that_frees_nobody() {
    let (server, _dir) = proxied();
    for _ in 0..6 {
        sign_in(&server, "198.51.100.1", "", "a guess");
    }
    let forgot = |ip: &str, email: &str| from(&server, ip, "", "/password/forgot", &[("email", email)]).status;
    assert_eq!(forgot("198.51.100.1", EMAIL), 303, "wrong passwords do not keep anybody from asking");
    let asked: Vec<_> = (0..9).map(|_| forgot("198.51.100.2", EMAIL)).collect();
    assert!(asked.starts_with(&[303; 5]) && asked.contains(&429), "{asked:?}");
    assert_eq!(sign_in(&server, "198.51.100.2", "", PASSWORD).status, 303, "nor the other way round");
    for n in 0..20 {
        assert_eq!(forgot(&format!("203.0.113.{n}"), EMAIL), 303, "strangers elsewhere keep nobody from it");
    }
}

#[test]
fn ending_something_never_asks_for_the_password() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone() as Arc<SetClock>);
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let member = Visitor::new(&server, &here, "Vera", Role::Viewer);
    owner.invite("acme", "friend@acme.example", "viewer");
    let key = crate::support::machine(&server, here.org, Role::Editor, stele::domain::access::Access::Write, None);
    let list = owner.get("/o/acme/settings/invitations").is(200).text;
    let invitation =
        list.split("/settings/invitations/").filter_map(|rest| rest.get(..36)).find(|id| id.matches('-').count() == 4).unwrap();
    clock.pass(Duration::from_secs(11 * 60));
    owner.get(&format!("/o/acme/settings/accounts/{}/keys/new", key.account)).is(303);
    for path in [
        format!("/o/acme/settings/keys/{}/revoke", key.key),
        format!("/o/acme/settings/accounts/{}/disable", key.account),
        format!("/o/acme/settings/accounts/{}/delete", key.account),
        format!("/o/acme/settings/invitations/{invitation}/cancel"),
        format!("/o/acme/settings/members/{}/remove", member.member.unwrap()),
    ] {
        owner.get(&path).is(200);
        let ended = owner.post(&path, &[]).is(303);
        assert!(!ended.to.starts_with("/confirm"), "{path}: {}", ended.to);
    }
    owner.post("/account/sessions/end-others", &[]).is(303);
    owner.post("/sign-out", &[]).is(303);
}
