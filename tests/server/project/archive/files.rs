//! Files, brandings and domains of a project that is exported and imported.

use serde_json::{Value, json};

use crate::{
    file::{Form, PIXEL, noise},
    support::Site,
};

use super::{elsewhere, exported, exported_with, imported, line, lines, round::told};

fn link(of: &Value) -> String {
    format!("file:{}", of["id"].as_str().expect("an id"))
}

/// A project with files in folders, a post that uses one, a branding that an app wears, and domains.
fn full() -> (Site, Vec<u8>) {
    let site = Site::new();
    let bytes = noise(700_000);
    let sent =
        site.upload(&Form::default().field("folderPath", "Outer/Inner").file("film.bin", "x/y", &bytes).file("same.bin", "x/y", &bytes));
    let empty = site.save("empty.txt", "");
    let outer = &site.items(&format!("{}/folders?parentId_isnull=true", site.files()))[0];
    // The folder that something lies in is younger than what lies in it.
    let late = site.make(&format!("{}/folders", site.files()), &json!({ "name": "Late" }));
    site.change(&format!("{}/folders/{}", site.files(), outer["id"].as_str().unwrap()), &json!({ "parentId": late["id"] }));
    let says = json!({ "altText": { "en": "A dot", "fr": "Un point" }, "focalPoint": { "x": 0.25, "y": 0.75 }, "description": "Small" });
    let dot = site.saved(&json!({ "filename": "dot.png", "base64Content": PIXEL, "isPublic": true }));
    let dot = site.change(&format!("{}/{}", site.files(), dot["id"].as_str().unwrap()), &says);
    let gone = site.save("gone.txt", "gone");
    site.ask("DELETE", &format!("{}/{}", site.files(), gone["id"].as_str().unwrap()), None);
    let image = json!({ "type": "image", "data": { "file": link(&dot), "alt": "A dot" } });
    let text = json!({ "type": "text", "data": { "markdown": { "en": format!("[film]({})", link(&sent[0])) } } });
    let post = json!({
        "name": "One", "slug": "one", "featuredImageUrl": link(&dot), "seo": { "image": link(&dot) },
        "content": [{ "columns": [{ "blocks": [image, text] }] }],
    });
    site.make(&site.posts(), &post);
    let look = json!({ "name": "House", "logoUrl": link(&dot), "colorPrimary": "#004400", "faviconUrl": link(&empty) });
    let branding = site.make(&format!("{}/brandings", site.project()), &look);
    site.change(&format!("{}/apps/{}", site.project(), site.here.app), &json!({ "brandingId": branding["id"] }));
    for (name, app) in [("shop.example.org", Value::Null), ("journal.example.org", json!(site.here.app.to_string()))] {
        let made = site.make(&format!("{}/domains", site.project()), &json!({ "hostname": name, "appId": app }));
        site.change(&format!("{}/domains/{}", site.project(), made["id"].as_str().unwrap()), &json!({ "isPrimary": true }));
    }
    (site, bytes)
}

#[test]
fn files_brandings_and_domains_come_along() {
    let (site, bytes) = full();
    let there = elsewhere(&site);
    let first = exported(&site.server, (site.here.org, site.here.project));
    let (project, report) = imported(&site.server, there.org, &first).expect("it is good");
    assert_eq!((report.files, report.brandings, report.domains, report.notices.as_slice()), (4, 1, 2, [].as_slice()));
    let second = exported(&site.server, (there.org, project.id));
    assert_eq!(told(&second).replacen("\"slug\":\"site-2\"", "\"slug\":\"site\"", 1), told(&first));
    let (files, entry) = (lines(&second, "file"), &lines(&second, "entry")[0]);
    let dot = files.iter().find(|file| file["filename"] == "dot.png").unwrap();
    for (at, old) in
        [(&entry["featuredImageUrl"], &first), (&entry["seo"]["image"], &first), (&lines(&second, "branding")[0]["logoUrl"], &first)]
    {
        assert_eq!(at, &json!(link(dot)));
        assert!(!old.contains(at.as_str().unwrap()), "it has a new id");
    }
    assert_eq!(lines(&second, "app").iter().filter(|app| app["brandingId"] == lines(&second, "branding")[0]["id"]).count(), 1);
    let shown = site.fetch(&format!("http://stele.test/files/{}/dot.png", dot["id"].as_str().unwrap()), &[]);
    assert_eq!((shown.status().as_u16(), &shown.headers()["content-type"]), (200, &"image/png".parse().unwrap()));
    let owner = site.server.token(
        &crate::support::machine(&site.server, there.org, stele::domain::access::Role::Admin, stele::domain::access::Access::Full, None)
            .secret,
    );
    let film = files.iter().find(|file| file["filename"] == "film.bin").unwrap();
    let film = site.fetch(
        &format!("http://stele.test/files/{}/film.bin", film["id"].as_str().unwrap()),
        &[("authorization", &format!("Bearer {owner}"))],
    );
    assert!(film.bytes().unwrap() == bytes, "other bytes came");
    let path = format!("/organizations/{}/projects/{}", there.org, project.id);
    let get = |what: &str| site.server.ask("GET", &format!("{path}/{what}"), Some(&owner), None).body["data"].clone();
    assert!(get("domains").as_array().unwrap().iter().all(|domain| domain["isVerified"] == false && domain["isPrimary"] == true));
    assert_eq!(get("files?folderId_isnull=true").as_array().unwrap().len(), 2);
    let told = get("files?filename=dot.png")[0].clone();
    assert_eq!((&told["width"], &told["altText"]["fr"], &told["focalPoint"]["y"]), (&json!(1), &json!("Un point"), &json!(0.75)));
    // Smaller pictures come when they come.
    let kept = site.rows("blobs WHERE hash IS NOT NULL AND id NOT IN (SELECT blob_id FROM file_variants)");
    assert_eq!(kept, 7, "the same bytes once in each project, and what was thrown away");
}

#[test]
fn an_archive_may_leave_files_out() {
    let (site, _) = full();
    let without = exported_with(&site.server, (site.here.org, site.here.project), None);
    assert!(["file", "folder", "bytes"].iter().all(|name| lines(&without, name).is_empty()));
    let (_, report) = imported(&site.server, elsewhere(&site).org, &without).expect("it is good");
    assert_eq!((report.files, report.brandings), (0, 1));
    assert!(report.notices.iter().all(|one| one.code == "unknown_reference") && report.noticed == 3, "{:?}", report.notices);
}

#[test]
fn bytes_that_are_not_those_of_their_file_are_refused() {
    let (site, _) = full();
    let there = elsewhere(&site).org;
    let good = exported(&site.server, (site.here.org, site.here.project));
    let all: Vec<_> = good.lines().collect();
    let first = all.iter().position(|line| line.starts_with("{\"bytes\"")).unwrap();
    let code = |lines: Vec<String>| match imported(&site.server, there, &lines.iter().map(|line| format!("{line}\n")).collect::<String>()) {
        Err(stele::domain::Error::Invalid(faults)) => faults.0[0].code,
        other => panic!("{other:?}"),
    };
    let owned = || all.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let changed = |at: usize, with: &dyn Fn(&str) -> String| {
        let mut lines = owned();
        lines[at] = with(&lines[at]);
        lines
    };
    let mut missing = owned();
    missing.remove(first);
    assert_eq!(code(missing), "incomplete");
    let mut twice = owned();
    twice.insert(first, twice[first].clone());
    assert_eq!(code(twice), "wrong_size");
    let other = |text: &str| {
        if text.contains("\"base64\":\"A") {
            text.replacen("\"base64\":\"A", "\"base64\":\"B", 1)
        } else {
            text.replacen(&text[text.find("\"base64\":\"").unwrap()..][..11], "\"base64\":\"A", 1)
        }
    };
    assert_eq!(code(changed(first, &other)), "wrong_bytes");
    assert_eq!(code(changed(first, &|text| text.replacen("\"base64\":\"", "\"base64\":\"!", 1))), "malformed");
    let file = first - 1;
    assert_eq!(code(changed(file, &|text| text.replacen("\"folderId\":\"0", "\"folderId\":\"1", 1))), "unknown_reference");
    assert_eq!(code(changed(file, &|text| text.replacen("\"hash\":\"", "\"hash\":\"x", 1))), "malformed");
    let stray = line("bytes", json!({ "fileId": site.here.app.to_string(), "base64": "" }));
    assert_eq!(code(changed(first, &|text| format!("{stray}{text}"))), "unexpected");
    assert_eq!(site.rows("projects WHERE deleted_at IS NULL"), 4, "nothing is half imported");
}
