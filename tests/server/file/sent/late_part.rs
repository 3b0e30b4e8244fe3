//! Parts of an upload that come while it ends, or that whoever sends them may send no more.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::{
        access::{Access, Role},
        file::blob::PART,
    },
};

use super::super::noise;
use crate::support::{SetClock, Site, machine};

/// A part on its way, of which the beginning was sent.
fn begun(site: &Site, path: &str, token: &str) -> TcpStream {
    let mut line = TcpStream::connect(site.server.url.trim_start_matches("http://")).unwrap();
    let head = format!(
        "PUT /api{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/octet-stream\r\nContent-Length: {PART}\r\nConnection: close\r\n\r\n"
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(&[b'e'; 1_000]).unwrap();
    line
}

/// Sends the rest of a part; the status of the answer.
fn rest(mut line: TcpStream) -> u16 {
    // A server that does not want it may be gone before all was sent.
    let _ = line.write_all(&vec![b'e'; PART - 1_000]);
    let mut said = String::new();
    let _ = line.read_to_string(&mut said);
    said.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0)
}

fn start(site: &Site) -> String {
    let wish = json!({ "filename": "a.bin", "sizeBytes": PART, "isPublic": true });
    format!("{}/{}", site.uploads(), site.make(&site.uploads(), &wish)["id"].as_str().unwrap())
}

fn put(site: &Site, path: &str, bytes: Vec<u8>) -> u16 {
    let to = format!("{}/api{path}", site.server.url);
    reqwest::blocking::Client::new().put(to).bearer_auth(&site.token).body(bytes).send().unwrap().status().as_u16()
}

fn comes(site: &Site, file: &Value, bytes: &[u8]) {
    assert_eq!(file["hash"], json!(blake3::hash(bytes).to_hex().as_str()));
    assert!(site.fetch(file["url"].as_str().unwrap(), &[]).bytes().unwrap() == bytes, "other bytes came");
}

#[test]
fn a_part_that_is_on_its_way_while_the_upload_ends_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    for files_dir in [None, Some(dir.path().join("files"))] {
        let site = Site::clocked_as(&SetClock::new(), Config { files_dir: files_dir.clone(), ..Config::default() });
        let (upload, bytes) = (start(&site), noise(PART));
        assert_eq!(put(&site, &format!("{upload}/parts/1"), bytes.clone()), 200);
        let late = begun(&site, &format!("{upload}/parts/1"), &site.token);
        let made = site.ask("POST", &format!("{upload}/finish"), None);
        assert_eq!(made.status, 201, "{}", made.body);
        comes(&site, &made.body, &bytes);
        assert_eq!(rest(late), 404);
        comes(&site, &made.body, &bytes);
        if let Some(folder) = files_dir {
            let shelf = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
            let names: Vec<_> = std::fs::read_dir(shelf).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert!(names.len() == 1 && !names[0].to_str().unwrap().ends_with(".part"), "{names:?}");
        }
    }
}

#[test]
fn a_part_may_be_sent_again_after_an_end_that_was_refused() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::clocked_as(&SetClock::new(), Config { files_dir: Some(dir.path().join("files")), ..Config::default() });
    let upload = start(&site);
    assert_eq!(site.ask("POST", &format!("{upload}/finish"), None).status, 400);
    assert_eq!(put(&site, &format!("{upload}/parts/1"), vec![b'x'; PART]), 200);
    assert_eq!(put(&site, &format!("{upload}/parts/1"), noise(PART)), 200);
    let made = site.ask("POST", &format!("{upload}/finish"), None);
    comes(&site, &made.body, &noise(PART));
}

#[test]
fn a_part_of_whom_a_key_was_taken_meanwhile_is_refused() {
    let site = Site::new();
    let sender = machine(&site.server, site.here.org, Role::Editor, Access::Write, None);
    let token = site.server.token(&sender.secret);
    let wish = json!({ "filename": "a.bin", "sizeBytes": PART });
    let upload = site.server.ask("POST", &site.uploads(), Some(&token), Some(&wish));
    let path = format!("{}/{}/parts/1", site.uploads(), upload.body["id"].as_str().unwrap());
    let line = begun(&site, &path, &token);
    assert_eq!(site.ask("POST", &format!("/organizations/{}/api-keys/{}/revoke", site.here.org, sender.key), Some(&json!({}))).status, 201);
    assert_eq!(rest(line), 401);
}
