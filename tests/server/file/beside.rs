//! Bytes of files in a folder beside the database, on their way there and back, and left out of a backup.

use std::{io::Read, path::Path, sync::Arc, time::Duration};

use serde_json::json;
use stele::{
    config::Config,
    domain::file::blob::BlobPlace,
    jobs,
    service::{
        backup::{self, Ending},
        file::blob::{
            bytes::{Blobs, Bounds},
            folder::Folder,
            moving,
            store::BlobStore,
        },
    },
    store::{backup::leave_out_files, sqlite},
};

use super::{Form, noise};
use crate::support::{Server, SetClock, Site};

/// How many files lie in a folder, however deep.
fn kept(folder: &Path) -> usize {
    let below = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    below.map(|path| if path.is_dir() { kept(&path) } else { 1 }).sum()
}

fn send(site: &Site, bytes: &[u8]) -> serde_json::Value {
    site.upload(&Form::default().field("isPublic", "true").file("a.bin", "x/y", bytes)).remove(0)
}

fn comes(site: &Site, file: &serde_json::Value, bytes: &[u8]) {
    let there = site.fetch(file["url"].as_str().unwrap(), &[]);
    assert_eq!(there.status().as_u16(), 200);
    assert_eq!(there.bytes().unwrap().as_ref(), bytes);
    let part = site.fetch(file["url"].as_str().unwrap(), &[("range", "bytes=300000-300009")]);
    assert_eq!(part.bytes().unwrap().as_ref(), &bytes[300_000..300_010]);
}

#[test]
fn bytes_lie_in_a_folder_where_one_is_set() {
    let (clock, dir) = (SetClock::new(), tempfile::tempdir().unwrap());
    let files_dir = Some(dir.path().join("files"));
    let site = Site::clocked_as(&clock, Config { files_dir: files_dir.clone(), ..Config::default() });
    let folder = Arc::new(Folder::open(&dir.path().join("files")).unwrap());
    let job = jobs::files::job(&site.server.store, Some(folder));
    let bytes = noise(900_000);
    let (file, empty) = (send(&site, &bytes), send(&site, b""));
    assert_eq!((site.rows("blob_chunks"), kept(files_dir.as_deref().unwrap())), (0, 2));
    comes(&site, &file, &bytes);
    assert_eq!(site.fetch(empty["url"].as_str().unwrap(), &[]).status().as_u16(), 200);
    let upload = site.make(&site.uploads(), &json!({ "filename": "b.bin", "sizeBytes": 10 }));
    let part = format!("{}/api{}/{}/parts/1", site.server.url, site.uploads(), upload["id"].as_str().unwrap());
    assert_eq!(reqwest::blocking::Client::new().put(part).bearer_auth(&site.token).body(noise(10)).send().unwrap().status().as_u16(), 200);
    let made = site.ask("POST", &format!("{}/{}/finish", site.uploads(), upload["id"].as_str().unwrap()), None);
    assert_eq!((made.status, &made.body["hash"]), (201, &json!(blake3::hash(&noise(10)).to_hex().as_str())));
    for file in [&file, &made.body] {
        site.ask("DELETE", &format!("{}/{}", site.files(), file["id"].as_str().unwrap()), None);
    }
    site.ask("POST", &format!("{}/trash/empty", site.files()), Some(&json!({})));
    clock.pass(Duration::from_secs(3_601));
    site.server.once(&job);
    site.server.once(&job);
    assert_eq!((site.rows("blobs"), site.rows("blob_leftovers"), kept(files_dir.as_deref().unwrap())), (1, 0, 1));
}

#[test]
fn bytes_are_moved_either_way_while_they_are_served() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("files");
    let site = Site::as_set(Config { files_dir: Some(path.clone()), ..Config::default() });
    let folder = Arc::new(Folder::open(&path).unwrap());
    let job = jobs::files::job(&site.server.store, Some(folder.clone()));
    let blobs = Blobs::new(site.server.store.clone(), Bounds::default(), Some(folder));
    let bytes = noise(5_000_000);
    let file = send(&site, &bytes);
    let all = |to| assert_eq!(move_all(&blobs, to).1, 0);
    let mut reading = site.fetch(file["url"].as_str().unwrap(), &[]);
    let mut begin = [0; 1_000];
    reading.read_exact(&mut begin).unwrap();
    all(BlobPlace::Rows);
    site.server.once(&job);
    assert_eq!((site.rows("blob_chunks"), kept(&path)), (20, 0));
    let mut whole = begin.to_vec();
    reading.read_to_end(&mut whole).unwrap();
    assert!(whole == bytes, "whoever reads reads on: {} bytes", whole.len());
    comes(&site, &file, &bytes);
    all(BlobPlace::Folder);
    assert_eq!((site.rows("blob_chunks"), kept(&path)), (0, 1));
    comes(&site, &file, &bytes);
    let without = Blobs::new(site.server.store.clone(), Bounds::default(), None);
    assert!(moving::move_next(&without, BlobPlace::Rows, None).is_err(), "there is no folder to move from");
}

/// Moves all that is to be moved; how many were, and how many could not be.
fn move_all(blobs: &Blobs, to: BlobPlace) -> (u64, usize) {
    let (mut all, mut last) = ((0, 0), None);
    loop {
        let moved = moving::move_next(blobs, to, last).unwrap();
        all = (all.0 + moved.blobs, all.1 + moved.bad.len());
        match moved.last {
            Some(id) => last = Some(id),
            None => return all,
        }
    }
}

#[test]
fn bytes_that_are_not_what_they_were_hold_up_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("files");
    let folder = Arc::new(Folder::open(&path).unwrap());
    let site = Site::new();
    let blobs = Blobs::new(site.server.store.clone(), Bounds::default(), Some(folder.clone()));
    let [bad, good] = [700_000, 800_000].map(noise);
    let (spoilt, file) = (send(&site, &bad), send(&site, &good));
    let spoil = |hash: &str| site.raw().execute("UPDATE blobs SET hash = ?2 WHERE hash = ?1", [spoilt["hash"].as_str().unwrap(), hash]);
    spoil("of others").unwrap();
    site.server.notice();
    assert_eq!(move_all(&blobs, BlobPlace::Folder), (1, 1));
    assert_eq!((site.rows("blob_chunks"), kept(&path)), (3, 1), "what is bad stays where it was, and nowhere else");
    assert!(folder.read(site_blob(&site, &file), 0, 10).unwrap().unwrap() == good[..10]);
    assert_eq!(move_all(&blobs, BlobPlace::Rows), (1, 0));
}

/// The bytes of a file.
fn site_blob(site: &Site, file: &serde_json::Value) -> stele::domain::id::BlobId {
    let id = site.raw().query_row("SELECT blob_id FROM files WHERE id = ?1", [file["id"].as_str().unwrap()], |row| row.get::<_, String>(0));
    id.unwrap().parse().unwrap()
}

#[test]
fn a_backup_without_files_takes_them_back_as_they_are_sent_again() {
    let site = Site::new();
    let bytes = noise(2_000_000);
    let file = send(&site, &bytes);
    let (whole, without) = (site.dir.path().join("whole.db"), site.dir.path().join("without.db"));
    sqlite::backup::backup(&site.file(), &whole, stele::store::backup::leave_out).unwrap();
    sqlite::backup::backup(&site.file(), &without, leave_out_files).unwrap();
    let size = |path: &Path| std::fs::metadata(path).unwrap().len();
    assert!(size(&without) + 1_900_000 < size(&whole), "{} {}", size(&without), size(&whole));
    let server = Server::start(&without);
    server.write(|tx| backup::revive(tx, Ending::default()));
    let at = |path: &str| format!("{}{path}", server.url);
    let get = || reqwest::blocking::get(at(&format!("/files/{}/a.bin", file["id"].as_str().unwrap()))).unwrap();
    assert_eq!(get().status().as_u16(), 404);
    let token = server.token(&site.admin.secret);
    let form = Form::default().file("again.bin", "x/y", &bytes);
    let request = reqwest::blocking::Client::new().post(at(&format!("/api{}", site.files()))).bearer_auth(token);
    let sent = request.header("content-type", "multipart/form-data; boundary=edge").body(form.closed()).send().unwrap();
    assert_eq!(sent.status().as_u16(), 201, "{}", sent.text().unwrap());
    assert_eq!(get().bytes().unwrap().as_ref(), &bytes[..]);
}
