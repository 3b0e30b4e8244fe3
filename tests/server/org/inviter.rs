//! An invitation is good as long as its inviter may give it, and nobody becomes a member without their consent.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use stele::{
    domain::access::{Access, Role},
    store::account::user::unguarded_set_disabled,
};

use crate::support::{JsonAnswer, Made, Server, SetClock, Site, Visitor, machine, person, visitor};

const PASSWORD: &str = "a long passphrase";

/// An invitation that was made by somebody, and the secret of its link.
struct Given {
    id: String,
    secret: String,
}

fn invitations(site: &Site) -> String {
    format!("/organizations/{}/invitations", site.here.org)
}

fn invite(site: &Site, inviter: &Made) -> Given {
    let wish = json!({ "email": "friend@new.example", "role": "admin" });
    let made = site.server.ask("POST", &invitations(site), Some(&site.server.token(&inviter.secret)), Some(&wish));
    assert_eq!(made.status, 201, "{}", made.body);
    let secret = made.body["link"].as_str().unwrap().split_once("token=").unwrap().1.to_owned();
    Given { id: made.body["id"].as_str().unwrap().to_owned(), secret }
}

fn accept(server: &Server, secret: &str) -> JsonAnswer {
    let wish = json!({ "token": secret, "name": "Friend", "password": PASSWORD });
    server.ask("POST", "/invitations/accept", None, Some(&wish))
}

/// An invitation by a person and one by a service account, and what ends the right of whoever made it.
fn ended(by_person: bool, end: impl FnOnce(&Site, &Made, &str)) {
    let site = Site::new();
    let (inviter, member) = if by_person {
        let one = person(&site.server, site.here.org, Role::Admin, Access::Full);
        (one.made, one.member.unwrap())
    } else {
        (machine(&site.server, site.here.org, Role::Admin, Access::Full, None), String::new())
    };
    let given = invite(&site, &inviter);
    end(&site, &inviter, &member);
    let refused = accept(&site.server, &given.secret);
    assert_eq!((refused.status, refused.reason()), (403, "inviter_gone"), "{}", refused.body);
    let page = Visitor::nobody(&site.server).get(&format!("/invitations/accept?token={}", given.secret)).is(403).text;
    assert!(page.contains("may not invite people to") && !page.contains("name=\"password\""), "{page}");
    let one = format!("{}/{}", invitations(&site), given.id);
    let shown = site.get(&one).body;
    assert!(shown["endedAt"].is_string() && shown["expiresAt"] == shown["endedAt"], "{shown}");
    let list = Visitor::owner(&site.server, &site.here).get("/o/acme/settings/invitations?status=pending").is(200).text;
    assert!(!list.contains("friend@new.example"));
    let list = Visitor::owner(&site.server, &site.here).get("/o/acme/settings/invitations?status=expired").is(200).text;
    assert!(list.contains("may not invite any more") && !list.contains("/resend\""), "{list}");
    assert_eq!(site.ask("POST", &format!("{one}/resend"), None).status, 400);
    // Somebody else invites the same person, who joins by that link alone.
    let again = invite(&site, &site.admin);
    assert_eq!(accept(&site.server, &given.secret).status, 403);
    assert_eq!(accept(&site.server, &again.secret).status, 200);
}

fn org(site: &Site) -> String {
    format!("/organizations/{}", site.here.org)
}

#[test]
fn an_invitation_ends_when_its_inviter_is_removed() {
    ended(true, |site, _, member| assert_eq!(site.ask("DELETE", &format!("{}/members/{member}", org(site)), None).status, 200));
}

#[test]
fn an_invitation_ends_when_its_inviter_is_demoted_and_stays_over() {
    ended(true, |site, _, member| {
        let one = format!("{}/members/{member}", org(site));
        site.change(&one, &json!({ "role": "editor" }));
        site.change(&one, &json!({ "role": "admin" }));
    });
}

#[test]
fn an_invitation_ends_when_its_inviter_is_disabled_and_stays_over() {
    ended(true, |site, inviter, _| {
        let id = inviter.account;
        site.server.write(move |tx| unguarded_set_disabled(tx, id, true));
        site.server.write(move |tx| unguarded_set_disabled(tx, id, false));
    });
}

#[test]
fn an_invitation_ends_with_the_key_that_made_it() {
    for what in ["revoke", "regenerate"] {
        ended(false, |site, inviter, _| {
            let path = format!("{}/api-keys/{}/{what}", org(site), inviter.key);
            assert_eq!(site.ask("POST", &path, Some(&json!({}))).status / 100, 2);
        });
    }
    ended(true, |site, inviter, _| {
        assert_eq!(site.server.oauth("revoke", &[("token", &inviter.secret), ("client_secret", &inviter.secret)]), 200)
    });
}

#[test]
fn an_invitation_ends_with_the_service_account_that_made_it() {
    let account = |site: &Site, inviter: &Made| format!("{}/service-accounts/{}", org(site), inviter.account);
    ended(false, |site, inviter, _| assert_eq!(site.ask("DELETE", &account(site, inviter), None).status, 200));
    ended(false, |site, inviter, _| drop(site.change(&account(site, inviter), &json!({ "disabled": true }))));
    ended(false, |site, inviter, _| drop(site.change(&account(site, inviter), &json!({ "role": "viewer" }))));
}

#[test]
fn an_invitation_does_not_outlive_the_key_that_made_it() {
    let clock: Arc<SetClock> = SetClock::new();
    let site = Site::with(&clock);
    // The keys of these tests live one day.
    let inviter = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    let given = invite(&site, &inviter);
    clock.pass(Duration::from_secs(25 * 60 * 60));
    assert_eq!(accept(&site.server, &given.secret).status, 404);
}

#[test]
fn a_grace_period_ends_the_invitations_of_its_key_too() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let inviter = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    let given = invite(&site, &inviter);
    let path = format!("{}/api-keys/{}/regenerate", org(&site), inviter.key);
    assert_eq!(site.ask("POST", &path, Some(&json!({ "grace": "1h" }))).status, 201);
    clock.pass(Duration::from_secs(2 * 60 * 60));
    assert_eq!(accept(&site.server, &given.secret).status, 404);
}

#[test]
fn whoever_is_added_is_invited_and_decides() {
    let site = Site::new();
    let stranger = visitor(&site.server, "paula@elsewhere.example");
    let members = format!("{}/members", org(&site));
    let add = |user: &str, role: &str| site.ask("POST", &members, Some(&json!({ "userId": user, "role": role, "title": "Guest" })));
    let paula = Visitor::of(&site.server, stranger);
    let added = add(&stranger.to_string(), "editor");
    assert_eq!((added.status, &added.body["userId"], &added.body["role"]), (201, &json!(stranger.to_string()), &json!("editor")));
    assert!(added.body["joinedAt"].is_null() && added.body["invitation"]["link"].is_string(), "{}", added.body);
    paula.get("/o/acme").is(404);
    let is_member = |site: &Site| site.items(&members).iter().any(|one| one["userId"] == stranger.to_string().as_str());
    assert!(!is_member(&site));
    assert_eq!(add(&stranger.to_string(), "admin").status, 409, "she is invited already");
    // No project and no app is a way around it.
    for place in [format!("{}/members", site.project()), format!("{}/apps/{}/members", site.project(), site.here.app)] {
        let wish = json!({ "userId": stranger.to_string(), "role": "viewer" });
        let added = site.ask("POST", &place, Some(&wish));
        assert!(added.status == 201 && added.body["invitation"].is_object(), "{place}: {}", added.body);
        assert!(!is_member(&site) && site.items(&place).is_empty());
    }
    let link = added.body["invitation"]["link"].as_str().unwrap();
    let token = link.split_once("token=").unwrap().1;
    paula.post("/invitations/accept", &[("token", token)]).is(303);
    assert!(is_member(&site));
    paula.get("/o/acme").is(200);
    let own = site.items(&members).into_iter().find(|one| one["userId"] == stranger.to_string().as_str()).unwrap();
    assert_eq!((&own["title"], own["joinedAt"].is_string()), (&json!("Guest"), true));
    assert_eq!(add(&stranger.to_string(), "admin").status, 409, "she is a member already");
    assert_eq!(add(&site.admin.account.to_string(), "viewer").status, 404, "a service account is no person");
    // Whoever is a member is added to a project at once.
    let wish: Value = json!({ "userId": stranger.to_string(), "role": "viewer" });
    assert_eq!(site.ask("POST", &format!("{}/members", site.project()), Some(&wish)).status, 201);
}
