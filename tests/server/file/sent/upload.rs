//! Files that come in with a form, and what becomes of one that does not come in as a whole.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use serde_json::json;
use stele::{
    config::Config,
    domain::access::{Access, Role},
    jobs,
};

use super::super::{Form, noise};
use crate::support::{SetClock, Site, machine};

#[test]
fn several_files_come_in_with_one_form() {
    let site = Site::new();
    let bytes = noise(700_000);
    let form = Form::default().field("folderPath", "Sent").field("isPublic", "true").file("a.bin", "image/png", &bytes);
    let made = site.upload(&form.file("b.md", "text/plain", b"# Hi").file("empty.txt", "text/plain", b""));
    let names: Vec<_> = made.iter().map(|file| (file["filename"].as_str().unwrap(), file["mimeType"].as_str().unwrap())).collect();
    assert_eq!(names, [("a.bin", "application/octet-stream"), ("b.md", "text/plain"), ("empty.txt", "text/plain")]);
    assert!(made.iter().all(|file| file["isPublic"] == true && file["folderId"].is_string()));
    let sent = site.fetch(made[0]["url"].as_str().unwrap(), &[]).bytes().unwrap();
    assert_eq!(sent.as_ref(), &bytes[..]);
    assert_eq!(site.fetch(made[2]["url"].as_str().unwrap(), &[]).bytes().unwrap().len(), 0);
}

#[test]
fn the_same_name_twice_and_the_same_bytes_at_once() {
    let site = Site::new();
    let bytes = noise(600_000);
    let made: Vec<_> = thread::scope(|scope| {
        let sent: Vec<_> = (0..4).map(|_| scope.spawn(|| site.upload(&Form::default().file("a.bin", "x/y", &bytes)).remove(0))).collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let ids: std::collections::BTreeSet<_> = made.iter().map(|file| file["id"].as_str().unwrap()).collect();
    assert_eq!((ids.len(), site.items(&site.files()).len()), (4, 4), "all of them live");
    site.server.once(&jobs::files::job(&site.server.store, None));
    assert_eq!((site.rows("blobs"), site.rows("blob_chunks")), (1, 3), "and have one set of bytes");
    for file in &made {
        let token = format!("Bearer {}", site.token);
        assert_eq!(site.fetch(file["url"].as_str().unwrap(), &[("authorization", &token)]).bytes().unwrap().as_ref(), &bytes[..]);
    }
}

#[test]
fn what_is_wrong_with_a_form_leaves_nothing() {
    let site = Site::new();
    let file = || Form::default().file("a.txt", "text/plain", b"a");
    for (form, field) in [
        (Form::default(), "file"),
        (file().field("colour", "red"), "colour"),
        (file().field("isPublic", "perhaps"), "isPublic"),
        (file().field("folderId", "x"), "folderId"),
        (file().field("folderId", &site.here.app.to_string()), "folderId"),
        (file().field("grounding", "x"), "grounding"),
    ] {
        let refused = site.form(&site.files(), &form);
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!(field)));
    }
    // The last that holds them lets go of them, after it has answered.
    while site.rows("blobs") > 0 {
        site.server.once(&jobs::files::job(&site.server.store, None));
        thread::yield_now();
    }
    assert_eq!((site.rows("files"), site.rows("blob_chunks")), (0, 0));
}

#[test]
fn names_of_fields_take_of_the_room_that_all_have() {
    let site = Site::new();
    let long = (0..3).fold(Form::default(), |form, n| form.field(&format!("{n}{}", "n".repeat(30_000)), ""));
    let many = (0..2_000).fold(Form::default(), |form, n| form.field(&n.to_string(), ""));
    for form in [long, many] {
        assert_eq!(site.form(&site.files(), &form.file("a.txt", "text/plain", b"a")).status, 413);
    }
}

/// The beginning of a form on its way.
fn begun(site: &Site, token: &str, form: &Form) -> TcpStream {
    let mut line = TcpStream::connect(site.server.url.trim_start_matches("http://")).unwrap();
    let head = format!(
        "POST /api{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        site.files(),
        form.closed().len()
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(form.open()).unwrap();
    line
}

/// Sends the end of one; the status of the answer.
fn ended(mut line: TcpStream) -> u16 {
    let mut said = String::new();
    // A server that does not want it may be gone before all was sent.
    drop(line.write_all(b"--edge--\r\n").and_then(|()| line.read_to_string(&mut said)));
    said.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// Waits until the server keeps so many pieces.
fn until_kept(site: &Site, pieces: i64) {
    while site.rows("blob_chunks") < pieces {
        thread::yield_now();
    }
}

#[test]
fn whoever_may_begin_to_send_may_end_unless_their_key_has_gone() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let sender = machine(&site.server, site.here.org, Role::Editor, Access::Write, None);
    let token = site.server.token(&sender.secret);
    let form = |name: &str| Form::default().file(name, "x/y", &noise(600_000));
    let slow = begun(&site, &token, &form("slow.bin"));
    until_kept(&site, 2);
    clock.pass(Duration::from_secs(1_800));
    assert_eq!(ended(slow), 201, "though its token has ended meanwhile");
    let token = site.server.token(&sender.secret);
    let slow = begun(&site, &token, &form("late.bin"));
    until_kept(&site, 5);
    let admin = site.server.token(&site.admin.secret);
    let revoke = format!("/organizations/{}/api-keys/{}/revoke", site.here.org, sender.key);
    assert_eq!(site.server.ask("POST", &revoke, Some(&admin), Some(&json!({}))).status, 201);
    assert_eq!((ended(slow), site.rows("files")), (401, 1));
}

#[test]
fn nobody_has_more_than_a_quarter_of_the_places() {
    let site = Site::new();
    let others = site.server.token(&machine(&site.server, site.here.org, Role::Editor, Access::Write, None).secret);
    let form = Form::default().file("a.bin", "x/y", &noise(300_000));
    let held: Vec<_> = (0..8).map(|_| begun(&site, &site.token, &form)).collect();
    until_kept(&site, 8);
    assert_eq!(ended(begun(&site, &site.token, &Form::default())), 503);
    let sent = site.server.ask("POST", &format!("{}/save", site.files()), Some(&others), Some(&json!({ "filename": "b", "content": "b" })));
    assert_eq!((sent.status, ended(begun(&site, &others, &form))), (200, 201));
    held.into_iter().for_each(|line| assert_eq!(ended(line), 201));
}

#[test]
fn no_bytes_come_in_while_the_disk_is_nearly_full() {
    let site = Site::as_set(Config { min_free_disk: u64::MAX, ..Config::default() });
    let begun = site.make(&site.uploads(), &json!({ "filename": "a.bin", "sizeBytes": 10 }));
    let one = format!("{}/{}", site.uploads(), begun["id"].as_str().unwrap());
    let part = reqwest::blocking::Client::new().put(format!("{}/api{one}/parts/1", site.server.url)).bearer_auth(&site.token);
    assert_eq!(part.body(noise(10)).send().unwrap().status().as_u16(), 503);
    assert_eq!(site.form(&site.files(), &Form::default().file("a.txt", "text/plain", b"a")).status, 503);
    assert_eq!(site.ask("DELETE", &one, None).status, 200, "what makes room is written");
    site.make(&site.pages(), &json!({ "name": "One", "slug": "one" }));
}

/// Sends the beginning of a form and goes away; what the server said, if it said anything.
fn break_off(site: &Site, form: &Form) -> String {
    let address = site.server.url.trim_start_matches("http://");
    let mut line = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /api{} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: 10000000\r\n\r\n",
        site.files(),
        site.token
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(form.open()).unwrap();
    line.shutdown(std::net::Shutdown::Write).unwrap();
    let mut said = String::new();
    drop(line.read_to_string(&mut said));
    said
}

#[test]
fn an_upload_that_is_broken_off_leaves_nothing() {
    let site = Site::new();
    let said = break_off(&site, &Form::default().file("a.bin", "x/y", &noise(900_000)));
    assert!(!said.starts_with("HTTP/1.1 2"), "{said}");
    // What was kept of it is let go of by the last that holds it, and nothing else is written after that.
    while site.rows("blobs") > 0 {
        site.server.once(&jobs::files::job(&site.server.store, None));
        thread::yield_now();
    }
    assert_eq!((site.rows("files"), site.rows("blobs"), site.rows("blob_chunks")), (0, 0, 0));
}

#[test]
fn a_server_that_begins_lets_go_of_what_came_in_before() {
    let site = Site::new();
    let project = site.here.project.to_string();
    let org = site.here.org.to_string();
    let raw = site.raw();
    let far = i64::MAX / 2;
    raw.execute(
        "INSERT INTO blobs (id, organization_id, project_id, hash, size, place, drop_at) VALUES (?1, ?2, ?3, NULL, 0, 'rows', ?4)",
        (project.as_str(), org, project.as_str(), far),
    )
    .unwrap();
    for n in 0..40 {
        raw.execute("INSERT INTO blob_chunks (blob_id, n, bytes) VALUES (?1, ?2, x'00')", (project.as_str(), n)).unwrap();
    }
    site.server.notice();
    site.server.once(&jobs::files::job(&site.server.store, None));
    assert_eq!(site.rows("blob_chunks"), 40, "while its server lives it may go on");
    site.server.write(stele::service::file::blob::bytes::abandon_all);
    site.server.once(&jobs::files::job(&site.server.store, None));
    assert_eq!((site.rows("blobs"), site.rows("blob_chunks")), (0, 0));
}

#[test]
fn other_bytes_take_the_place_of_those_of_a_file() {
    let site = Site::new();
    let made = site.upload(&Form::default().field("isPublic", "true").file("a.bin", "x/y", &noise(10))).remove(0);
    let path = format!("{}/{}/content", site.files(), made["id"].as_str().unwrap());
    let changed = site.form(&path, &Form::default().file("other.bin", "x/y", &noise(20)));
    assert_eq!(
        (changed.status, &changed.body["url"], &changed.body["sizeBytes"], &changed.body["filename"]),
        (200, &made["url"], &json!(20), &json!("a.bin"))
    );
    assert_eq!(site.fetch(made["url"].as_str().unwrap(), &[]).bytes().unwrap().as_ref(), &noise(20)[..], "at once");
    let two = Form::default().file("a", "x/y", b"a").file("b", "x/y", b"b");
    assert_eq!(site.form(&path, &two).status, 400);
    assert_eq!(site.ask("POST", &site.files(), Some(&json!({}))).status, 415);
}
