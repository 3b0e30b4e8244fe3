//! Articles: their statuses as a knowledge base tells them, their numbers, and the categories that they are in.

use serde_json::{Value, json};

use super::{NOTHING, category, faults, help, id};
use crate::support::{SetClock, Site};

fn article(site: &Site, base: &str, slug: &str, more: &Value) -> Value {
    let mut body = json!({ "name": slug, "slug": slug });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    site.make(&format!("{base}/articles"), &body)
}

fn slugs(site: &Site, path: &str) -> Vec<String> {
    let mut all: Vec<_> = site.items(path).iter().map(|one| one["slug"].as_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

#[test]
fn one_is_made_as_a_draft_that_is_listed_and_comes_last() {
    let (site, base) = help();
    let first = article(&site, &base, "first", &json!({}));
    assert_eq!((&first["status"], &first["isListed"], &first["order"]), (&json!("draft"), &json!(true), &json!(0)));
    assert_eq!((&first["path"], &first["categoryIds"], &first["publishedAt"]), (&json!("/articles/first"), &json!([]), &Value::Null));
    let given =
        article(&site, &base, "given", &json!({ "order": 7, "isListed": false, "status": "published", "excerpt": { "fr": "Bref" } }));
    assert_eq!((&given["order"], &given["isListed"], &given["publishedAt"]), (&json!(7), &json!(false), &given["createdAt"]));
    assert_eq!(article(&site, &base, "next", &json!({}))["order"], 8);
    let all = format!("{base}/articles");
    let in_order: Vec<_> = site.items(&format!("{all}?sort=order:asc")).iter().map(|one| one["order"].as_i64().unwrap()).collect();
    assert_eq!(in_order, [0, 7, 8]);
    assert_eq!(slugs(&site, &format!("{all}?isListed=false")), ["given"]);
    assert_eq!(slugs(&site, &format!("{all}?name=first")), ["first"]);
    assert_eq!(slugs(&site, &format!("{all}?publishedAt={}", given["publishedAt"].as_str().unwrap())), ["given"]);
    let taken = site.ask("POST", &all, Some(&json!({ "name": "x", "slug": "first" })));
    assert_eq!(taken.status, 409);
    category(&site, &base, "topic", None);
    assert_eq!(site.ask("POST", &all, Some(&json!({ "name": "x", "slug": "topic" }))).status, 409, "slugs are of the app");
    for (field, wrong) in [
        ("order", json!(-1)),
        ("order", Value::Null),
        ("categoryIds", json!("x")),
        ("categoryIds", json!(["x"])),
        ("requiresViewerAuth", json!(true)),
    ] {
        assert!(faults(&site, "POST", &all, &json!({ "name": "x", "slug": "x", field: wrong }))[0].0.starts_with(field));
    }
    assert_eq!(faults(&site, "PATCH", &format!("{all}/{}", id(&first)), &json!({ "order": 1, "isListed": true, "content": [] })).len(), 3);
}

#[test]
fn what_waits_for_its_date_is_a_draft_here() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let made = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": "Help" }));
    let base = format!("{}/apps/kb/{}", site.project(), id(&made));
    let (all, at) = (format!("{base}/articles"), "2030-01-01T00:05:00.000Z");
    let waiting = article(&site, &base, "waiting", &json!({}));
    article(&site, &base, "draft", &json!({}));
    article(&site, &base, "live", &json!({ "status": "published" }));
    let publish = json!({ "contentType": "kb_article", "contentId": id(&waiting), "publishAt": at });
    let answer = site.ask("POST", &format!("{}/content/publish", site.project()), Some(&publish)).body;
    assert_eq!((&answer["status"], &answer["scheduledPublishAt"]), (&json!("draft"), &json!(at)));
    let there = site.get(&format!("{all}/{}", id(&waiting))).body;
    assert_eq!((&there["status"], &there["scheduledPublishAt"]), (&json!("draft"), &json!(at)));
    for (status, wanted) in [("draft", vec!["draft", "waiting"]), ("published", vec!["live"])] {
        assert_eq!(slugs(&site, &format!("{all}?status={status}")), wanted);
        assert_eq!(site.get(&format!("{all}?status={status}")).body["meta"]["total"], wanted.len());
        assert_eq!(
            site.get(&format!("{all}?status={status}&search=a")).body["meta"]["total"],
            wanted.iter().filter(|slug| slug.contains('a')).count()
        );
    }
    assert_eq!(site.get(&format!("{all}?status=scheduled")).status, 400, "nothing here is called so");
    assert!(site.items(&all).iter().all(|one| one["status"] != "scheduled"));
    let found = site.items(&format!("{}/search?query=waiting", site.project()));
    assert_eq!(found[0]["metadata"]["status"], "draft");
    clock.pass(std::time::Duration::from_secs(360));
    site.server.once(&stele::jobs::publish::job(&site.server.store));
    let there = site.get(&format!("{all}/{}", id(&waiting))).body;
    assert_eq!((&there["status"], &there["scheduledPublishAt"]), (&json!("published"), &Value::Null));
}

#[test]
fn it_is_in_categories_that_are_there() {
    let (site, base) = help();
    let [mail, boats] = ["mail", "boats"].map(|slug| category(&site, &base, slug, None));
    let all = format!("{base}/articles");
    let made = article(&site, &base, "both", &json!({ "categoryIds": [id(&mail), id(&boats), id(&mail)] }));
    assert_eq!(made["categoryIds"], json!([id(&mail), id(&boats)]), "each once");
    article(&site, &base, "one", &json!({ "categoryIds": [id(&boats)] }));
    article(&site, &base, "none", &json!({}));
    assert_eq!(slugs(&site, &format!("{all}?categoryId={}", id(&boats))), ["both", "one"]);
    assert_eq!(slugs(&site, &format!("{all}?categoryId={}&status=draft&search=bo", id(&mail))), ["both"]);
    assert_eq!(slugs(&site, &format!("{all}?categoryId_isnull=true")), ["none"]);
    assert_eq!(slugs(&site, &format!("{all}?categoryId_isnull=false")), ["both", "one"]);
    assert_eq!(slugs(&site, &format!("{all}?categoryId_like={}", &id(&mail)[20..])), ["both"]);
    assert_eq!(site.get(&format!("{all}?categoryId={NOTHING}")).body["meta"]["total"], 0);
    assert_eq!(site.get(&format!("{all}?categoryId=x")).status, 400);
    let wrong = json!({ "name": "x", "slug": "x", "categoryIds": [id(&mail), NOTHING] });
    assert_eq!(faults(&site, "POST", &all, &wrong), [("categoryIds".to_owned(), "unknown_reference".to_owned())]);
    let wrong = json!({ "name": "x", "slug": "x", "categoryIds": [id(&made)] });
    assert_eq!(faults(&site, "POST", &all, &wrong)[0].1, "unknown_reference", "an article is no category");
    let changed = site.change(&format!("{all}/{}", id(&made)), &json!({ "categoryIds": [id(&boats)] }));
    assert_eq!(changed["categoryIds"], json!([id(&boats)]));
    assert_eq!(slugs(&site, &format!("{all}?categoryId={}", id(&mail))), [""; 0]);
}

#[test]
fn a_category_in_the_trash_is_not_told_and_comes_back() {
    let (site, base) = help();
    let [mail, boats] = ["mail", "boats"].map(|slug| category(&site, &base, slug, None));
    let made = article(&site, &base, "both", &json!({ "categoryIds": [id(&mail), id(&boats)] }));
    let one = format!("{base}/articles/{}", id(&made));
    let tag = site.get(&one).header("etag").to_owned();
    assert_eq!(site.ask("DELETE", &format!("{base}/categories/{}", id(&mail)), None).body["success"], true);
    let again = site.server.ask_with("GET", &one, Some(&site.token), None, &[("if-none-match", &tag)]);
    assert_eq!((again.status, &again.body["categoryIds"]), (200, &json!([id(&boats)])));
    assert_eq!(site.items(&format!("{base}/articles"))[0]["categoryIds"], json!([id(&boats)]));
    assert_eq!(site.get(&format!("{base}/articles?categoryId={}", id(&mail))).body["meta"]["total"], 0);
    // Who writes back what they read takes nothing away, and changes nothing.
    let same = site.change(&one, &json!({ "categoryIds": again.body["categoryIds"] }));
    assert_eq!(same["updatedAt"], made["updatedAt"]);
    assert_eq!(site.change(&one, &json!({ "name": "Renamed", "categoryIds": [] }))["categoryIds"], json!([]));
    let back = site.ask("POST", &format!("{}/trash/{}/restore", site.project(), id(&mail)), None);
    assert_eq!((back.status, &back.body["entityType"]), (200, &json!("kb_category")));
    assert_eq!(site.get(&one).body["categoryIds"], json!([id(&mail)]), "what was taken away stays so, what was in the trash is back");
}

#[test]
fn a_renamed_one_leaves_a_redirect_and_versions_bring_its_categories_back() {
    let (site, base) = help();
    let mail = category(&site, &base, "mail", None);
    let made = article(&site, &base, "old", &json!({ "categoryIds": [id(&mail)] }));
    let one = format!("{base}/articles/{}", id(&made));
    site.change(&one, &json!({ "slug": "new", "categoryIds": [] }));
    let redirects = site.items(&format!("{base}/redirects"));
    let pair = |one: &Value| (one["fromPath"].clone(), one["toPath"].clone());
    assert_eq!(pair(&redirects[0]), (json!("/articles/old"), json!("/articles/new")));
    let versions = format!("{}/content-versions?contentType=kb_article&contentId={}", site.project(), id(&made));
    let first = site.items(&versions).pop().unwrap();
    site.ask("POST", &format!("{}/content-versions/{}/restore", site.project(), id(&first)), None);
    let back = site.get(&one).body;
    assert_eq!((&back["categoryIds"], &back["slug"]), (&json!([id(&mail)]), &json!("new")));
    assert_eq!(site.items(&format!("{base}/articles?categoryId={}", id(&mail))).len(), 1);
}
