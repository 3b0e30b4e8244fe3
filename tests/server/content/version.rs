//! What every change of content leaves behind: a version and a line of the audit trail, in the same transaction.

use serde_json::{Value, json};
use stele::domain::access::{Access, Role};

use crate::support::{Site, machine, page};

/// How many versions and activities there are of an entry.
fn left(site: &Site, id: &str) -> (i64, i64) {
    let versions = site.count("SELECT COUNT(*) FROM versions WHERE entry_id = $1", id);
    (versions, site.count("SELECT COUNT(*) FROM activities WHERE resource_id = $1", id))
}

fn id(entry: &Value) -> &str {
    entry["id"].as_str().unwrap()
}

#[test]
fn every_create_and_change_keeps_a_version_and_an_activity() {
    let site = Site::new();
    for path in [site.pages(), site.posts()] {
        let made = site.make(&path, &page(if path == site.pages() { "page" } else { "post" }));
        let one = format!("{path}/{}", id(&made));
        assert_eq!(left(&site, id(&made)), (1, 1));
        site.change(&one, &json!({ "title": { "en": "Title" } }));
        assert_eq!(left(&site, id(&made)), (2, 2));
        site.change(&one, &json!({ "title": { "en": "Title" } }));
        site.change(&one, &json!({}));
        assert_eq!(left(&site, id(&made)), (2, 2), "nothing was changed");
        assert_eq!(site.ask("DELETE", &one, None).status, 200);
        assert_eq!(left(&site, id(&made)), (2, 3));
        let newest: String = site
            .raw()
            .query_row("SELECT fields FROM versions WHERE entry_id = $1 ORDER BY version DESC LIMIT 1", [id(&made)], |row| row.get(0))
            .unwrap();
        assert_eq!(serde_json::from_str::<Value>(&newest).unwrap()["title"], json!({ "en": "Title" }));
    }
    let who = site.items("/me/activities?sort=createdAt:asc&resourceType=website_post");
    let actions: Vec<_> = who.iter().map(|line| line["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["entry.created", "entry.updated", "entry.deleted"]);
}

#[test]
fn a_refused_change_leaves_nothing_behind() {
    let site = Site::new();
    site.make(&site.pages(), &page("taken"));
    let made = site.make(&site.pages(), &page("kept"));
    let one = format!("{}/{}", site.pages(), id(&made));
    let viewer = site.server.token(&machine(&site.server, site.here.org, Role::Viewer, Access::Full, None).secret);
    let all = || {
        let of = |table: &str| site.count(&format!("SELECT COUNT(*) FROM {table} WHERE $1 <> ''"), id(&made));
        (of("entries"), of("versions"), of("activities"), of("redirects"))
    };
    let before = all();
    let refusals = [
        site.ask("PATCH", &one, Some(&json!({ "slug": "taken", "name": "New" }))).status,
        site.ask("PATCH", &one, Some(&json!({ "name": "New", "nmae": 1 }))).status,
        site.server.ask_with("PATCH", &one, Some(&site.token), Some(&json!({ "name": "New" })), &[("If-Match", "\"7\"")]).status,
        site.server.ask("PATCH", &one, Some(&viewer), Some(&json!({ "name": "New" }))).status,
        site.ask("POST", &site.pages(), Some(&page("taken"))).status,
        site.ask("POST", &site.pages(), Some(&json!({ "name": "No slug" }))).status,
    ];
    assert_eq!(refusals, [409, 400, 412, 403, 409, 400]);
    assert_eq!(all(), before);
    assert_eq!(site.get(&one).body, made);
}

#[test]
fn a_change_that_cannot_be_noted_is_not_made() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("kept"));
    let one = format!("{}/{}", site.pages(), id(&made));
    for table in ["activities", "versions"] {
        let failing = format!("CREATE TRIGGER no_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'not now'); END");
        site.raw().execute_batch(&failing).unwrap();
        for refused in [
            site.ask("PATCH", &one, Some(&json!({ "name": "New", "slug": "new" }))),
            site.ask("POST", &site.pages(), Some(&page("another"))),
        ] {
            assert_eq!((refused.status, &refused.body["code"]), (500, &json!("INTERNAL_ERROR")));
            assert!(!refused.body.to_string().contains("not now"), "{}", refused.body);
        }
        site.raw().execute_batch(&format!("DROP TRIGGER no_{table}")).unwrap();
        assert_eq!((site.get(&one).body, left(&site, id(&made))), (made.clone(), (1, 1)));
        assert_eq!(site.get(&site.pages()).body["meta"]["total"], 1);
        assert_eq!(site.count("SELECT COUNT(*) FROM redirects WHERE app_id <> $1", ""), 0);
    }
    site.change(&one, &json!({ "name": "New", "slug": "new" }));
    assert_eq!(left(&site, id(&made)), (2, 2));
}
