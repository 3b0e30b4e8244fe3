//! A clock that is set back brings nothing to life again that somebody has ended.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use stele::{
    domain::access::{Access, Role},
    store::account::user::unguarded_set_disabled,
};

use crate::support::{Browser, MailServer, PASSWORD, Server, SetClock, Site, Visitor, machine, owner, person, tenant, visitor};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const NEW: &str = "a new battery staple";

/// Ends something five minutes after it began, then sets the clock to before that. Tokens still have time then.
fn undo(clock: &Arc<SetClock>, end: impl FnOnce()) {
    clock.pass(5 * MINUTE);
    end();
    clock.back(4 * MINUTE);
}

#[track_caller]
fn dead(server: &Server, token: &str, key: &str, reason: &str) {
    let answer = server.ask("GET", "/whoami", Some(token), None);
    assert_eq!((answer.status, answer.reason()), (401, reason), "the token: {}", answer.body);
    let answer = server.exchange(key);
    assert_eq!((answer.status, answer.reason()), (401, reason), "the key: {}", answer.body);
}

/// The status of a key, and the lists that show it.
fn shown(site: &Site, key: &str) -> (Value, Vec<&'static str>) {
    let all = format!("/organizations/{}/api-keys", site.here.org);
    let lists = ["active", "expired", "revoked"];
    let has = |status: &&str| site.items(&format!("{all}?status={status}")).iter().any(|one| one["id"] == key);
    (site.get(&format!("{all}/{key}")).body["status"].clone(), lists.into_iter().filter(has).collect())
}

#[test]
fn a_revoked_key_and_its_tokens_stay_dead() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let of = |key: &str, what: &str| format!("/organizations/{}/api-keys/{key}/{what}", site.here.org);
    for (what, body) in [("revoke", json!({})), ("regenerate", json!({ "grace": "none" }))] {
        let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
        let token = site.server.token(&made.secret);
        undo(&clock, || assert_eq!(site.ask("POST", &of(&made.key.to_string(), what), Some(&body)).status / 100, 2));
        dead(&site.server, &token, &made.secret, "key_revoked");
        assert_eq!(shown(&site, &made.key.to_string()), (json!("revoked"), vec!["revoked"]), "{what}");
        let again = site.ask("POST", &of(&made.key.to_string(), "regenerate"), Some(&json!({})));
        assert_eq!(again.status, 409, "{}", again.body);
    }
}

#[test]
fn a_key_that_is_revoked_within_its_grace_period_or_after_it_stays_dead() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let post = |path: &str, body: Value| assert_eq!(site.ask("POST", path, Some(&body)).status / 100, 2, "{path}");
    for wait in [MINUTE, 3 * 60 * MINUTE] {
        let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
        let path = format!("/organizations/{}/api-keys/{}", site.here.org, made.key);
        post(&format!("{path}/regenerate"), json!({ "grace": "1h" }));
        assert!(site.get(&path).body["revokedAt"].is_string(), "the end is told beforehand");
        assert_eq!(site.server.exchange(&made.secret).status, 200);
        clock.pass(wait);
        let admin = site.server.token(&site.admin.secret);
        assert_eq!(site.server.ask("POST", &format!("{path}/revoke"), Some(&admin), Some(&json!({}))).status / 100, 2);
        clock.back(wait);
        let answer = site.server.exchange(&made.secret);
        assert_eq!((answer.status, answer.reason()), (401, "key_revoked"), "after {wait:?}: {}", answer.body);
    }
}

#[test]
fn whoever_gave_up_a_key_that_seemed_over_need_not_fear_a_slower_clock() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    clock.pass(2 * DAY);
    assert_eq!(site.server.exchange(&made.secret).reason(), "key_expired");
    assert_eq!(site.server.oauth("revoke", &[("token", &made.secret), ("client_secret", &made.secret)]), 200);
    clock.back(2 * DAY);
    assert_eq!(site.server.exchange(&made.secret).reason(), "key_revoked");
}

#[test]
fn a_single_revoked_token_stays_dead_also_when_others_were_revoked_on_a_clock_that_ran_ahead() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let (one, other) = (site.server.token(&made.secret), site.server.token(&made.secret));
    let revoke = |token: &str| assert_eq!(site.server.oauth("revoke", &[("token", token), ("client_secret", token)]), 200);
    undo(&clock, || revoke(&one));
    let whoami = |token: &str| site.server.ask("GET", "/whoami", Some(token), None);
    assert_eq!((whoami(&one).reason(), whoami(&other).status), ("token_revoked", 200));
    clock.pass(20 * 60 * MINUTE);
    revoke(&site.server.token(&made.secret));
    clock.back(20 * 60 * MINUTE);
    assert_eq!((whoami(&one).reason(), whoami(&other).status), ("token_revoked", 200));
}

#[test]
fn what_a_disabled_or_deleted_account_or_a_removed_member_holds_stays_dead() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let org = format!("/organizations/{}", site.here.org);
    let account = |change: fn(&Site, &str)| {
        let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
        let token = site.server.token(&made.secret);
        undo(&clock, || change(&site, &format!("{org}/service-accounts/{}", made.account)));
        (token, made.secret)
    };
    let (token, key) = account(|site, path| drop(site.change(path, &json!({ "disabled": true }))));
    dead(&site.server, &token, &key, "owner_inactive");
    let (token, key) = account(|site, path| assert_eq!(site.ask("DELETE", path, None).status, 200));
    dead(&site.server, &token, &key, "key_revoked");
    let one = person(&site.server, site.here.org, Role::Editor, Access::Full);
    let token = site.server.token(&one.made.secret);
    undo(&clock, || assert_eq!(site.ask("DELETE", &format!("{org}/members/{}", one.member.unwrap()), None).status, 200));
    dead(&site.server, &token, &one.made.secret, "key_revoked");
    let olga = owner(&site.server, &site.here, "acme", Access::Full).made;
    let (token, id) = (site.server.token(&olga.secret), olga.account);
    undo(&clock, || site.server.write(move |tx| unguarded_set_disabled(tx, id, true)));
    dead(&site.server, &token, &olga.secret, "owner_inactive");
}

#[test]
fn sessions_that_were_ended_and_links_that_were_used_stay_dead() {
    let (dir, mail, clock) = (tempfile::tempdir().unwrap(), MailServer::start(), SetClock::new());
    let server = Server::start_mailing(&dir.path().join("stele.db"), clock.clone(), &mail.url);
    visitor(&server, "paula@acme.example");
    let browser = Browser::signed_in(&server, "paula@acme.example");
    undo(&clock, || assert_eq!(browser.post("/sign-out", &[]).status, 303));
    assert_eq!(browser.get("/account/profile").status, 303, "it leads to the sign-in page");
    let browser = Browser::signed_in(&server, "paula@acme.example");
    let nobody = Browser::new(&server);
    assert_eq!(nobody.post("/password/forgot", &[("email", "paula@acme.example")]).status, 303);
    let token = mail.next().link().split_once("token=").unwrap().1.to_owned();
    let set = |password: &str| nobody.post("/password/reset", &[("token", &token), ("password", password)]).status;
    undo(&clock, || assert_eq!(set(NEW), 303));
    assert_eq!((set(PASSWORD), nobody.get(&format!("/password/reset?token={token}")).status), (404, 404));
    assert_eq!(browser.get("/account/profile").status, 303, "the new password ended every session");
}

#[test]
fn invitations_that_were_cancelled_or_accepted_stay_over() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let here = tenant(&server, "acme");
    let (owner, nobody) = (Visitor::owner(&server, &here), Visitor::nobody(&server));
    for accepted in [true, false] {
        let made = owner.invite("acme", "nina@new.example", "editor").text;
        let token = made.split("token=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let join = || nobody.post("/invitations/accept", &[("token", &token), ("name", "Nina"), ("password", NEW)]);
        let list = owner.get("/o/acme/settings/invitations").is(200).text;
        let cancel = format!("{}/cancel", list.split_once("/resend\"").unwrap().0.rsplit('"').next().unwrap());
        undo(&clock, || {
            if accepted {
                join().is(303);
                let members = "/o/acme/settings/members";
                let list = owner.get(members).is(200).text;
                let remove = list.split('"').find(|it| it.starts_with(members) && it.ends_with("/remove")).unwrap().to_owned();
                owner.post(&remove, &[("sure", "on")]).is(303);
            } else {
                owner.post(&cancel, &[("sure", "on")]).is(303);
            }
        });
        join().is(404);
        nobody.get(&format!("/invitations/accept?token={token}")).is(404);
    }
}
