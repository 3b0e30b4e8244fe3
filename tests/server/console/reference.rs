//! The reference of the API: for everybody, as pages and as Markdown, with the ids of whoever is signed in.

use std::time::Duration;

use serde_json::json;

use crate::support::{Browser, SetClock, Site, Visitor, page};

/// The slugs of the groups that the list of all names.
fn groups(body: &str) -> Vec<String> {
    let links = body.split("<a href=\"/docs/").skip(1).filter_map(|rest| rest.split_once('"'));
    let mut all: Vec<_> = links.map(|(slug, _)| slug.to_owned()).filter(|slug| !slug.contains('.') && slug != "try").collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn every_group_has_its_page_and_its_markdown() {
    let site = Site::new();
    let nobody = Browser::new(&site.server);
    let all = groups(&nobody.get("/docs").body);
    assert!(all.len() > 20, "{all:?}");
    for slug in all {
        let page = nobody.get(&format!("/docs/{slug}"));
        assert_eq!(page.status, 200, "{slug}");
        assert!(page.body.contains("<article class=\"operation\""), "{slug}");
        let twin = nobody.get(&format!("/docs/{slug}.md"));
        assert_eq!((twin.status, twin.header("content-type")), (200, "text/markdown; charset=utf-8"), "{slug}");
        assert_eq!(page.body.matches("<article class=\"operation\"").count(), twin.body.matches("\n## ").count(), "{slug} tells the same");
    }
    for path in ["/docs/nothing", "/docs/nothing.md", "/docs/website.pages"] {
        assert_eq!(nobody.get(path).status, 404, "{path}");
    }
}

#[test]
fn samples_hold_the_ids_of_whoever_is_signed_in_and_of_nobody_else() {
    let site = Site::new();
    let path = format!("/organizations/{}/projects/{}/apps/website/", site.here.org, site.here.project);
    let asked = format!("/docs/website-pages?project={}", site.here.project);
    let shown = |visitor: &Visitor<'_>| visitor.get(&asked).is(200).text.contains(&path);
    assert!(shown(&Visitor::owner(&site.server, &site.here)));
    assert!(!shown(&Visitor::nobody(&site.server)));
    assert!(
        Browser::new(&site.server)
            .get("/docs/website-pages")
            .body
            .contains("/organizations/$ORGANIZATION/projects/$PROJECT/apps/website/$APP/pages")
    );
}

#[test]
fn what_is_looked_for_leads_to_its_call() {
    let site = Site::new();
    let nobody = Browser::new(&site.server);
    assert!(nobody.get("/docs?search=MAKE+page").body.contains("href=\"/docs/website-pages#create-website-page\""));
    let none = nobody.get("/docs?search=%3Cb%3Ezzz").body;
    assert!(none.contains("role=\"status\"") && none.contains("&#60;b&#62;zzz") && !none.contains("<b>zzz"), "{none}");
}

#[test]
fn agents_find_everything_as_text() {
    let site = Site::new();
    let nobody = Browser::new(&site.server);
    let list = nobody.get("/llms.txt");
    assert_eq!((list.status, list.header("content-type")), (200, "text/plain; charset=utf-8"));
    let links: Vec<_> =
        list.body.split("](http://stele.test").skip(1).filter_map(|rest| rest.split_once(')')).map(|(path, _)| path).collect();
    assert!(links.len() > 20);
    for path in links.into_iter().filter(|path| *path != "/docs/openapi.json") {
        assert_eq!(nobody.get(path).status, 200, "{path}");
    }
    let document = nobody.get("/docs/openapi.json");
    assert_eq!((document.status, document.to()), (308, "/api/openapi.json"));
}

/// The token that calls carry which are tried from this page; empty where there is none.
fn tried(body: &str) -> &str {
    body.split_once("data-token=\"").and_then(|(_, rest)| rest.split_once('"')).expect("the place of the reference").0
}

#[test]
fn calls_are_tried_with_a_token_of_ones_own_session() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let ada = Visitor::owner(&site.server, &site.here);
    let read = ada.get("/docs/try").is(200).text;
    let write = ada.get("/docs/try?access=write").is(200).text;
    let wide = ada.get("/docs/try?access=full").is(200).text;
    let status = |method: &str, path: &str, token: &str, body| site.server.ask(method, path, Some(token), body).status;
    let (new, more, account) = (page("tried"), page("wide"), json!({ "name": "Tried", "role": "viewer" }));
    let accounts = format!("/organizations/{}/service-accounts", site.here.org);
    assert_eq!(site.server.ask("GET", "/whoami", Some(tried(&read)), None).status, 200);
    assert_eq!(status("GET", &site.pages(), tried(&read), None), 200);
    assert_eq!(status("POST", &site.pages(), tried(&read), Some(&new)), 403, "reading, unless one chooses");
    assert_eq!(status("POST", &site.pages(), tried(&wide), Some(&more)), 403, "there is no more to choose");
    assert_eq!(status("POST", &site.pages(), tried(&write), Some(&new)), 201);
    assert_eq!(status("POST", &accounts, tried(&write), Some(&account)), 403, "that is asked a password for");
    let own = json!({ "name": "Mine", "organizationId": site.here.org });
    for token in [tried(&read), tried(&write)] {
        let made = site.server.ask("POST", "/me/api-keys", Some(token), Some(&own));
        assert_eq!((made.status, made.reason()), (403, "not_by_key"), "a key would do more, and for longer: {}", made.body);
    }
    assert_eq!(tried(&Visitor::nobody(&site.server).get("/docs/try").is(200).text), "");

    let refused = |token: &str| site.server.ask("GET", "/whoami", Some(token), None).reason().to_owned();
    assert_eq!(refused(&format!("{}x", tried(&read))), "token_invalid");
    clock.pass(Duration::from_secs(15 * 60));
    assert_eq!(refused(tried(&read)), "token_expired");
    let again = ada.get("/docs/try").is(200).text;
    assert_eq!(status("GET", "/whoami", tried(&again), None), 200);
    ada.post("/sign-out", &[]);
    assert_eq!(refused(tried(&again)), "session_ended", "with the session that it is of");
}

#[test]
fn the_page_that_tries_calls_asks_nobody_else() {
    let site = Site::new();
    let shown = Browser::new(&site.server).get("/docs/try");
    let policy = shown.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'nonce-") && policy.contains("connect-src 'self';"), "{policy}");
    assert_eq!((shown.header("cache-control"), shown.header("x-frame-options")), ("no-store", "DENY"));
}
