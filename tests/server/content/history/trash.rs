//! The trash of a project: all kinds in one list, back as they were or gone for good, and gone by themselves after a while.

use std::time::Duration;

use serde_json::{Value, json};
use stele::{
    domain::access::{Access, Role},
    jobs,
    service::retention::Retention,
};

use crate::support::{SetClock, Site, machine, page};

const DAY: Duration = Duration::from_secs(86_400);

fn trash(site: &Site) -> String {
    format!("{}/trash", site.project())
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// An entry that was made and deleted: as it was.
fn deleted(site: &Site, path: &str, slug: &str) -> Value {
    let made = site.make(path, &page(slug));
    assert_eq!(site.ask("DELETE", &format!("{path}/{}", id(&made)), None).status, 200);
    made
}

#[test]
fn the_trash_lists_every_kind_with_who_deleted_it_and_until_when_it_stays() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let first = deleted(&site, &site.pages(), "first");
    clock.pass(Duration::from_secs(60));
    let second = deleted(&site, &site.posts(), "second");
    site.make(&site.pages(), &page("alive"));
    let all = site.items(&trash(&site));
    let told: Vec<_> = all.iter().map(|item| (item["entityType"].as_str().unwrap(), id(item))).collect();
    assert_eq!(told, [("website_post", id(&second)), ("website_page", id(&first))]);
    let item = &all[1];
    assert_eq!((&item["entityId"], &item["name"], &item["projectId"]), (&first["id"], &first["name"], &first["projectId"]));
    assert_eq!((&item["appId"], &item["deletedBy"]), (&first["appId"], &json!(site.admin.account.to_string())));
    assert!(item["deletedByName"].is_string() && item["thumbnailUrl"].is_null() && item.get("snapshot").is_none(), "{item}");
    assert_eq!((&item["deletedAt"], &item["expiresAt"]), (&json!("2030-01-01T00:00:00.000Z"), &json!("2030-01-31T00:00:00.000Z")));
    assert_ne!(all[0]["trashBatchId"], all[1]["trashBatchId"]);
    for (query, left) in [("entityType=website_post", 1), ("entityType=nothing", 0), ("search=FIRST", 1), ("sort=name:asc", 2)] {
        assert_eq!(site.items(&format!("{}?{query}", trash(&site))).len(), left, "{query}");
    }
    let one = site.get(&format!("{}/{}", trash(&site), id(&first)));
    assert_eq!((one.status, &one.body["snapshot"]), (200, &first));
    assert_eq!(site.get(&format!("{}/{}", trash(&site), site.here.app)).status, 404);
}

#[test]
fn what_comes_out_of_the_trash_is_as_it_was_unless_its_address_is_taken() {
    let site = Site::new();
    let made = deleted(&site, &site.pages(), "page");
    let (one, path) = (format!("{}/{}", trash(&site), id(&made)), format!("{}/{}", site.pages(), id(&made)));
    let holder = site.make(&site.pages(), &page("page"));
    let refused = site.ask("POST", &format!("{one}/restore"), None);
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (409, &json!("slug")), "{}", refused.body);
    assert!(refused.message().contains("\"page\""), "{}", refused.body);
    let batch = site.items(&trash(&site))[0]["trashBatchId"].as_str().unwrap().to_owned();
    let all = format!("{}/batches/{batch}/restore", trash(&site));
    assert_eq!(site.ask("POST", &all, None).status, 409);
    site.change(&format!("{}/{}", site.pages(), id(&holder)), &json!({ "slug": "elsewhere" }));
    let back = site.ask("POST", &all, None);
    let item = json!({ "trashId": made["id"], "entityType": "website_page", "entityId": made["id"], "appId": made["appId"] });
    assert_eq!(back.body, json!({ "success": true, "restoredCount": 1, "restored": [item] }));
    assert_eq!(site.get(&path).body, made);
    assert_eq!((site.ask("POST", &all, None).status, site.ask("POST", &format!("{one}/restore"), None).status), (404, 404));
    assert_eq!(site.ask("DELETE", &path, None).status, 200);
    let back = site.ask("POST", &format!("{one}/restore"), None);
    assert_eq!(back.body, json!({ "success": true, "entityType": "website_page", "entityId": made["id"], "appId": made["appId"] }));
    assert_eq!(site.get(&site.pages()).body["meta"]["total"], 2);
}

#[test]
fn what_went_with_one_delete_comes_back_together_or_not_at_all() {
    let site = Site::new();
    let [a, b] = ["a", "b"].map(|slug| deleted(&site, &site.pages(), slug));
    let batch = site.items(&trash(&site))[0]["trashBatchId"].as_str().unwrap().to_owned();
    site.alter("UPDATE entries SET trash_batch = ?1 WHERE deleted_at IS NOT NULL", [&batch]);
    let holder = site.make(&site.posts(), &page("b"));
    let all = format!("{}/batches/{batch}/restore", trash(&site));
    assert_eq!(site.ask("POST", &all, None).status, 409);
    assert_eq!(site.items(&trash(&site)).len(), 2);
    site.change(&format!("{}/{}", site.posts(), id(&holder)), &json!({ "slug": "c" }));
    let back = site.ask("POST", &all, None).body;
    let order: Vec<_> = back["restored"].as_array().unwrap().iter().map(|item| item["entityId"].as_str().unwrap()).collect();
    assert_eq!(order, [id(&a), id(&b)], "what was made first comes first");
}

#[test]
fn what_is_deleted_for_good_takes_its_rows_along() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("old"));
    let path = format!("{}/{}", site.pages(), id(&made));
    site.change(&path, &json!({ "slug": "new" }));
    assert_eq!(site.ask("DELETE", &path, None).status, 200);
    let one = format!("{}/{}", trash(&site), id(&made));
    let editor = site.server.token(&machine(&site.server, site.here.org, Role::Editor, Access::Full, None).secret);
    assert_eq!(site.server.ask("DELETE", &one, Some(&editor), None).status, 403);
    assert_eq!(site.ask("DELETE", &one, None).body, json!({ "success": true }));
    for sql in ["SELECT COUNT(*) FROM entries WHERE id = ?1", "SELECT COUNT(*) FROM versions WHERE entry_id = ?1"] {
        assert_eq!(site.count(sql, id(&made)), 0, "{sql}");
    }
    assert_eq!(site.count("SELECT COUNT(*) FROM redirects WHERE app_id = ?1", &site.here.app.to_string()), 0, "it led there");
    assert_eq!((site.get(&one).status, site.ask("DELETE", &one, None).status), (404, 404));
    let last = site.items("/me/activities?resourceType=website_page");
    assert_eq!(last[0]["action"], "entry.erased");
}

#[test]
fn a_redirect_stays_where_another_entry_has_the_address_by_now() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("old"));
    let path = format!("{}/{}", site.pages(), id(&made));
    site.change(&path, &json!({ "slug": "new" }));
    assert_eq!(site.ask("DELETE", &path, None).status, 200);
    site.make(&site.pages(), &page("new"));
    assert_eq!(site.ask("DELETE", &format!("{}/{}", trash(&site), id(&made)), None).status, 200);
    assert_eq!(site.count("SELECT COUNT(*) FROM redirects WHERE app_id = ?1", &site.here.app.to_string()), 1);
}

#[test]
fn the_trash_is_emptied_in_steps_and_nothing_else_goes() {
    let site = Site::new();
    for n in 0..103 {
        deleted(&site, &site.pages(), &format!("page-{n}"));
    }
    let alive = site.make(&site.pages(), &page("alive"));
    assert_eq!(site.ask("DELETE", &trash(&site), None).body, json!({ "deletedCount": 103 }));
    assert_eq!((site.items(&trash(&site)).len(), site.items(&site.pages()).len()), (0, 1));
    assert_eq!(site.get(&format!("{}/{}", site.pages(), id(&alive))).status, 200);
    assert_eq!(site.ask("DELETE", &trash(&site), None).body, json!({ "deletedCount": 0 }));
    let lines: Vec<_> = site.items("/me/activities?action=trash.emptied");
    assert_eq!((lines.len(), &lines[0]["metadata"]["count"]), (1, &json!(103)));
}

#[test]
fn what_is_in_the_trash_for_too_long_goes_by_itself() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let made = deleted(&site, &site.pages(), "page");
    let sweep = |kept| site.server.once(&jobs::sweep::job(&site.server.store, kept));
    let is_there = || site.count("SELECT COUNT(*) FROM entries WHERE id = ?1", id(&made)) == 1;
    clock.pass(DAY * 29);
    sweep(Retention::default());
    assert!(is_there(), "nothing goes before its time");
    clock.pass(DAY * 2);
    sweep(Retention { trash: None, ..Retention::default() });
    assert!(is_there(), "for ever");
    sweep(Retention::default());
    assert!(!is_there());
}

#[test]
fn whoever_is_in_one_app_sees_the_trash_of_that_one() {
    let site = Site::new();
    let made = deleted(&site, &site.pages(), "page");
    let guest = machine(&site.server, site.here.org, Role::Collaborator, Access::Full, None);
    let token = site.server.token(&guest.secret);
    let ask = |method: &str, path: &str| site.server.ask(method, path, Some(&token), None);
    let one = format!("{}/{}", trash(&site), id(&made));
    assert_eq!(ask("GET", &one).status, 404);
    site.make(
        &format!("{}/apps/{}/members", site.project(), site.here.app),
        &json!({ "userId": guest.account.to_string(), "role": "editor" }),
    );
    assert_eq!(ask("GET", &one).status, 200);
    assert_eq!(ask("POST", &format!("{one}/restore")).status, 200);
    assert_eq!(ask("GET", &format!("{}/{}", trash(&site), site.here.app)).status, 403);
}
