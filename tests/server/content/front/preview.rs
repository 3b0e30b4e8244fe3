//! Links to previews: what they show, for how long, and that they show no more than whoever made them may see.

use std::{sync::Arc, time::Duration};

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Actor, ActorKind, Permission, Role, Via},
        id::{SessionId, UserId},
        key::rate_limit::Ceilings,
    },
    service::content::{
        front::preview,
        place::located::{ById, located},
    },
};
use uuid::Uuid;

use crate::support::{SetClock, Site, machine, page};

fn open(site: &Site, path: &str) -> Response {
    Client::new().get(format!("{}{path}", site.server.url)).header("accept", "text/html").send().unwrap()
}

/// The path of a new link to an entry.
fn link(site: &Site, token: &str, kind: &str, entry: &Value) -> String {
    let wanted = json!({ "contentType": kind, "contentId": entry["id"] });
    let made = site.server.ask("POST", &format!("{}/content/previews", site.project()), Some(token), Some(&wanted));
    assert_eq!(made.status, 200, "{}", made.body);
    let path = format!("/preview/{}", made.body["token"].as_str().unwrap());
    assert_eq!(made.body["url"], json!(format!("http://stele.test{path}")));
    path
}

fn draft() -> Value {
    let blocks = json!([
        { "type": "text", "data": { "markdown": { "en": "High **and** low", "fr": "Hautes et basses" } } },
        { "type": "html", "data": { "html": "<p onclick=\"x()\">By hand<script>x()</script></p>" } },
    ]);
    json!({ "name": "Tides", "slug": "tides", "status": "draft", "title": { "en": "Tides & <all>", "fr": "Marées" },
            "content": [{ "columns": [{ "blocks": blocks }] }] })
}

#[test]
fn a_link_shows_a_draft_in_each_language_with_a_policy_of_its_own() {
    let site = Site::new();
    let made = site.make(&site.pages(), &draft());
    let path = link(&site, &site.token, "website_page", &made);
    let shown = open(&site, &path);
    assert_eq!(shown.status(), 200);
    let header = |name: &str| shown.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let policy = header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; img-src 'self'; ") && policy.ends_with("frame-ancestors 'self'"), "{policy}");
    assert!(!policy.contains("script-src") && policy.contains("style-src 'self'"), "{policy}");
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-robots-tag", "noindex"),
        ("x-content-type-options", "nosniff"),
        ("content-language", "en"),
    ] {
        assert_eq!(header(name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(header("x-frame-options"), None);
    let page = open(&site, "/sign-in");
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("frame-src 'self'"), "a page of ours frames it");
    let text = shown.text().unwrap();
    assert!(text.contains("<title>Tides &amp; &lt;all&gt;</title>") && text.contains("High <strong>and</strong> low"), "{text}");
    assert!(text.contains("By hand") && !text.contains("onclick") && !text.contains("<script"), "{text}");
    let stylesheet = text.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(open(&site, stylesheet).headers()["content-type"], "text/css; charset=utf-8");
    let french = open(&site, &format!("{path}?locale=fr-CA"));
    assert_eq!(french.headers()["content-language"], "fr");
    let text = french.text().unwrap();
    assert!(
        text.contains("<html lang=\"fr\">") && text.contains("Hautes et basses") && text.contains("<h1 class=\"title\">Marées</h1>"),
        "{text}"
    );
    // It is the entry as it is when it is looked at.
    site.change(&format!("{}/{}", site.pages(), made["id"].as_str().unwrap()), &json!({ "title": { "en": "Later" } }));
    assert!(open(&site, &path).text().unwrap().contains("<title>Later</title>"));
    assert_eq!(open(&site, &format!("{path}?locale=!")).status(), 400);
}

#[test]
fn a_link_ends_after_an_hour_and_one_that_was_changed_shows_nothing() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let made = site.make(&site.pages(), &draft());
    let path = link(&site, &site.token, "website_page", &made);
    clock.pass(Duration::from_secs(3599));
    assert_eq!(open(&site, &path).status(), 200);
    let (head, last) = path.split_at(path.len() - 1);
    let other = format!("{head}{}", if last == "A" { "Q" } else { "A" });
    for wrong in [other.as_str(), "/preview/x", &format!("{path}A")] {
        assert_eq!(open(&site, wrong).status(), 404, "{wrong}");
    }
    clock.pass(Duration::from_secs(1));
    assert_eq!(open(&site, &path).status(), 404);
}

/// The session of somebody, whose id begins so.
fn session(site: &Site, begin: &str, user: UserId) -> Uuid {
    let id = format!("{begin}0000-0000-7000-8000-000000000000");
    let sql = "INSERT INTO sessions (id, token_hash, user_id, ip, user_agent, password_at, created_at, last_seen_at, expires_at)
               VALUES (?1, ?1, ?2, '', '', 0, 0, 0, 9000000000000000)";
    site.alter(sql, [&id, &user.to_string()]);
    id.parse().unwrap()
}

#[test]
fn a_link_shows_no_more_than_its_maker_may_see() {
    let site = Site::new();
    let made = site.make(&site.pages(), &draft());
    let reader = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let by_key = link(&site, &site.server.token(&reader.secret), "website_page", &made);
    let id = made["id"].as_str().unwrap().parse().unwrap();
    let (at, account) = ((site.here.org, site.here.project), reader.account);
    let person = Arc::new(Actor {
        id: account,
        kind: ActorKind::ServiceAccount,
        name: String::new(),
        email: String::new(),
        via: Via::Session(SessionId::from_uuid(session(&site, "01a1", account))),
        access: Access::Full,
    });
    let by_person = site.server.write(move |tx| {
        let kind = tx.kinds()[0];
        let at = located(tx, &person, at, ById::Of(kind, id), Permission::ProjectSee)?.at;
        preview::link(tx, &person, at, (kind, id))
    });
    let by_person = format!("/preview/{}", by_person.token.reveal());
    let status = |path: &str| open(&site, path).status().as_u16();
    assert_eq!((status(&by_key), status(&by_person)), (200, 200));
    let revoke = format!("/organizations/{}/api-keys/{}/revoke", site.here.org, reader.key);
    assert_eq!(site.ask("POST", &revoke, None).status, 201);
    assert_eq!((status(&by_key), status(&by_person)), (404, 200));
    // It ends with the session in which it was made.
    let ended = "DELETE FROM sessions WHERE id LIKE '01a1%'";
    assert_eq!(site.alter(ended, []), 1);
    assert_eq!(status(&by_person), 404);
    session(&site, "01a1", account);
    assert_eq!(status(&by_person), 200);
    let account = format!("/organizations/{}/service-accounts/{account}", site.here.org);
    assert_eq!(site.ask("DELETE", &account, None).status, 200);
    assert_eq!(status(&by_person), 404);
    // And nothing that is gone.
    let path = link(&site, &site.token, "website_page", &made);
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.pages(), made["id"].as_str().unwrap()), None).status, 200);
    assert_eq!(status(&path), 404);
}

#[test]
fn a_link_is_counted_by_the_address_that_opens_it() {
    let rate_limits = Ceilings { key: None, address: Some(3), ..Ceilings::default() };
    let clock = SetClock::new();
    let site = Site::clocked_as(&clock, Config { rate_limits, ..Config::default() });
    clock.pass(Duration::from_secs(60));
    let statuses: Vec<_> = (0..5).map(|_| open(&site, "/preview/x").status().as_u16()).collect();
    assert_eq!((statuses[0], statuses[4]), (404, 429), "{statuses:?}");
}

#[test]
fn only_what_the_caller_may_read_gets_a_link() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("a"));
    let path = format!("{}/content/previews", site.project());
    let ask = |kind: &str, id: &Value| site.ask("POST", &path, Some(&json!({ "contentType": kind, "contentId": id })));
    assert_eq!(ask("website_post", &made["id"]).status, 404, "it is no post");
    assert_eq!(ask("nothing", &made["id"]).status, 400);
    assert_eq!(ask("website_page", &json!("x")).status, 404);
}

#[test]
fn the_stylesheet_is_for_every_site() {
    let site = Site::new();
    let sheet = open(&site, "/content.v1.css");
    assert_eq!(sheet.status(), 200);
    for (name, value) in [
        ("content-type", "text/css; charset=utf-8"),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("cache-control", "public, max-age=3600"),
    ] {
        assert_eq!(sheet.headers()[name], value);
    }
    let tag = sheet.headers()["etag"].to_str().unwrap().to_owned();
    let again = Client::new().get(format!("{}/content.v1.css", site.server.url)).header("if-none-match", tag).send().unwrap();
    assert_eq!(again.status(), 304);
}

#[test]
fn html_that_would_grow_without_bound_costs_the_server_nothing() {
    let site = Site::new();
    let opened: String = (0..2_500).map(|n| format!("<b a={n}>")).collect();
    let html = format!("<p>{opened}{}", "<p>x".repeat(5_500));
    let block = json!({ "type": "html", "data": { "html": html } });
    let made = site.make(&site.pages(), &json!({ "name": "Long", "slug": "long", "content": [{ "columns": [{ "blocks": [block] }] }] }));
    let shown = open(&site, &link(&site, &site.token, "website_page", &made)).text().unwrap();
    assert!(shown.contains("<pre class=\"plain\">&lt;p&gt;&lt;b a=0&gt;") && shown.len() < 6 * html.len(), "{}", shown.len());
    let read = site.server.ask("GET", &format!("{}/{}?render=html", site.pages(), made["id"].as_str().unwrap()), Some(&site.token), None);
    assert!(read.status == 200 && read.body["html"].as_str().unwrap().len() < 6 * html.len());
}
