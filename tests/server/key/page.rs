//! The page of a key: for whom it is, what it tells of the calls, what came before and after, and the ways that lead to it.

use std::time::Duration;

use serde_json::json;
use stele::{
    domain::{
        access::{Access, Actor, Role},
        id::KeyId,
        key::key as draft,
    },
    jobs,
    service::{self, key::key::KeyScope, retention::Retention},
};

use crate::support::{Made, Server, SetClock, Site, Visitor, machine, page};

const KEYS: &str = "/o/acme/settings/keys";

/// Starts the server anew: what was counted in memory is stored when it stops.
fn again(site: Site, clock: &std::sync::Arc<SetClock>) -> Site {
    let Site { server, dir, here, admin, token } = site;
    drop(server);
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    Site { server, dir, here, admin, token }
}

/// The words of a row of a table: its cells with their tags taken out.
fn row(text: &str, holds: &str) -> String {
    let row = text.split("<tr>").find(|row| row.contains(holds)).unwrap_or_else(|| panic!("no row with {holds} in {text}"));
    let row = row.split("</tr>").next().unwrap();
    let words: Vec<_> = row.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words.trim()).collect();
    words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A number of the page by its name.
fn figure(text: &str, name: &str) -> String {
    let (_, rest) = text.split_once(&format!("<dt>{name}</dt>")).unwrap_or_else(|| panic!("no {name} in {text}"));
    let (_, rest) = rest.split_once("<dd>").unwrap();
    rest.split('<').next().unwrap().trim().to_owned()
}

fn regenerated(server: &Server, made: &Made, org: stele::domain::id::OrgId) -> KeyId {
    let key = made.key;
    server.write(move |tx| {
        let change = draft::Regenerate::default();
        service::key::key::regenerate(tx, &Actor::operator(), KeyScope::Org(org), key, &change, false).map(|issued| issued.key.id)
    })
}

#[test]
fn calls_and_refusals_are_told_by_their_reason_for_a_key_and_for_all_keys_of_its_owner() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let reader = machine(&site.server, site.here.org, Role::Editor, Access::Read, None);
    let token = site.server.token(&reader.secret);
    for _ in 0..3 {
        assert_eq!(site.server.ask("GET", &site.pages(), Some(&token), None).status, 200);
    }
    assert_eq!(site.server.ask("GET", "/whoami", Some(&token), None).status, 200, "what is about no project is a call, too");
    assert_eq!(site.server.ask("POST", &site.pages(), Some(&token), Some(&page("first"))).status, 403);
    assert_eq!(site.server.ask("GET", &format!("{}/{}", site.pages(), reader.account), Some(&token), None).status, 404);
    assert_eq!(site.server.ask("GET", "/whoami", Some(&reader.secret), None).reason(), "key_not_exchanged");
    clock.pass(Duration::from_secs(16 * 60));
    for _ in 0..2 {
        assert_eq!(site.server.ask("GET", &site.pages(), Some(&token), None).reason(), "token_expired");
    }
    assert_eq!(site.server.ask("GET", &site.pages(), Some("made.up"), None).status, 401, "is nobody's");
    let (org, key) = (site.here.org, reader.key);
    site.server.write(move |tx| {
        service::key::key::revoke(tx, &Actor::operator(), KeyScope::Org(org), key, &draft::Revoke { reason: Some("Lost".into()) }).map(drop)
    });
    assert_eq!(site.server.exchange(&reader.secret).reason(), "key_revoked");

    let site = again(site, &clock);
    // The signature of a token that was never seen since the start says which key it came from.
    assert_eq!(site.server.ask("GET", &site.pages(), Some(&token), None).status, 401);
    let site = again(site, &clock);
    let owner = Visitor::owner(&site.server, &site.here);
    let at = format!("{KEYS}/{}", reader.key);
    for path in [at.clone(), format!("{at}?span=24h"), format!("/o/acme/settings/accounts/{}", reader.account)] {
        let shown = owner.get(&path).is(200).text;
        for (reason, tells) in [
            ("token_expired", "With a token that had expired 401, token_expired 3"),
            ("access_too_narrow", "More than the access of the key allows 403, access_too_narrow 1"),
            ("not_found", "Not there, or not for the owner to see 404, not_found 1"),
            ("key_not_exchanged", "With the key itself instead of a token 401, key_not_exchanged 1"),
            ("key_revoked", "After the key was revoked 401, key_revoked 1"),
        ] {
            let told = row(&shown, &format!("<code>{reason}</code>")).replace(" , ", ", ");
            assert!(told.starts_with(tells), "{path}: {told}");
        }
    }
    let shown = owner.get(&at).is(200).text;
    assert_eq!((figure(&shown, "Calls"), figure(&shown, "Refused")), ("11".into(), "7".into()), "an exchange is no call");
    assert!(shown.contains("Revoked") && shown.contains("Lost") && !shown.contains("/revoke"), "{shown}");
}

#[test]
fn counts_are_dropped_after_a_month() {
    let clock = SetClock::new();
    let site = again(Site::with(&clock), &clock);
    let count = |site: &Site| site.raw().query_row("SELECT COUNT(*) FROM key_calls", [], |row| row.get::<_, i64>(0)).unwrap();
    assert!(count(&site) > 0, "the site's own first calls");
    clock.pass(Duration::from_secs(33 * 86_400));
    site.server.once(&jobs::sweep::job(&site.server.store, Retention::default()));
    assert_eq!(count(&site), 0);
}

#[test]
fn a_page_is_for_those_who_see_the_key_and_leads_to_what_came_before_and_after() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let next = regenerated(&site.server, &made, site.here.org);
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    let old = admin.get(&format!("{KEYS}/{}", made.key)).is(200).text;
    assert!(old.contains(&format!("href=\"{KEYS}/{next}\"")) && old.contains("Successor"), "{old}");
    let new = admin.get(&format!("{KEYS}/{next}")).is(200).text;
    assert!(new.contains(&format!("href=\"{KEYS}/{}\"", made.key)) && new.contains("No successor"), "{new}");
    assert!(new.contains("regenerated"), "its activity: {new}");
    // Its examples hold the ids of a project and its website.
    let new = admin.get(&format!("{KEYS}/{next}?project={}", site.here.project)).is(200).text;
    for id in [site.here.org.to_string(), site.here.project.to_string(), format!("/apps/website/{}/pages", site.here.app)] {
        assert!(new.contains(&id), "{id}");
    }
    Visitor::new(&site.server, &site.here, "Vic", Role::Viewer).get(&format!("{KEYS}/{next}")).is(403);
    admin.get(&format!("/account/keys/{next}")).is(404);
    admin.get(&format!("{KEYS}/{}", site.here.project)).is(404);
    Visitor::nobody(&site.server).get(&format!("{KEYS}/{next}")).is(303);

    // A personal key: its owner has the whole page, an admin sees it without examples that nobody but its owner can run.
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    editor.key(site.here.org);
    let own = editor.get("/account/keys").is(200).text;
    let at = own.split("href=\"").find(|link| link.starts_with("/account/keys/0")).unwrap().split('"').next().unwrap().to_owned();
    let at = at.rsplit_once('/').filter(|(_, last)| last.len() < 20).map_or(at.clone(), |(page, _)| page.to_owned());
    assert!(editor.get(&at).is(200).text.contains("STELE_KEY"));
    let seen = admin.get(&at.replace("/account/keys", KEYS)).is(200).text;
    assert!(!seen.contains("STELE_KEY") && !seen.contains("/regenerate"), "{seen}");
    admin.get(&at).is(404);
}

#[test]
fn what_the_command_line_did_is_said_to_be_its_wherever_somebody_is_named() {
    let site = Site::new();
    let owner = Visitor::owner(&site.server, &site.here);
    let (org, made) = (site.here.org, machine(&site.server, site.here.org, Role::Viewer, Access::Read, None));
    let (page, account) = (format!("{KEYS}/{}", made.key), format!("/o/acme/settings/accounts/{}", made.account));
    let told = |path: &str, words: &str| {
        let text = owner.get(path).is(200).text;
        assert!(text.contains(words), "{path}: {words} is missing: {text}");
    };
    told(&page, "by the command line");
    told(KEYS, "by the command line</small>");
    told(&account, "by the command line");
    told("/o/acme/settings/activity", "<b>The command line</b>");
    let revoke = draft::Revoke { reason: Some("Lost".into()) };
    let id = made.key;
    site.server.write(move |tx| service::key::key::revoke(tx, &Actor::operator(), KeyScope::Org(org), id, &revoke).map(drop));
    told(&page, "<small>by the command line: Lost</small>");
    told(&format!("{KEYS}?status=revoked"), "by the command line</span>: Lost");
    owner.post("/account/profile", &[("name", "Olga Owner"), ("locale", "fr")]).is(303);
    told(&page, "<small>par la ligne de commande");
    told("/o/acme/settings/activity", "<b>La ligne de commande</b>");
}

#[test]
fn names_of_keys_lead_to_their_pages_and_dialogs_lead_back() {
    let site = Site::new();
    let made = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let owner = Visitor::owner(&site.server, &site.here);
    let at = format!("{KEYS}/{}", made.key);
    let link = format!("href=\"{at}\"");
    for path in [
        KEYS.to_owned(),
        format!("/o/acme/settings/accounts/{}", made.account),
        "/o/acme/settings/activity".into(),
        "/o/acme/search?search=test".into(),
    ] {
        assert!(owner.get(&path).is(200).text.contains(&link), "{path}");
    }
    let viewer = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    assert!(!viewer.get("/o/acme/search?search=test").is(200).text.contains("/keys/0"), "who sees no keys finds none");
    let shown = owner.get(&at).is(200).text;
    let from = at.replace('/', "%2F");
    let rename = format!("{at}/rename?from={from}");
    assert!(shown.contains(&format!("href=\"{rename}\"")), "{shown}");
    assert_eq!(owner.post(&rename, &[("name", "Night build")]).is(303).to, at);
    // Whatever uses it stops at once, unless one says otherwise: the button says so.
    let asked = owner.get(&format!("{at}/regenerate")).is(200).text;
    assert!(asked.contains("value=\"none\" checked") && asked.contains("Regenerate, end the old key"), "{asked}");
    assert_eq!(owner.post(&format!("{at}/revoke?from={from}"), &[]).is(303).to, at);
    // A key that works no more promises nothing.
    let over = owner.get(&at).is(200).text;
    let first = over.split_once("<dl class=\"stats\">").expect("figures").1.split("</div>").next().unwrap();
    assert!(first.contains("<dt>Revoked</dt>") && first.contains("by "), "{first}");
    for gone in ["STELE_KEY", "No successor", "The owner is told"] {
        assert!(!over.contains(gone), "{gone}");
    }
    assert_eq!(owner.post(&format!("{KEYS}/{}/rename", site.admin.key), &[("name", "Other")]).is(303).to, KEYS);
}

#[test]
fn the_project_of_the_examples_is_chosen_among_those_that_the_key_reaches() {
    let site = Site::new();
    let other = site.ask("POST", &format!("/organizations/{}/projects", site.here.org), Some(&json!({ "name": "Atlas" })));
    let id = other.body["id"].as_str().unwrap().to_owned();
    let limited = machine(&site.server, site.here.org, Role::Viewer, Access::Read, Some(vec![site.here.project]));
    let owner = Visitor::owner(&site.server, &site.here);
    let path = |key: KeyId| format!("{KEYS}/{key}?project={id}");
    assert!(owner.get(&path(site.admin.key)).is(200).text.contains(&format!("/projects/{id}")));
    let shown = owner.get(&path(limited.key)).is(200).text;
    assert!(!shown.contains(&format!("/projects/{id}")) && shown.contains(&format!("/projects/{}", site.here.project)), "{shown}");
}
