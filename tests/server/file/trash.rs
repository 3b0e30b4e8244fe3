//! The trash of files: what goes there, what comes back, and what goes for good.

use std::time::Duration;

use serde_json::{Value, json};
use stele::{jobs, service::retention::Retention};

use crate::support::{SetClock, Site};

const HOUR: Duration = Duration::from_secs(3_600);

fn trash(site: &Site, query: &str) -> Vec<(String, String)> {
    let of = |item: &Value| (item["type"].as_str().unwrap().to_owned(), item["name"].as_str().unwrap().to_owned());
    site.items(&format!("{}/trash?{query}", site.files())).iter().map(of).collect()
}

fn act(site: &Site, method: &str, item: &Value, what: &str, body: Value) -> crate::support::JsonAnswer {
    site.ask(method, &format!("{}/trash/{}{what}", site.files(), item["id"].as_str().unwrap()), Some(&body))
}

fn delete(site: &Site, path: &str, item: &Value) -> Value {
    let gone = site.ask("DELETE", &format!("{}/{path}{}", site.files(), item["id"].as_str().unwrap()), None);
    assert_eq!((gone.status, &gone.body["success"]), (200, &json!(true)));
    gone.body
}

/// Time passes, and whoever calls has a token of now.
fn pass(site: &mut Site, clock: &SetClock, span: Duration) {
    clock.pass(span);
    site.token = site.server.token(&site.admin.secret);
}

fn pair(kind: &str, name: &str) -> (String, String) {
    (kind.to_owned(), name.to_owned())
}

#[test]
fn a_file_goes_and_comes_back() {
    let site = Site::new();
    let file = site.save("a.txt", "a");
    delete(&site, "", &file);
    assert_eq!(site.get(&format!("{}/{}", site.files(), file["id"].as_str().unwrap())).status, 404);
    assert_eq!(site.items(&site.files()).len(), 0);
    assert_eq!(trash(&site, "type=file"), [pair("file", "a.txt")]);
    let item = site.items(&format!("{}/trash", site.files())).remove(0);
    assert_eq!((&item["mimeType"], &item["sizeBytes"], &item["parentId"]), (&json!("text/plain"), &json!(1), &Value::Null));
    let back = act(&site, "POST", &file, "/restore", json!({ "type": "file" }));
    assert_eq!((back.status, back.body), (200, json!({ "success": true, "restoredFiles": 1, "restoredFolders": 0 })));
    assert_eq!(site.get(&format!("{}/{}", site.files(), file["id"].as_str().unwrap())).body["updatedAt"], file["updatedAt"]);
    assert_eq!((act(&site, "POST", &file, "/restore", json!({ "type": "file" })).status, trash(&site, "")), (404, vec![]));
    assert_eq!(act(&site, "POST", &file, "/restore", json!({})).status, 400);
}

#[test]
fn a_folder_goes_with_all_that_is_in_it_and_comes_back_as_it_is_asked() {
    let clock = SetClock::new();
    let mut site = Site::with(&clock);
    let early = site.saved(&json!({ "filename": "early.txt", "content": "a", "folderPath": "A" }));
    let inner = site.saved(&json!({ "filename": "inner.txt", "content": "b", "folderPath": "A/B" }));
    let folder = json!({ "id": early["folderId"] });
    pass(&mut site, &clock, HOUR);
    delete(&site, "", &early);
    pass(&mut site, &clock, HOUR);
    let gone = delete(&site, "folders/", &folder);
    assert_eq!((&gone["deletedFiles"], &gone["deletedFolders"]), (&json!(1), &json!(2)));
    assert_eq!(
        trash(&site, "sort=name:asc"),
        [pair("folder", "A"), pair("folder", "B"), pair("file", "early.txt"), pair("file", "inner.txt")]
    );
    // Its folder is in the trash itself.
    act(&site, "POST", &inner, "/restore", json!({ "type": "file" }));
    assert_eq!(site.get(&format!("{}/{}", site.files(), inner["id"].as_str().unwrap())).body["folderId"], Value::Null);
    let back = act(&site, "POST", &folder, "/restore", json!({ "type": "folder", "restoreContents": true }));
    assert_eq!(back.body, json!({ "success": true, "restoredFiles": 0, "restoredFolders": 2 }));
    assert_eq!(trash(&site, ""), [pair("file", "early.txt")], "what went before stays");
    delete(&site, "folders/", &folder);
    site.make(&format!("{}/folders", site.files()), &json!({ "name": "A" }));
    let back = act(&site, "POST", &folder, "/restore", json!({ "type": "folder" }));
    assert_eq!(back.body["restoredFolders"], 1, "alone, unless it is said");
    let names: Vec<_> = site.items(&format!("{}/folders?sort=name:asc", site.files())).iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["A", "A (2)"]);
}

#[test]
fn what_is_deleted_for_good_is_gone_with_its_bytes_an_hour_later() {
    let clock = SetClock::new();
    let mut site = Site::with(&clock);
    let files = jobs::files::job(&site.server.store, None);
    let (one, same) = (site.save("a.txt", "the same"), site.save("b.txt", "the same"));
    assert_eq!(site.rows("blobs"), 2, "one of them is on its way out");
    site.server.once(&files);
    assert_eq!((site.rows("blobs"), site.rows("blob_chunks")), (1, 1), "the same bytes are kept once");
    let refused = act(&site, "DELETE", &one, "", json!({ "type": "file" }));
    assert_eq!(refused.status, 404, "it is not in the trash");
    for file in [&one, &same] {
        delete(&site, "", file);
        assert_eq!(act(&site, "DELETE", file, "", json!({ "type": "file" })).status, 200);
        pass(&mut site, &clock, HOUR / 2);
        site.server.once(&files);
        assert_eq!(site.rows("blobs"), 1, "somebody may read them still");
    }
    pass(&mut site, &clock, HOUR / 2);
    site.server.once(&files);
    assert_eq!((site.rows("blobs"), site.rows("blob_chunks"), site.rows("files"), site.rows("file_texts")), (0, 0, 0, 0));
    assert_eq!(site.get(&format!("{}/search?query=same", site.files())).body["meta"]["total"], 0);
}

#[test]
fn bytes_that_are_saved_again_meanwhile_stay() {
    let clock = SetClock::new();
    let mut site = Site::with(&clock);
    let files = jobs::files::job(&site.server.store, None);
    let one = site.save("a.txt", "again");
    delete(&site, "", &one);
    act(&site, "DELETE", &one, "", json!({ "type": "file" }));
    pass(&mut site, &clock, HOUR / 2);
    let other = site.save("b.txt", "again");
    pass(&mut site, &clock, HOUR);
    site.server.once(&files);
    assert_eq!(site.get(&format!("{}/{}/open", site.files(), other["id"].as_str().unwrap())).body["content"], "again");
}

#[test]
fn the_trash_is_emptied_step_by_step() {
    let site = Site::new();
    for n in 0..130 {
        let file = site.saved(&json!({ "filename": format!("{n}.txt"), "content": "a", "folderPath": "A/B" }));
        if n == 0 {
            delete(&site, "", &file);
            site.alter("UPDATE files SET deleted_at = deleted_at - ?1", [2 * 24 * 3_600 * 1_000_000_i64]);
        }
    }
    let folders = site.items(&format!("{}/folders?parentId_isnull=true", site.files()));
    delete(&site, "folders/", &folders[0]);
    let empty = |body: Value| site.ask("POST", &format!("{}/trash/empty", site.files()), Some(&body)).body;
    assert_eq!(empty(json!({ "olderThanDays": 36_501 }))["errors"][0]["code"], "out_of_range");
    assert_eq!(empty(json!({ "olderThanDays": 1 })), json!({ "success": true, "deletedFiles": 1, "deletedFolders": 0 }));
    assert_eq!(empty(json!({})), json!({ "success": true, "deletedFiles": 129, "deletedFolders": 2 }));
    assert_eq!((trash(&site, ""), site.rows("files"), site.rows("folders")), (vec![], 0, 0));
    let file = site.saved(&json!({ "filename": "last.txt", "content": "a", "folderPath": "C/D" }));
    let top = site.items(&format!("{}/folders?parentId_isnull=true", site.files())).remove(0);
    delete(&site, "folders/", &top);
    assert_eq!(act(&site, "DELETE", &top, "", json!({ "type": "folder" })).status, 200);
    assert_eq!((trash(&site, ""), site.rows("folders")), (vec![], 0), "{file}");
}

#[test]
fn the_sweep_empties_what_lies_there_too_long() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    site.saved(&json!({ "filename": "a.txt", "content": "a", "folderPath": "A" }));
    let folder = site.items(&format!("{}/folders", site.files())).remove(0);
    delete(&site, "folders/", &folder);
    let kept = Retention { trash: Some(HOUR * 24), ..Retention::default() };
    let sweep = jobs::sweep::job(&site.server.store, kept);
    clock.pass(HOUR * 23);
    site.server.once(&sweep);
    assert_eq!(site.rows("files"), 1);
    clock.pass(HOUR * 2);
    site.server.once(&sweep);
    assert_eq!((site.rows("files"), site.rows("folders")), (0, 0));
}
