//! Versions of files: what was in one before is kept, comes back, becomes less, and goes.

use std::time::Duration;

use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Role},
        time::DAY,
    },
    jobs,
    service::{file::blob::bytes::Bounds, retention::Retention},
};

use super::{Form, PIXEL};
use crate::support::{SetClock, Site, Visitor, machine};

fn one(site: &Site, file: &Value) -> String {
    format!("{}/{}", site.files(), file["id"].as_str().unwrap())
}

fn put(site: &Site, file: &Value, text: &str) -> Value {
    let changed = site.ask("PUT", &format!("{}/content", one(site, file)), Some(&json!({ "content": text })));
    assert_eq!(changed.status, 200, "{}", changed.body);
    changed.body
}

fn versions(site: &Site, file: &Value) -> Vec<Value> {
    site.items(&format!("{}/versions", one(site, file)))
}

fn restore(site: &Site, file: &Value, version: &Value) -> crate::support::JsonAnswer {
    site.ask("POST", &format!("{}/versions/{}/restore", one(site, file), version["id"].as_str().unwrap()), None)
}

#[test]
fn what_was_in_a_file_is_kept_and_comes_back() {
    let site = Site::with(&SetClock::new());
    let file = site.save("a.md", "swans");
    assert_eq!(versions(&site, &file), Vec::<Value>::new());
    put(&site, &file, "swans");
    assert_eq!(versions(&site, &file).len(), 0, "the same bytes are no change");
    put(&site, &file, "geese");
    put(&site, &file, "ducks");
    let kept = versions(&site, &file);
    let told: Vec<_> = kept.iter().map(|one| (one["version"].as_i64().unwrap(), one["sizeBytes"].as_u64().unwrap())).collect();
    assert_eq!(told, [(2, 5), (1, 5)], "the newest first");
    assert_eq!((&kept[1]["hash"], &kept[1]["mimeType"]), (&file["hash"], &file["mimeType"]));
    assert_eq!(kept[1]["createdAt"], file["uploadedAt"]);
    let first = format!("{}/versions/{}", one(&site, &file), kept[1]["id"].as_str().unwrap());
    assert_eq!(site.get(&first).body, kept[1]);
    let back = restore(&site, &file, &kept[1]);
    assert_eq!((back.status, &back.body["hash"], &back.body["id"]), (200, &file["hash"], &file["id"]));
    assert_eq!(site.get(&format!("{}/open", one(&site, &file))).body["content"], "swans");
    let found = |word: &str| site.items(&format!("{}/search?query={word}", site.files())).len();
    assert_eq!((found("swans"), found("ducks")), (1, 0), "it is found by what is in it");
    assert_eq!(versions(&site, &file).len(), 3, "and what was in it meanwhile is kept");
    restore(&site, &file, &kept[1]);
    assert_eq!(versions(&site, &file).len(), 3, "what is there already is not brought back");
    let other = site.save("b.md", "other");
    assert_eq!(restore(&site, &other, &kept[1]).status, 404, "of another file");
}

#[test]
fn a_picture_comes_back_with_its_size() {
    let site = Site::new();
    let file = site.saved(&json!({ "filename": "dot.png", "base64Content": PIXEL }));
    let other = Form::default().file("b.txt", "text/plain", b"no picture");
    let changed = site.form(&format!("{}/content", one(&site, &file)), &other);
    assert_eq!((&changed.body["mimeType"], changed.body.get("width")), (&json!("text/plain"), None));
    let kept = versions(&site, &file).remove(0);
    assert_eq!((&kept["width"], &kept["mimeType"]), (&json!(1), &json!("image/png")));
    let back = restore(&site, &file, &kept).body;
    assert_eq!((&back["width"], &back["mimeType"], &back["compressionStatus"]), (&json!(1), &json!("image/png"), &json!("pending")));
}

#[test]
fn nobody_else_sees_what_was_in_a_public_file() {
    let site = Site::new();
    let file = site.saved(&json!({ "filename": "a.txt", "content": "secret", "isPublic": true }));
    put(&site, &file, "open");
    let kept = versions(&site, &file).remove(0);
    let url = kept["url"].as_str().unwrap();
    let bearer = |token: &str| format!("Bearer {token}");
    assert_eq!(site.fetch(file["url"].as_str().unwrap(), &[]).text().unwrap(), "open");
    assert_eq!(site.fetch(url, &[]).status().as_u16(), 404);
    let shown = site.fetch(url, &[("authorization", &bearer(&site.token))]);
    let header = |name: &str| shown.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    assert_eq!((header("cache-control").as_str(), header("access-control-allow-origin").as_str()), ("private, no-cache", ""));
    assert_eq!(shown.text().unwrap(), "secret");
    let link = site.ask("POST", &format!("{}/link", one(&site, &file)), Some(&json!({}))).body["url"].as_str().unwrap().to_owned();
    let sealed = link.split('?').nth(1).unwrap();
    assert_eq!(site.fetch(&format!("{url}&{sealed}"), &[]).status().as_u16(), 404, "a link to the file is none to what was in it");
    let unknown = format!("{}?version={}", file["url"].as_str().unwrap(), file["id"].as_str().unwrap());
    assert_eq!(site.fetch(&unknown, &[("authorization", &bearer(&site.token))]).status().as_u16(), 404);
}

#[test]
fn versions_become_fewer_as_those_of_entries_do() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let sweep = jobs::sweep::job(&site.server.store, Retention::default());
    let files = jobs::files::job(&site.server.store, None);
    let file = site.save("a.md", "0");
    for n in 1..6 {
        put(&site, &file, &n.to_string());
    }
    let numbers = || {
        let all =
            site.raw().query_row("SELECT GROUP_CONCAT(version) FROM (SELECT version FROM file_versions ORDER BY version)", [], |row| {
                row.get::<_, String>(0)
            });
        all.unwrap_or_default()
    };
    clock.pass(DAY * 2);
    site.server.once(&sweep);
    assert_eq!(numbers(), "1,2,3,4,5", "all stay for a week");
    clock.pass(DAY * 8);
    site.server.once(&sweep);
    assert_eq!(numbers(), "1", "what is in it now stands for its day, and what it began with stays");
    clock.pass(Duration::from_secs(3_601));
    site.server.once(&files);
    assert_eq!(site.rows("blobs"), 2);
    let again: Option<i64> = site.raw().query_row("SELECT versions_due FROM files", [], |row| row.get(0)).unwrap();
    assert_eq!(again, None, "nothing is left to do");
}

#[test]
fn versions_count_in_the_quota_and_go_with_their_file() {
    let clock = SetClock::new();
    let bounds = Bounds { file: 3_000, project: Some(5_000) };
    let mut site = Site::clocked_as(&clock, Config { files: bounds, ..Config::default() });
    let files = jobs::files::job(&site.server.store, None);
    let gone = |site: &mut Site| {
        clock.pass(Duration::from_secs(3_601));
        site.server.once(&files);
        site.server.once(&files);
        site.token = site.server.token(&site.admin.secret);
    };
    let file = site.save("a.txt", &"a".repeat(3_000));
    put(&site, &file, &"b".repeat(2_000));
    let more = |site: &Site| site.ask("PUT", &format!("{}/content", one(site, &file)), Some(&json!({ "content": "c".repeat(1_000) })));
    assert_eq!(more(&site).reason(), "quota_reached");
    gone(&mut site);
    assert_eq!(site.rows("blobs"), 2, "what is kept is not collected");
    let kept = versions(&site, &file).remove(0);
    let path = format!("{}/versions/{}", one(&site, &file), kept["id"].as_str().unwrap());
    let editor = machine(&site.server, site.here.org, Role::Editor, Access::Write, Some(vec![site.here.project]));
    let refused = site.server.ask_with("DELETE", &path, Some(&site.server.token(&editor.secret)), None, &[]);
    assert_eq!(refused.status, 403);
    assert_eq!(site.ask("DELETE", &path, None).status, 200);
    gone(&mut site);
    assert_eq!((more(&site).status, site.rows("blobs")), (200, 2));
    site.ask("DELETE", &one(&site, &file), None);
    gone(&mut site);
    assert_eq!(site.rows("blobs"), 2, "in the trash they stay");
    site.ask("POST", &format!("{}/trash/empty", site.files()), Some(&json!({})));
    gone(&mut site);
    assert_eq!((site.rows("file_versions"), site.rows("blobs")), (0, 0));
}

#[test]
fn earlier_content_is_seen_and_brought_back_in_the_console() {
    let site = Site::new();
    let file = site.save("a.md", "swans");
    let page = format!("/o/acme/p/site/files/{}", file["id"].as_str().unwrap());
    let (editor, admin) =
        (Visitor::new(&site.server, &site.here, "Ed", Role::Editor), Visitor::new(&site.server, &site.here, "Ada", Role::Admin));
    assert!(editor.get(&format!("{page}/versions")).is(200).text.contains("Nothing was in it before"));
    assert!(!editor.get(&page).is(200).text.contains("/versions"));
    put(&site, &file, "geese");
    assert!(editor.get(&page).is(200).text.contains("One earlier content"));
    let listed = editor.get(&format!("{page}/versions")).is(200).text;
    let download = listed.split("href=\"").find(|rest| rest.split('"').next().unwrap().contains("?version=")).unwrap();
    let download = download.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    assert_eq!(site.fetch(&format!("http://stele.test{download}"), &[]).text().unwrap(), "swans");
    let one = format!("{page}/versions/{}", versions(&site, &file)[0]["id"].as_str().unwrap());
    editor.post(&format!("{one}/erase"), &[]).is(403);
    assert_eq!(editor.post(&format!("{one}/restore"), &[]).is(303).to, page);
    assert_eq!(site.get(&format!("{}/open", self::one(&site, &file))).body["content"], "swans");
    admin.post(&format!("{one}/erase"), &[]).is(303);
    assert_eq!(versions(&site, &file).len(), 1);
}
