//! Files in JSON: saved, shown, changed, opened, replaced, and where they are used.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use stele::{config::Config, service::file::blob::bytes::Bounds};

use super::PIXEL;
use crate::support::{Site, page};

fn codes(answer: &crate::support::JsonAnswer) -> Vec<(String, String)> {
    let of = |fault: &Value| (fault["field"].as_str().unwrap().to_owned(), fault["code"].as_str().unwrap().to_owned());
    answer.body["errors"].as_array().unwrap_or_else(|| panic!("{}", answer.body)).iter().map(of).collect()
}

#[test]
fn a_text_and_a_picture_are_saved_and_shown() {
    let site = Site::new();
    let text = site.save("Notes d'été.md", "# Hello");
    assert_eq!(text["filename"], "Notes-d'été.md");
    assert_eq!(text["originalFilename"], "Notes d'été.md");
    assert_eq!((&text["mimeType"], &text["sizeBytes"]), (&json!("text/markdown"), &json!(7)));
    assert_eq!((&text["isPublic"], &text["grounding"], &text["folderId"]), (&json!(false), &json!("fact"), &Value::Null));
    assert_eq!(text["hash"], blake3::hash(b"# Hello").to_hex().as_str());
    let url = format!("http://stele.test/files/{}/Notes-d%27%C3%A9t%C3%A9.md", text["id"].as_str().unwrap());
    assert_eq!(text["url"], url);
    let picture = site.saved(&json!({ "filename": "a.txt", "base64Content": PIXEL, "grounding": "context", "title": "A dot" }));
    assert_eq!((&picture["mimeType"], &picture["isPublic"]), (&json!("image/png"), &json!(true)), "whatever it is called");
    assert_eq!((&picture["width"], &picture["height"], &picture["title"]), (&json!(1), &json!(1), &json!("A dot")));
    // A picture goes on by itself: what is smaller of it is made.
    let one = format!("{}/{}", site.files(), text["id"].as_str().unwrap());
    assert_eq!(site.get(&one).body, text);
    let names: Vec<_> = site.items(&site.files()).iter().map(|file| file["filename"].clone()).collect();
    assert_eq!(names, ["a.txt", "Notes-d'été.md"], "the newest first");
}

#[test]
fn a_list_is_filtered_as_the_contract_says() {
    let site = Site::new();
    let folder = site.make(&format!("{}/folders", site.files()), &json!({ "name": "In" }));
    site.save("root.txt", "a");
    site.saved(&json!({ "filename": "in.png", "base64Content": PIXEL, "folderId": folder["id"], "isPublic": true }));
    site.saved(&json!({ "filename": "deep.csv", "content": "b", "folderPath": "In/Deep/er", "description": "Ledger of Zoë" }));
    let names = |query: &str| -> Vec<String> {
        let list = site.get(&format!("{}?{query}", site.files()));
        assert_eq!(list.status, 200, "{}", list.body);
        let names: Vec<_> =
            list.body["data"].as_array().unwrap().iter().map(|file| file["filename"].as_str().unwrap().to_owned()).collect();
        assert_eq!(list.body["meta"]["total"], names.len(), "{query}");
        names
    };
    let of_folder = format!("folderId={}", folder["id"].as_str().unwrap());
    for (query, found) in [
        ("", vec!["deep.csv", "in.png", "root.txt"]),
        ("folderId_isnull=true", vec!["root.txt"]),
        (&of_folder, vec!["in.png"]),
        ("mimeType_like=image/", vec!["in.png"]),
        ("mimeType=text/csv", vec!["deep.csv"]),
        ("isPublic=true", vec!["in.png"]),
        ("grounding=context", vec![]),
        ("search=ledger%20zoe", vec!["deep.csv"]),
        ("sort=filename:asc", vec!["deep.csv", "in.png", "root.txt"]),
        ("sort=sizeBytes:desc&pageSize=1", vec!["in.png"]),
    ] {
        let listed = if query.contains("pageSize") { names(&format!("{query}&isPublic=true")) } else { names(query) };
        assert_eq!(listed, found, "{query}");
    }
    let wrong = site.get(&format!("{}?colour=red", site.files()));
    assert_eq!((wrong.status, codes(&wrong)), (400, vec![("colour".into(), "unknown_field".into())]));
}

#[test]
fn what_is_wrong_is_told_by_field() {
    let site = Site::new();
    let save = |body: Value| site.ask("POST", &format!("{}/save", site.files()), Some(&body));
    for (body, field, code) in [
        (json!({ "content": "a" }), "filename", "required"),
        (json!({ "filename": "", "content": "a" }), "filename", "required"),
        (json!({ "filename": "a".repeat(300), "content": "a" }), "filename", "too_long"),
        (json!({ "filename": "a\u{0}b", "content": "a" }), "filename", "control_character"),
        (json!({ "filename": "a\u{202e}b", "content": "a" }), "filename", "control_character"),
        (json!({ "filename": "a" }), "content", "required"),
        (json!({ "filename": "a", "content": "a", "base64Content": "YQ==" }), "base64Content", "contradiction"),
        (json!({ "filename": "a", "base64Content": "?" }), "base64Content", "malformed"),
        (json!({ "filename": "a", "content": "a", "mimeType": "text" }), "mimeType", "malformed"),
        (json!({ "filename": "a", "content": "a", "folderId": site.here.app.to_string() }), "folderId", "unknown_reference"),
        (json!({ "filename": "a", "content": "a", "folderPath": "a/".repeat(30) }), "folderPath", "too_deep"),
        (json!({ "filename": "a", "content": "a", "grounding": "context", "isPublic": false }), "isPublic", "contradiction"),
        (json!({ "filename": "a", "content": "a", "grounding": "maybe" }), "grounding", "wrong_type"),
        (json!({ "filename": "a", "content": "a", "colour": "red" }), "colour", "unknown_field"),
        (json!({ "filename": "a", "content": 7 }), "content", "wrong_type"),
    ] {
        let refused = save(body.clone());
        assert_eq!((refused.status, codes(&refused)), (400, vec![(field.into(), code.into())]), "{body}");
    }
    assert_eq!((site.rows("files"), site.rows("blobs WHERE hash IS NOT NULL")), (0, 0), "nothing is kept of what was refused");
}

#[test]
fn what_is_said_of_a_file_is_changed_in_each_language() {
    let site = Site::new();
    let file = site.saved(&json!({ "filename": "a.png", "base64Content": PIXEL }));
    let one = format!("{}/{}", site.files(), file["id"].as_str().unwrap());
    let changed =
        site.change(&one, &json!({ "altText": "A dot", "focalPoint": { "x": 0.25, "y": 1 }, "filename": "dot.png", "isPublic": true }));
    assert_eq!((&changed["altText"], &changed["focalPoint"]), (&json!("A dot"), &json!({ "x": 0.25, "y": 1.0 })));
    assert_eq!((&changed["filename"], &changed["isPublic"], &changed["hash"]), (&json!("dot.png"), &json!(true), &file["hash"]));
    let changed = site.change(&one, &json!({ "altText": { "fr": "Un point" }, "caption": { "en": "Dot", "fr": "Point" } }));
    assert_eq!(changed["altText"], json!({ "en": "A dot", "fr": "Un point" }), "one language keeps the others");
    let changed = site.change(&one, &json!({ "altText": null, "focalPoint": null, "description": "Small" }));
    assert_eq!((changed.get("altText"), changed.get("focalPoint"), &changed["description"]), (None, None, &json!("Small")));
    site.draw();
    let drawn = site.get(&one).body;
    for (body, field) in [
        (json!({ "altText": { "de": "Punkt" } }), "altText.de"),
        (json!({ "caption": 7 }), "caption"),
        (json!({ "focalPoint": { "x": 2, "y": 0 } }), "focalPoint.x"),
        (json!({ "folderId": site.here.app.to_string() }), "folderId"),
        (json!({ "filename": "" }), "filename"),
        (json!({ "mimeType": "text/html" }), "mimeType"),
    ] {
        let refused = site.ask("PATCH", &one, Some(&body));
        assert_eq!((refused.status, codes(&refused)[0].0.as_str()), (400, field), "{body}");
    }
    assert_eq!(site.get(&one).body, drawn, "a change that is refused changes nothing");
    let lines = |action: &str| site.count("SELECT COUNT(*) FROM activities WHERE action = ?1", action);
    assert_eq!((lines("file.created"), lines("file.updated")), (1, 3));
}

#[test]
fn a_file_is_opened_as_text_or_in_base64() {
    let site = Site::new();
    let open = |file: &Value| site.get(&format!("{}/{}/open", site.files(), file["id"].as_str().unwrap()));
    let text = site.save("a.md", "# Zoë");
    assert_eq!(open(&text).body["content"], "# Zoë");
    let long = "x".repeat(600_000);
    assert_eq!(open(&site.save("long.txt", &long)).body["content"], long, "it has several pieces");
    let picture = site.saved(&json!({ "filename": "a.png", "base64Content": PIXEL }));
    assert_eq!(open(&picture).body["base64Content"], PIXEL);
    let other = site.saved(&json!({ "filename": "a.zip", "base64Content": STANDARD.encode(b"PK\x03\x04\xff\xfe") }));
    assert_eq!((open(&other).status, open(&other).message()), (404, "There is no such content, or you may not see it."));
}

#[test]
fn a_text_takes_the_place_of_a_text() {
    let site = Site::new();
    let file = site.save("a.md", "one");
    let content = format!("{}/{}/content", site.files(), file["id"].as_str().unwrap());
    let changed = site.ask("PUT", &content, Some(&json!({ "content": "two" })));
    assert_eq!((changed.status, &changed.body["id"], &changed.body["url"]), (200, &file["id"], &file["url"]));
    assert_ne!(changed.body["hash"], file["hash"]);
    assert_eq!(changed.body["sizeBytes"], 3);
    let picture = site.saved(&json!({ "filename": "a.png", "base64Content": PIXEL }));
    let refused =
        site.ask("PUT", &format!("{}/{}/content", site.files(), picture["id"].as_str().unwrap()), Some(&json!({ "content": "x" })));
    assert_eq!((refused.status, codes(&refused)), (400, vec![("content".into(), "not_a_text".into())]));
}

#[test]
fn a_repeat_makes_one_file() {
    let site = Site::new();
    let save = |content: &str| {
        let body = json!({ "filename": "a.txt", "content": content });
        let path = format!("{}/save", site.files());
        site.server.ask_with("POST", &path, Some(&site.token), Some(&body), &[("idempotency-key", "one")])
    };
    let (first, second, other) = (save("a"), save("a"), save("b"));
    assert_eq!((first.status, second.status, other.status), (200, 200, 422));
    assert_eq!((&first.body["id"], second.header("idempotency-replayed")), (&second.body["id"], "true"));
    assert_eq!(site.items(&site.files()).len(), 1);
}

#[test]
fn a_file_knows_where_it_is_used() {
    let site = Site::new();
    let file = site.saved(&json!({ "filename": "a.png", "base64Content": PIXEL }));
    let references = format!("{}/{}/references", site.files(), file["id"].as_str().unwrap());
    assert_eq!(site.items(&references), Vec::<Value>::new());
    let link = format!("file:{}", file["id"].as_str().unwrap());
    let block = json!({ "type": "image", "data": { "file": link, "alt": "A dot" } });
    let mut first = page("first");
    first["content"] = json!([{ "columns": [{ "blocks": [block] }] }]);
    let first = site.make(&site.pages(), &first);
    let mut second = page("second");
    second["featuredImageUrl"] = link.into();
    let second = site.make(&site.posts(), &second);
    let found = site.items(&references);
    let of = |made: &Value, kind: &str| json!({ "type": kind, "id": made["id"], "name": made["name"], "projectId": site.here.project.to_string() });
    assert_eq!(found, [of(&second, "website_post"), of(&first, "website_page")], "by a field and from content");
    assert_eq!(site.items(&format!("{references}?type=website_page")).len(), 1);
    site.ask("DELETE", &format!("{}/{}", site.posts(), second["id"].as_str().unwrap()), None);
    assert_eq!(site.items(&references).len(), 1, "not from the trash");
}

#[test]
fn a_project_keeps_as_much_as_it_may() {
    let files = Bounds { file: 3_000, project: Some(5_000) };
    let site = Site::as_set(Config { files, ..Config::default() });
    let save = |name: &str, bytes: usize| {
        site.ask("POST", &format!("{}/save", site.files()), Some(&json!({ "filename": name, "content": name.repeat(bytes) })))
    };
    let long = save("a", 3_001);
    assert_eq!((long.status, long.reason()), (413, "file_too_large"));
    assert!(long.message().contains("max-file") && long.message().contains("proxy"), "{}", long.message());
    assert_eq!((save("a", 3_000).status, save("a", 3_000).status), (200, 200), "the same bytes count once");
    let more = save("b", 2_001);
    assert_eq!((more.status, more.reason()), (413, "quota_reached"));
    let begin = |bytes: u64| site.ask("POST", &site.uploads(), Some(&json!({ "filename": "c.bin", "sizeBytes": bytes })));
    let begun = begin(1_500);
    assert_eq!(
        (begun.status, begin(501).reason(), save("b", 501).reason()),
        (201, "quota_reached", "quota_reached"),
        "what has begun counts, too"
    );
    site.ask("DELETE", &format!("{}/{}", site.uploads(), begun.body["id"].as_str().unwrap()), None);
    assert_eq!(save("b", 2_000).status, 200);
    assert_eq!(site.rows("blobs WHERE hash IS NOT NULL"), 2);
}
