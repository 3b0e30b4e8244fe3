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
        site.alter_all(&failing);
        for refused in [
            site.ask("PATCH", &one, Some(&json!({ "name": "New", "slug": "new" }))),
            site.ask("POST", &site.pages(), Some(&page("another"))),
        ] {
            assert_eq!((refused.status, &refused.body["code"]), (500, &json!("INTERNAL_ERROR")));
            assert!(!refused.body.to_string().contains("not now"), "{}", refused.body);
        }
        site.alter_all(&format!("DROP TRIGGER no_{table}"));
        assert_eq!((site.get(&one).body, left(&site, id(&made))), (made.clone(), (1, 1)));
        assert_eq!(site.get(&site.pages()).body["meta"]["total"], 1);
        assert_eq!(site.count("SELECT COUNT(*) FROM redirects WHERE app_id <> $1", ""), 0);
    }
    site.change(&one, &json!({ "name": "New", "slug": "new" }));
    assert_eq!(left(&site, id(&made)), (2, 2));
}

fn versions(site: &Site, id: &str) -> String {
    format!("{}/content-versions?contentType=website_page&contentId={id}", site.project())
}

fn version(site: &Site, id: &Value) -> String {
    format!("{}/content-versions/{}", site.project(), id.as_str().unwrap())
}

/// A page whose title and text are in two languages.
fn bilingual(slug: &str) -> Value {
    let text = |id: &str, en: &str, fr: &str| json!({ "id": id, "type": "quote", "data": { "text": { "en": en, "fr": fr } } });
    json!({
        "name": "First", "slug": slug, "title": { "en": "Sea", "fr": "Mer" }, "tags": ["one"],
        "content": [{ "id": "s", "columns": [{ "id": "c", "blocks": [text("a", "The wide sea", "La mer"), text("b", "Wind", "Vent")] }] }],
    })
}

#[test]
fn versions_are_listed_newest_first_and_hold_the_whole_entry() {
    let site = Site::new();
    let made = site.make(&site.pages(), &bilingual("page"));
    let one = format!("{}/{}", site.pages(), id(&made));
    site.change(&one, &json!({ "title": { "en": "Lake" }, "name": "Second" }));
    let all = site.items(&versions(&site, id(&made)));
    let told: Vec<_> = all.iter().map(|one| (one["version"].as_i64().unwrap(), one["source"].as_str().unwrap())).collect();
    assert_eq!(told, [(2, "edit"), (1, "create")]);
    assert!(all.iter().all(|one| one.get("content").is_none() && one["contentId"] == made["id"] && one["contentType"] == "website_page"));
    for (filter, left) in
        [("source=create", 1), ("version=2", 1), ("source=none", 0), ("createdBy=0190f4a2-0000-7000-8000-000000000000", 0)]
    {
        assert_eq!(site.items(&format!("{}&{filter}", versions(&site, id(&made)))).len(), left, "{filter}");
    }
    let first = site.get(&version(&site, &all[1]["id"])).body;
    assert_eq!((&first["content"], &first["fields"]["title"]), (&made["content"], &json!({ "en": "Sea", "fr": "Mer" })));
    assert_eq!((&first["fields"]["name"], &first["version"]), (&json!("First"), &json!(1)));
    // They stay where the entry goes, and belong to nobody else.
    assert_eq!(site.ask("DELETE", &one, None).status, 200);
    assert_eq!(site.items(&versions(&site, id(&made))).len(), 2);
    let asked = |query: &str| site.get(&format!("{}/content-versions?{query}", site.project()));
    assert_eq!(asked("contentType=website_page").body["errors"][0]["field"], "contentId");
    assert_eq!(asked(&format!("contentType=nothing&contentId={}", id(&made))).status, 400);
    assert_eq!(asked(&format!("contentType=website_post&contentId={}", id(&made))).status, 404);
    let other = site
        .server
        .token(&machine(&site.server, crate::support::tenant(&site.server, "other").org, Role::Admin, Access::Full, None).secret);
    assert_eq!(site.server.ask("GET", &version(&site, &all[0]["id"]), Some(&other), None).status, 404);
}

#[test]
fn a_restored_version_is_byte_equal_and_keeps_address_status_and_later_versions() {
    let site = Site::new();
    let layouts = site.pages().replace("/pages", "/layouts");
    let target = site.make(&layouts, &json!({ "name": "Target" }));
    let mut body = bilingual("page");
    body["layoutId"] = target["id"].clone();
    body["content"][0]["columns"][0]["blocks"][1]["data"]["link"] = format!("entry:{}", id(&target)).into();
    let made = site.make(&site.pages(), &body);
    let one = format!("{}/{}", site.pages(), id(&made));
    // A block of a type that nobody knows, as a newer release or an import may have left it.
    let odd = r#"[{"id":"s","columns":[{"id":"c","blocks":[{"id":"x","type":"9 odd","data":[1.50,"é"],"more":null}]}]}]"#;
    site.alter("UPDATE versions SET content = ?1 WHERE entry_id = ?2", [odd, id(&made)]);
    site.change(&one, &json!({ "name": "Other", "slug": "moved", "title": { "en": "Lake", "fr": null }, "tags": [], "layoutId": null }));
    assert_eq!(site.ask("DELETE", &format!("{layouts}/{}", id(&target)), None).status, 200);
    let all = site.items(&versions(&site, id(&made)));
    let restore = format!("{}/restore", version(&site, &all[1]["id"]));
    let stale = site.server.ask_with("POST", &restore, Some(&site.token), None, &[("If-Match", "\"1\"")]);
    assert_eq!(stale.status, 412, "{}", stale.body);
    let done = site.ask("POST", &restore, None);
    assert_eq!(done.status, 200, "{}", done.body);
    let missing = json!([{ "blockId": null, "contentId": target["id"] }]);
    assert_eq!(
        done.body,
        json!({ "contentType": "website_page", "contentId": made["id"], "restoredFromVersion": 1, "newVersion": 3, "missing": missing })
    );
    let now = site.get(&one).body;
    assert_eq!((&now["slug"], &now["status"], &now["name"]), (&json!("moved"), &json!("published"), &json!("First")));
    assert_eq!((&now["title"], &now["tags"], &now["layoutId"]), (&made["title"], &made["tags"], &target["id"]));
    let stored = |table: &str, column: &str, of: &str| -> String {
        let sql = format!("SELECT {column} FROM {table} WHERE {of} = ?1 ORDER BY version DESC LIMIT 1");
        site.raw().query_row(&sql, [id(&made)], |row| row.get(0)).unwrap()
    };
    assert_eq!((stored("entries", "content", "id"), stored("versions", "content", "entry_id")), (odd.to_owned(), odd.to_owned()));
    let all = site.items(&versions(&site, id(&made)));
    assert_eq!(all.iter().map(|one| one["source"].as_str().unwrap()).collect::<Vec<_>>(), ["revert", "edit", "create"]);
    let found = site.items(&format!("{}?search=mer", site.pages()));
    assert_eq!(found.len(), 1, "what was brought back is found");
    assert_eq!(left(&site, id(&made)), (3, 3));
    assert_eq!(site.ask("DELETE", &one, None).status, 200);
    assert_eq!(site.ask("POST", &restore, None).status, 404, "what is in the trash comes out of it first");
}

#[test]
fn two_versions_are_compared_block_by_block_and_word_by_word() {
    let site = Site::new();
    let made = site.make(&site.pages(), &bilingual("page"));
    site.change(&format!("{}/{}", site.pages(), id(&made)), &json!({ "title": { "fr": "Lac" } }));
    let mut tree = made["content"].clone();
    let blocks = tree[0]["columns"][0]["blocks"].as_array_mut().unwrap();
    blocks.swap(0, 1);
    blocks[1]["data"]["text"]["en"] = "The deep sea".into();
    blocks.push(json!({ "id": "n", "type": "divider", "data": {} }));
    site.alter("UPDATE versions SET content = ?1 WHERE entry_id = ?2 AND version = 2", [tree.to_string().as_str(), id(&made)]);
    let all = site.items(&versions(&site, id(&made)));
    let newest = format!("{}/difference", version(&site, &all[0]["id"]));
    let found = site.get(&newest).body;
    assert_eq!((&found["against"]["version"], &found["version"]["version"]), (&json!(1), &json!(2)), "{found}");
    let [title] = &found["fields"].as_array().unwrap()[..] else { panic!("{found}") };
    assert_eq!(
        (&title["field"], &title["locale"], &title["before"], &title["after"]),
        (&json!("title"), &json!("fr"), &json!("Mer"), &json!("Lac"))
    );
    let blocks: Vec<_> =
        found["blocks"].as_array().unwrap().iter().map(|one| (one["id"].as_str().unwrap(), one["change"].as_str().unwrap())).collect();
    assert!(blocks.contains(&("a", "changed")) && blocks.contains(&("n", "added")) && blocks.len() <= 3, "{found}");
    let words = found["blocks"].as_array().unwrap().iter().find(|one| one["id"] == "a").unwrap()["fields"][0]["words"].clone();
    assert!(words.as_array().unwrap().contains(&json!({ "change": "removed", "text": "wide" })), "{words}");
    let back = site.get(&format!("{}/difference?against={}", version(&site, &all[1]["id"]), all[0]["id"].as_str().unwrap())).body;
    assert_eq!(back["fields"][0]["after"], "Mer");
    let first = site.get(&format!("{}/difference", version(&site, &all[1]["id"]))).body;
    assert_eq!((&first["against"], first["blocks"][0]["change"].as_str()), (&Value::Null, Some("added")));
    let other = site.make(&site.pages(), &page("other"));
    let others = site.items(&versions(&site, id(&other)));
    assert_eq!(site.get(&format!("{newest}?against={}", others[0]["id"].as_str().unwrap())).status, 400);
    assert_eq!(site.get(&format!("{newest}?against=nothing")).status, 400);
}
