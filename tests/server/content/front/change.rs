//! The feed of changes: what it tells, in which order, to whom, and for how long.

use std::time::Duration;

use serde_json::{Value, json};
use stele::{
    domain::access::{Access, Role},
    jobs,
    service::retention::Retention,
};

use crate::support::{SetClock, Site, machine, page};

use super::followed::{Follower, is_made, published};

const DAY: Duration = Duration::from_secs(86_400);

fn feed(site: &Site, query: &str) -> Value {
    let told = site.get(&format!("{}/changes?{query}", site.project()));
    assert_eq!(told.status, 200, "{query}: {}", told.body);
    made(told.body)
}

/// The same without what each app has from its start on.
fn made(mut body: Value) -> Value {
    body["data"].as_array_mut().unwrap().retain(is_made);
    body
}

/// What is told since then, by the names of its entries, or why they are gone; and the next cursor.
fn told(site: &Site, since: &str) -> (Vec<String>, String) {
    let body = feed(site, &format!("since={since}"));
    let word = |change: &Value| {
        let name = change["entry"]["name"].as_str().or_else(|| change["reason"].as_str());
        format!("{} {}", change["change"].as_str().unwrap(), name.unwrap())
    };
    (body["data"].as_array().unwrap().iter().map(word).collect(), cursor(&body))
}

fn cursor(body: &Value) -> String {
    body["cursor"].as_str().unwrap().to_owned()
}

fn sweep(site: &Site) {
    let kept = Retention { trash: None, ..Retention::default() };
    site.server.once(&jobs::sweep::job(&site.server.store, kept));
}

/// The same with a new key: the old one has ended, as months do to them.
fn again(site: Site) -> Site {
    let admin = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    Site { token: site.server.token(&admin.secret), admin, ..site }
}

#[test]
fn it_begins_with_what_is_published_and_goes_on_with_what_changes() {
    let site = Site::new();
    let one = site.make(&site.pages(), &page("one"));
    site.make(&site.pages(), &json!({ "name": "draft", "slug": "draft", "status": "draft" }));
    let post = site.make(&site.posts(), &json!({ "name": "post", "slug": "post", "status": "published" }));
    let body = feed(&site, "");
    let path = |made: &Value, list: String| format!("{list}/{}", made["id"].as_str().unwrap());
    let as_told = |made: &Value, kind: &str, list: String| {
        let entry = site.get(&path(made, list)).body;
        json!({ "change": "put", "id": made["id"], "appId": made["appId"], "contentType": kind, "changedAt": made["updatedAt"], "entry": entry })
    };
    let all = json!([as_told(&one, "website_page", site.pages()), as_told(&post, "website_post", site.posts())]);
    assert_eq!((&body["data"], &body["hasMore"]), (&all, &json!(false)));
    let since = cursor(&body);
    assert_eq!(told(&site, &since).0, Vec::<String>::new());
    // What was changed twice is told once, where it was changed last.
    site.change(&path(&one, site.pages()), &json!({ "name": "uno" }));
    site.make(&site.pages(), &page("two"));
    site.change(&path(&one, site.pages()), &json!({ "name": "un" }));
    assert_eq!(told(&site, &since).0, ["put two", "put un"]);
    let (_, later) = told(&site, &since);
    let target = json!({ "contentType": "website_post", "contentId": post["id"] });
    assert_eq!(site.ask("POST", &format!("{}/content/unpublish", site.project()), Some(&target)).status, 200);
    assert_eq!(site.ask("DELETE", &path(&one, site.pages()), None).status, 200);
    let (gone, last) = told(&site, &later);
    assert_eq!(gone, ["remove unpublished", "remove deleted"]);
    // Who begins now never had them.
    assert_eq!(told(&site, &last).0, Vec::<String>::new());
    assert_eq!(feed(&site, "")["data"].as_array().unwrap().len(), 1);
    assert_eq!(site.ask("POST", &format!("{}/trash/{}/restore", site.project(), one["id"].as_str().unwrap()), None).status, 200);
    assert_eq!(told(&site, &last).0, ["put un"]);
}

#[test]
fn what_names_an_entry_is_told_anew_when_that_goes_and_comes_back() {
    let site = Site::new();
    let help = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": "Help", "slug": "help" }));
    let kb = format!("{}/apps/kb/{}", site.project(), help["id"].as_str().unwrap());
    let category = site.make(&format!("{kb}/categories"), &json!({ "name": "Boats", "slug": "boats" }));
    let article = |slug: &str, status: &str| {
        let body = json!({ "name": slug, "slug": slug, "status": status, "categoryIds": [category["id"]] });
        site.make(&format!("{kb}/articles"), &body)
    };
    article("told", "published");
    article("draft", "draft");
    let told = |since: &str| {
        let body = site.get(&format!("{}/changes?since={since}", site.project())).body;
        let word = |change: &Value| {
            let name = change["entry"]["name"].as_str().or_else(|| change["reason"].as_str());
            format!("{} {}", change["change"].as_str().unwrap(), name.unwrap())
        };
        let mut told: Vec<_> = body["data"].as_array().unwrap().iter().map(word).collect();
        told.sort();
        (told, body)
    };
    let since = cursor(&site.get(&format!("{}/changes", site.project())).body);
    let at = format!("{kb}/categories/{}", category["id"].as_str().unwrap());
    assert_eq!(site.ask("DELETE", &at, None).status, 200);
    let ids = |body: &Value| {
        let told = body["data"].as_array().unwrap().iter().find(|change| change["entry"]["name"] == "told").cloned();
        told.unwrap()["entry"]["categoryIds"].clone()
    };
    let (gone, body) = told(&since);
    assert_eq!(gone, ["put told", "remove deleted"]);
    assert_eq!(ids(&body), json!([]));
    let later = cursor(&body);
    let back = format!("{}/trash/{}/restore", site.project(), category["id"].as_str().unwrap());
    assert_eq!(site.ask("POST", &back, None).status, 200);
    let (there, body) = told(&later);
    assert_eq!(there, ["put Boats", "put told"]);
    assert_eq!(ids(&body), json!([category["id"]]));
    // What is told of one app is looked up there, not among all numbers of the project.
    let plan = |sql: &str| {
        let db = site.raw();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
    };
    let of_app = "SELECT c.n FROM changes c JOIN apps a ON a.id = c.app_id AND a.deleted_at IS NULL
                  WHERE c.app_id = 'a' AND c.n > 1 AND (c.gone IS NULL OR c.n > 2) AND c.project_id = 'p' ORDER BY c.n LIMIT 5";
    assert!(plan(of_app).contains("changes_app") && !plan(of_app).contains("TEMP B-TREE"), "{}", plan(of_app));
}

#[test]
fn a_page_ends_where_it_says_and_what_goes_meanwhile_is_told() {
    let site = Site::new();
    for slug in ["a", "b", "c", "d"] {
        site.make(&site.pages(), &page(slug));
    }
    let mut follower = Follower::default();
    while follower.has.is_empty() {
        assert!(follower.step(&site, 1));
    }
    let first = follower.has.keys().next().unwrap().clone();
    assert_eq!(site.ask("DELETE", &format!("{}/{first}", site.pages()), None).status, 200);
    assert!(follower.step(&site, 2));
    assert!(follower.has.contains_key(&first), "its turn comes after those that were there before");
    assert!(!follower.step(&site, 2));
    assert_eq!(follower.has, published(&site));
    assert_eq!(follower.has.len(), 3);
}

#[test]
fn entries_are_told_as_they_are_asked_for() {
    let site = Site::new();
    let text = json!({ "type": "text", "data": { "markdown": { "en": "*Hello*", "fr": "*Salut*" } } });
    let content = json!([{ "columns": [{ "blocks": [text] }] }]);
    let one = site.make(&site.pages(), &json!({ "name": "a", "slug": "a", "title": { "en": "A", "fr": "Un" }, "content": content }));
    let path = format!("{}/{}", site.pages(), one["id"].as_str().unwrap());
    for query in ["", "locale=fr", "render=html", "locale=fr&render=html"] {
        assert_eq!(feed(&site, query)["data"][0]["entry"], site.get(&format!("{path}?{query}")).body, "{query}");
    }
    let lite = &feed(&site, "lite=true")["data"][0]["entry"];
    assert_eq!((&lite["content"], &lite["name"]), (&Value::Null, &json!("a")));
    let spoken = site.get(&format!("{}/changes?locale=fr-CA", site.project()));
    assert_eq!(spoken.header("content-language"), "fr");
    for (query, field) in [
        ("pageSize=0", "pageSize"),
        ("pageSize=201", "pageSize"),
        ("lite=1", "lite"),
        ("render=pdf", "render"),
        ("locale=!", "locale"),
        ("appId=x", "appId"),
        ("since=x", "since"),
        ("page=2", "page"),
    ] {
        let refused = site.get(&format!("{}/changes?{query}", site.project()));
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!(field)), "{query}: {}", refused.body);
    }
}

#[test]
fn long_changes_come_in_pieces_and_say_the_same() {
    let site = Site::new();
    let text = json!({ "type": "text", "data": { "markdown": "x".repeat(40_000) } });
    for at in 0..12 {
        let content = json!([{ "columns": [{ "blocks": [text, text, text] }] }]);
        site.make(&site.pages(), &json!({ "name": format!("p{at}"), "slug": format!("p{at}"), "content": content }));
    }
    let whole = reqwest::blocking::Client::new()
        .get(format!("{}/api{}/changes", site.server.url, site.project()))
        .bearer_auth(&site.token)
        .send()
        .unwrap();
    assert!(whole.headers().get("transfer-encoding").is_some_and(|value| value == "chunked"));
    let whole = made(whole.json().unwrap());
    let names: Vec<_> = whole["data"].as_array().unwrap().iter().map(|change| change["entry"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, (0..12).map(|at| format!("p{at}")).collect::<Vec<_>>());
    assert_eq!(cursor(&whole), cursor(&feed(&site, "lite=true")));
}

#[test]
fn nothing_of_another_project_is_told_and_of_an_app_only_what_is_in_it() {
    let site = Site::new();
    let (org, here, there) = (site.here.org, site.here.project, site.here.other);
    let project = |id| format!("/organizations/{org}/projects/{id}");
    let website = |id| {
        let app = site.make(&format!("{}/apps", project(id)), &json!({ "appType": "website", "name": "Second" }));
        app["id"].as_str().unwrap().to_owned()
    };
    let (second, foreign) = (website(here), website(there));
    site.make(&site.pages(), &page("own"));
    site.make(&format!("{}/apps/website/{second}/pages", project(here)), &page("second"));
    site.make(&format!("{}/apps/website/{foreign}/pages", project(there)), &page("foreign"));
    let all = feed(&site, "");
    let names = |body: &Value| -> Vec<String> {
        body["data"].as_array().unwrap().iter().map(|change| change["entry"]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&all), ["own", "second"]);
    assert_eq!(names(&feed(&site, &format!("appId={second}"))), ["second"]);
    assert_eq!(site.get(&format!("{}/changes?appId={foreign}", site.project())).status, 404);
    // A cursor is of one project and of what was asked for.
    let since = cursor(&all);
    for path in [format!("{}/changes?since={since}", project(there)), format!("{}/changes?since={since}&appId={second}", site.project())] {
        let refused = site.get(&path);
        assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &json!("other_feed")), "{path}");
    }
    // Who was added to one app is told of that.
    let one = machine(&site.server, org, Role::Collaborator, Access::Read, None);
    let joins = json!({ "userId": one.account.to_string(), "role": "viewer" });
    site.make(&format!("{}/apps/{second}/members", site.project()), &joins);
    let token = site.server.token(&one.secret);
    let ask = |query: &str| site.server.ask("GET", &format!("{}/changes{query}", site.project()), Some(&token), None);
    assert_eq!(names(&made(ask(&format!("?appId={second}")).body)), ["second"]);
    assert_eq!((ask("").status, ask(&format!("?appId={}", site.here.app)).status), (403, 404));
}

#[test]
fn a_cursor_expires_with_what_it_would_have_told() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let made: Vec<_> = ["a", "b", "c"].iter().map(|slug| site.make(&site.pages(), &page(slug))).collect();
    let (old, mut begun) = (cursor(&feed(&site, "")), Follower::default());
    assert!(begun.step(&site, 1));
    let path = |at: usize| format!("{}/{}", site.pages(), made[at]["id"].as_str().unwrap());
    assert_eq!(site.ask("DELETE", &path(0), None).status, 200);
    let new = cursor(&feed(&site, ""));
    clock.pass(89 * DAY);
    sweep(&site);
    let site = again(site);
    assert_eq!(told(&site, &old).0, ["remove deleted"]);
    clock.pass(2 * DAY);
    sweep(&site);
    let site = again(site);
    for since in [&old, begun.cursor.as_ref().unwrap()] {
        let expired = site.get(&format!("{}/changes?since={since}", site.project()));
        let said = (expired.status, expired.reason(), &expired.body["code"]);
        assert_eq!(said, (410, "cursor_expired", &json!("GONE")), "{}", expired.body);
    }
    assert_eq!(told(&site, &new).0, Vec::<String>::new(), "nothing was dropped behind it");
    assert_eq!(feed(&site, "")["data"].as_array().unwrap().len(), 2);
}

#[test]
fn with_an_app_that_comes_or_goes_everybody_begins_anew() {
    let site = Site::new();
    site.make(&site.pages(), &page("a"));
    let app = format!("{}/apps/{}", site.project(), site.here.app);
    let expired = |since: &str| site.get(&format!("{}/changes?since={since}", site.project())).reason() == "cursor_expired";
    let first = cursor(&feed(&site, ""));
    assert_eq!(site.ask("DELETE", &app, None).status, 200);
    assert!(expired(&first));
    let empty = feed(&site, "");
    assert_eq!(empty["data"], json!([]));
    let back = format!("{}/apps/trash/{}/restore", site.project(), site.here.app);
    assert_eq!(site.ask("POST", &back, None).status, 200);
    assert!(expired(&cursor(&empty)));
    assert_eq!(feed(&site, "")["data"][0]["entry"]["name"], "a");
}

#[test]
fn a_list_is_narrowed_to_what_is_as_new_as_a_moment() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let old = site.make(&site.pages(), &page("old"));
    site.make(&site.pages(), &page("never"));
    clock.pass(Duration::from_secs(60));
    site.make(&site.pages(), &page("new"));
    site.change(&format!("{}/{}", site.pages(), old["id"].as_str().unwrap()), &json!({ "name": "changed" }));
    let names = |query: &str| -> Vec<String> {
        site.items(&format!("{}?{query}", site.pages())).iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("updatedAt_gte=2030-01-01T00:01:00Z&sort=updatedAt:asc").len(), 2);
    assert_eq!(names("createdAt_gte=2030-01-01T00:01:00Z"), ["new"]);
    assert_eq!(names("updatedAt_gte=2030-01-01T00:01:00.001Z"), Vec::<String>::new());
}

#[test]
fn what_publishes_itself_is_told() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let since = cursor(&feed(&site, ""));
    let at = json!({ "name": "later", "slug": "later", "scheduledPublishAt": "2030-01-01T00:05:00.000Z" });
    site.make(&site.posts(), &at);
    assert_eq!(told(&site, &since).0, Vec::<String>::new());
    clock.pass(Duration::from_secs(360));
    site.server.once(&jobs::publish::job(&site.server.store));
    assert_eq!(told(&site, &since).0, ["put later"]);
}

#[test]
fn after_a_backup_came_back_everybody_begins_anew() {
    let site = Site::new();
    site.make(&site.pages(), &page("a"));
    let since = cursor(&feed(&site, ""));
    site.server.write(|tx| stele::service::backup::revive(tx, stele::service::backup::Ending::default()).map(drop));
    let token = site.server.exchange(&site.admin.secret);
    let site = Site { token: token.body["accessToken"].as_str().map_or_else(|| site.token.clone(), str::to_owned), ..site };
    assert_eq!(site.get(&format!("{}/changes?since={since}", site.project())).reason(), "cursor_expired");
    assert_eq!(feed(&site, "")["data"].as_array().unwrap().len(), 1);
}
