//! Folders: made, moved, named, and what lies in them.

use serde_json::{Value, json};

use crate::support::Site;

fn folder(site: &Site, name: &str, parent: Option<&Value>) -> Value {
    let body = json!({ "name": name, "parentId": parent.map(|parent| parent["id"].clone()) });
    site.make(&format!("{}/folders", site.files()), &body)
}

fn one(site: &Site, folder: &Value) -> String {
    format!("{}/folders/{}", site.files(), folder["id"].as_str().unwrap())
}

#[test]
fn a_folder_tells_where_it_lies_and_what_lies_in_it() {
    let site = Site::new();
    let outer = folder(&site, "Été 2026", None);
    let inner = folder(&site, "Beach", Some(&outer));
    site.saved(&json!({ "filename": "a.txt", "content": "a", "folderId": inner["id"] }));
    let told = site.get(&one(&site, &inner)).body;
    assert_eq!(
        (&told["path"], &told["slug"], &told["fileCount"], &told["childCount"]),
        (&json!("/Été 2026/Beach"), &json!("beach"), &json!(1), &json!(0))
    );
    assert_eq!(site.get(&one(&site, &outer)).body["childCount"], 1);
    let names = |query: &str| -> Vec<Value> {
        site.items(&format!("{}/folders?{query}", site.files())).iter().map(|one| one["name"].clone()).collect()
    };
    assert_eq!(names(""), ["Beach", "Été 2026"]);
    assert_eq!(names("parentId_isnull=true"), ["Été 2026"]);
    assert_eq!(names(&format!("parentId={}", outer["id"].as_str().unwrap())), ["Beach"]);
    assert_eq!(names("search=ete"), ["Été 2026"]);
    assert_eq!(names("name=Beach"), ["Beach"]);
}

#[test]
fn of_a_folder_of_another_project_nothing_is_told_not_even_how_much_is_in_it() {
    let site = Site::new();
    let made = site.make(&format!("/organizations/{}/projects", site.here.org), &json!({ "name": "Atlas" }));
    let elsewhere = site.files().replace(&site.here.project.to_string(), made["id"].as_str().unwrap());
    let there = site.make(&format!("{elsewhere}/folders"), &json!({ "name": "There" }));
    let file = json!({ "filename": "a.txt", "content": "a", "folderId": there["id"] });
    assert_eq!(site.ask("POST", &format!("{elsewhere}/save"), Some(&file)).status, 200);
    let total =
        |files: &str, folder: &Value| site.get(&format!("{files}?folderId={}", folder.as_str().unwrap())).body["meta"]["total"].clone();
    assert_eq!(total(&elsewhere, &there["id"]), 1);
    assert_eq!(total(&site.files(), &there["id"]), 0);
    assert_eq!(total(&site.files(), &made["id"]), 0, "a project is no folder");
    assert_eq!(total(&elsewhere, &made["id"]), 0);
}

#[test]
fn a_folder_moves_with_all_that_is_in_it_and_never_into_itself() {
    let site = Site::new();
    let (a, b) = (folder(&site, "A", None), folder(&site, "B", None));
    let deep = folder(&site, "Deep", Some(&a));
    let moved = site.change(&one(&site, &a), &json!({ "parentId": b["id"], "name": "C" }));
    assert_eq!((&moved["path"], &moved["childCount"]), (&json!("/B/C"), &json!(1)));
    assert_eq!(site.get(&one(&site, &deep)).body["path"], "/B/C/Deep");
    for (at, parent, code) in
        [(&a, &a, "circle"), (&b, &deep, "circle"), (&a, &json!({ "id": site.here.app.to_string() }), "unknown_reference")]
    {
        let refused = site.ask("PATCH", &one(&site, at), Some(&json!({ "parentId": parent["id"] })));
        assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &json!(code)));
    }
    let taken = site.ask("POST", &format!("{}/folders", site.files()), Some(&json!({ "name": "deep", "parentId": a["id"] })));
    assert_eq!((taken.status, taken.reason()), (409, "taken"));
    for name in ["", "a/b", &"a".repeat(101)] {
        assert_eq!(site.ask("PATCH", &one(&site, &a), Some(&json!({ "name": name }))).status, 400, "{name}");
    }
    assert_eq!(site.change(&one(&site, &a), &json!({ "parentId": null }))["path"], "/C");
}

#[test]
fn folders_lie_at_most_twenty_deep() {
    let site = Site::new();
    let saved = site.saved(&json!({ "filename": "a.txt", "content": "a", "folderPath": "x/".repeat(20) }));
    let body = json!({ "name": "y", "parentId": saved["folderId"] });
    let refused = site.ask("POST", &format!("{}/folders", site.files()), Some(&body));
    assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &json!("too_deep")));
    let top = &site.items(&format!("{}/folders?parentId_isnull=true", site.files()))[0];
    let (high, low) = (folder(&site, "High", None), folder(&site, "Low", None));
    folder(&site, "Under", Some(&high));
    let ninth = site.saved(&json!({ "filename": "c.txt", "content": "c", "folderPath": "x/".repeat(18) }));
    let under = |one_of: &Value, parent: &Value| site.ask("PATCH", &one(&site, one_of), Some(&json!({ "parentId": parent })));
    assert_eq!(under(&high, &ninth["folderId"]).status, 200, "there is room for two");
    for (moved, to) in [(top, &low["id"]), (&low, &saved["folderId"])] {
        let refused = under(moved, to);
        assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &json!("too_deep")), "with all that is in it");
    }
    let again = site.saved(&json!({ "filename": "b.txt", "content": "b", "folderPath": "/x".repeat(20) }));
    assert_eq!(again["folderId"], saved["folderId"], "those that are there are not made again");
}

#[test]
fn a_folder_that_would_come_back_too_deep_is_at_the_root() {
    let site = Site::new();
    let (outer, deep) =
        (folder(&site, "Outer", None), site.saved(&json!({ "filename": "a.txt", "content": "a", "folderPath": "x/".repeat(18) })));
    let inner = folder(&site, "Inner", Some(&outer));
    folder(&site, "Under", Some(&inner));
    site.ask("DELETE", &one(&site, &inner), None);
    site.change(&one(&site, &outer), &json!({ "parentId": deep["folderId"] }));
    let path = format!("{}/trash/{}/restore", site.files(), inner["id"].as_str().unwrap());
    let back = site.ask("POST", &path, Some(&json!({ "type": "folder", "restoreContents": true })));
    assert_eq!((back.status, &back.body["restoredFolders"]), (200, &json!(2)));
    let told = site.get(&one(&site, &inner)).body;
    assert_eq!((&told["path"], &told["childCount"]), (&json!("/Inner"), &json!(1)));
}

#[test]
fn files_move_between_folders_and_are_counted_there() {
    let site = Site::new();
    let (a, b) = (folder(&site, "A", None), folder(&site, "B", None));
    let file = site.saved(&json!({ "filename": "a.txt", "content": "a", "folderId": a["id"] }));
    let count = |folder: &Value| site.get(&one(&site, folder)).body["fileCount"].clone();
    assert_eq!((count(&a), count(&b)), (json!(1), json!(0)));
    let path = format!("{}/{}", site.files(), file["id"].as_str().unwrap());
    site.change(&path, &json!({ "folderId": b["id"] }));
    assert_eq!((count(&a), count(&b)), (json!(0), json!(1)));
    site.change(&path, &json!({ "folderId": null }));
    let total = |query: &str| site.get(&format!("{}?{query}", site.files())).body["meta"]["total"].clone();
    assert_eq!((count(&b), total("folderId_isnull=true"), total("")), (json!(0), json!(1), json!(1)));
}
