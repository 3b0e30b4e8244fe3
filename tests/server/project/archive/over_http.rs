//! Archives over the API: who may have one, how it travels, and what is refused.

use reqwest::blocking::{Body, Client};
use serde_json::{Value, json};
use stele::domain::access::{Access, Role};

use super::{exported, line, lines};
use crate::{
    form::builder,
    support::{Site, machine, page},
};

/// Sends an archive; status and answer.
fn upload(site: &Site, token: &str, query: &str, kind: &str, body: impl Into<Body>) -> (u16, Value) {
    let path = format!("{}/api/organizations/{}/projects/import{query}", site.server.url, site.here.org);
    let sent = Client::new().post(path).bearer_auth(token).header("content-type", kind).body(body).send().unwrap();
    (sent.status().as_u16(), sent.json().unwrap())
}

fn projects(site: &Site) -> Value {
    site.get(&format!("/organizations/{}/projects", site.here.org)).body["meta"]["total"].clone()
}

#[test]
fn an_archive_is_downloaded_and_uploaded() {
    let site = Site::new();
    for n in 0..30 {
        let text = "a".repeat(30_000);
        let content = json!([{ "columns": [{ "blocks": [{ "type": "text", "data": { "markdown": text } }] }] }]);
        site.make(&site.pages(), &json!({ "name": format!("Page {n}"), "slug": format!("page-{n}"), "content": content }));
    }
    let path = format!("{}/api{}/export", site.server.url, site.project());
    let sent = Client::new().post(path).bearer_auth(&site.token).send().unwrap();
    assert_eq!((sent.status().as_u16(), &sent.headers()["content-type"]), (200, &"application/octet-stream".parse().unwrap()));
    assert_eq!(sent.headers()["content-disposition"], "attachment; filename=\"site.jsonl\"");
    let archive = sent.text().unwrap();
    assert!(archive.len() > 3 * 256 * 1024, "it came in several pieces");
    let at = (site.here.org, site.here.project);
    assert_eq!(archive.lines().skip(1).collect::<Vec<_>>(), exported(&site.server, at).lines().skip(1).collect::<Vec<_>>());
    assert_eq!(site.count("SELECT count(*) FROM activities WHERE action = 'project.exported' AND resource_id = ?1", &at.1.to_string()), 1);

    let before = projects(&site);
    let (status, looked) = upload(&site, &site.token, "?dryRun=true&name=Copy", "application/jsonl", archive.clone());
    assert_eq!((status, &looked["project"], &looked["entries"], projects(&site)), (200, &Value::Null, &json!(34), before));
    let (status, made) = upload(&site, &site.token, "?name=Copy", "application/x-ndjson; charset=utf-8", archive);
    assert_eq!((status, &made["project"]["slug"], &made["project"]["apps"][0]["slug"]), (201, &json!("copy"), &json!("web")), "{made}");
    assert_eq!((&made["entries"], &made["leftOut"], &made["notices"]), (&json!(34), &json!(0), &json!([])));
    let id = made["project"]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(lines(&exported(&site.server, (site.here.org, id)), "entry").len(), 34);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let site = Site::new();
    let wrong = line("archive", json!({ "version": 1 })) + &line("project", json!({ "name": "", "defaultLocale": "en" }));
    let (status, refused) = upload(&site, &site.token, "", "application/jsonl", wrong);
    assert_eq!((status, &refused["errors"][0]["field"], &refused["errors"][0]["code"]), (400, &json!("line 2: name"), &json!("required")));
    assert_eq!(refused["errors"][1]["code"], "incomplete", "{refused}");
    assert_eq!(upload(&site, &site.token, "", "text/plain", "x").0, 415);
    assert_eq!(upload(&site, &site.token, "?nmae=x", "application/jsonl", "x").0, 400);
    let empty = upload(&site, &site.token, "", "application/jsonl", "");
    assert_eq!((empty.0, &empty.1["errors"][0]["code"]), (400, &json!("not_an_archive")), "{}", empty.1);
}

#[test]
fn no_file_is_kept_of_whoever_may_not_send_one_nor_one_that_is_too_long() {
    let site = Site::new();
    let editor = site.server.token(&machine(&site.server, site.here.org, Role::Editor, Access::Full, None).secret);
    let viewer = site.server.token(&machine(&site.server, site.here.org, Role::Viewer, Access::Read, None).secret);
    assert_eq!(upload(&site, &editor, "", "application/jsonl", "hello").0, 403);
    assert_eq!(site.server.ask("POST", &format!("{}/export", site.project()), Some(&viewer), None).status, 200, "whoever reads drafts");
    let limited = machine(&site.server, site.here.org, Role::Admin, Access::Full, Some(vec![site.here.other]));
    let limited = site.server.token(&limited.secret);
    assert_eq!(site.server.ask("POST", &format!("{}/export", site.project()), Some(&limited), None).status, 404);
    // It says how long it is before it is sent, and is refused before it is kept.
    let path = format!("/api/organizations/{}/projects/import", site.here.org);
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/jsonl\r\nContent-Length: 2000000000\r\n\r\n",
        site.token
    );
    let mut stream = std::net::TcpStream::connect(site.server.url.strip_prefix("http://").unwrap()).unwrap();
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    let mut answer = [0; 12];
    std::io::Read::read_exact(&mut stream, &mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[test]
fn an_archive_that_has_submissions_announced_is_for_who_reads_them() {
    let site = Site::new();
    let app = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "forms", "name": "Forms" }));
    let settings = format!("{}/apps/{}/settings", site.project(), app["id"].as_str().unwrap());
    let archive = || exported(&site.server, (site.here.org, site.here.project));
    let (token, there) = (builder(&site), projects(&site));
    site.change(&settings, &json!({ "settings": { "notifyEmail": "desk@acme.example" } }));
    for query in ["?name=Copy", "?name=Copy&dryRun=true"] {
        let (status, refused) = upload(&site, &token, query, "application/jsonl", archive());
        assert_eq!((status, &refused["reason"], projects(&site)), (403, &json!("submissions_off"), there.clone()), "{query}: {refused}");
    }
    assert_eq!(upload(&site, &site.token, "?name=Copy", "application/jsonl", archive()).0, 201);
    site.change(&settings, &json!({ "settings": { "notifyEmail": null } }));
    assert_eq!(upload(&site, &token, "?name=Other", "application/jsonl", archive()).0, 201);
}

#[test]
fn a_page_of_another_project_does_not_come_along() {
    let site = Site::new();
    site.make(&site.pages(), &page("here"));
    let other = format!("/organizations/{}/projects/{}", site.here.org, site.here.other);
    let app = site.make(&format!("{other}/apps"), &json!({ "appType": "website", "name": "Web" }));
    site.make(&format!("{other}/apps/website/{}/pages", app["id"].as_str().unwrap()), &page("there"));
    let archive = exported(&site.server, (site.here.org, site.here.project));
    assert!(archive.contains("\"slug\":\"here\"") && !archive.contains("\"slug\":\"there\""));
}

#[test]
fn an_import_under_a_key_is_made_once() {
    let site = Site::new();
    site.make(&site.pages(), &page("one"));
    let archive = exported(&site.server, (site.here.org, site.here.project));
    let path = format!("{}/api/organizations/{}/projects/import?name=Copy", site.server.url, site.here.org);
    let send = |body: &str| {
        let request = Client::new().post(&path).bearer_auth(&site.token).header("content-type", "application/jsonl");
        let sent = request.header("idempotency-key", "import-1").body(body.to_owned()).send().unwrap();
        let replayed = sent.headers().get("idempotency-replayed").is_some();
        (sent.status().as_u16(), replayed, sent.json::<Value>().unwrap())
    };
    let first = send(&archive);
    assert_eq!((first.0, first.1), (201, false), "{}", first.2);
    let there = projects(&site);
    let again = send(&archive);
    assert_eq!((again.0, again.1, &again.2), (201, true, &first.2));
    assert_eq!(projects(&site), there, "nothing is made twice");
    let other = send(&archive.replace("\"one\"", "\"two\""));
    assert_eq!((other.0, &other.2["errors"][0]["code"]), (422, &json!("key_reused")), "{}", other.2);
    assert_eq!(projects(&site), there);
}
