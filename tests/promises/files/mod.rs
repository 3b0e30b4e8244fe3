//! Files: what was acknowledged is whole, what was not leaves nothing, and none is ever in memory as a whole.

mod forms;

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::mpsc::{Sender, channel},
};

use reqwest::blocking::{Body, Client, Response};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::support::{Home, Server, page, rounds};

const ROUNDS: usize = 4;
const MIB: usize = 1024 * 1024;

/// So many bytes that are nowhere the same, made as they are read.
struct Noise {
    from: blake3::OutputReader,
    left: usize,
}

impl Noise {
    fn new(seed: &str, many: usize) -> Self {
        Self { from: blake3::Hasher::new().update(seed.as_bytes()).finalize_xof(), left: many }
    }

    fn hash(mut self) -> String {
        let mut hash = blake3::Hasher::new();
        io::copy(&mut self, &mut hash).unwrap();
        hash.finalize().to_hex().to_string()
    }
}

impl Read for Noise {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let many = into.len().min(self.left);
        self.from.fill(&mut into[..many]);
        self.left -= many;
        Ok(many)
    }
}

fn files(server: &Server) -> String {
    format!("http://{}/api{}/projects/{}/files", server.address(), server.org(), server.text("projectId"))
}

/// Sends a file with a form, as it is made; nothing, where the server is gone meanwhile.
fn send(files: &str, token: &str, name: &str, many: usize) -> Option<Response> {
    let head = format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let body = io::Cursor::new(head.into_bytes()).chain(Noise::new(name, many)).chain(io::Cursor::new(b"\r\n--edge--\r\n".to_vec()));
    let request = Client::builder().timeout(None).build().unwrap().post(files).bearer_auth(token);
    request.header("content-type", "multipart/form-data; boundary=edge").body(Body::new(body)).send().ok()
}

fn rows(home: &Home, what: &str) -> i64 {
    let db = Connection::open_with_flags(home.data(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    db.query_row(&format!("SELECT COUNT(*) FROM {what}"), [], |row| row.get(0)).unwrap()
}

/// Sends files until the server is gone; tells each that it has answered for.
fn send_until_killed(files: &str, token: &str, name: &str, told: &Sender<Value>) {
    for number in 0.. {
        let Some(answer) = send(files, token, &format!("{name}-{number}"), MIB + number * 1_000) else { return };
        assert_eq!(answer.status().as_u16(), 201);
        let Ok(mut made) = answer.json::<Value>() else { return };
        told.send(made["data"][0].take()).unwrap();
    }
}

#[test]
fn every_acknowledged_file_is_whole_and_nothing_else_is_left_when_the_program_is_killed() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    let mut all = Vec::new();
    for round in 0..rounds(ROUNDS) {
        let (at, token) = (files(&server), server.token());
        let (told, heard) = channel();
        std::thread::scope(|scope| {
            for writer in 0..3 {
                let (at, token, told) = (&at, &token, told.clone());
                scope.spawn(move || send_until_killed(at, token, &format!("r{round}-w{writer}"), &told));
            }
            drop(told);
            all.extend(heard.iter().take(1 + round * 3 % 7));
            server.kill();
            all.extend(heard);
        });
        home.check();
        server = Server::sandbox(&home);
        let token = server.token();
        // The server lets go of what was coming in as it begins; until that is dropped it is asked for something.
        while rows(&home, "blobs WHERE hash IS NULL") > 0 {
            assert_eq!(server.api.get("/whoami", &token).unwrap().status, 200);
        }
        assert_eq!(rows(&home, "blob_chunks c WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.blob_id = c.blob_id)"), 0, "round {round}");
        for file in &all {
            let id = file["id"].as_str().unwrap();
            let there = Client::new().get(format!("http://{}/files/{id}/x", server.address())).bearer_auth(&token).send().unwrap();
            assert_eq!(there.status().as_u16(), 200, "{file}");
            assert_eq!(blake3::hash(&there.bytes().unwrap()).to_hex().as_str(), file["hash"].as_str().unwrap(), "{file}");
        }
    }
    assert!(all.len() >= rounds(ROUNDS));
}

#[test]
fn a_long_file_goes_in_and_out_and_is_never_in_memory() {
    const LONG: usize = 96 * MIB;
    let home = Home::new();
    let server = Server::sandbox(&home);
    let (at, token) = (files(&server), server.token());
    assert_eq!(send(&at, &token, "short", 2 * MIB).unwrap().status().as_u16(), 201);
    let before = server.memory();
    let made: Value = send(&at, &token, "long", LONG).unwrap().json().unwrap();
    let file = &made["data"][0];
    assert_eq!(file["hash"], Noise::new("long", LONG).hash().as_str());
    let url = format!("http://{}/files/{}/long", server.address(), file["id"].as_str().unwrap());
    let mut there = Client::builder().timeout(None).build().unwrap().get(url).bearer_auth(&token).send().unwrap();
    let mut hash = blake3::Hasher::new();
    assert_eq!(io::copy(&mut there, &mut hash).unwrap(), LONG as u64);
    assert_eq!(hash.finalize().to_hex().as_str(), file["hash"].as_str().unwrap());
    let grown = server.memory().saturating_sub(before);
    assert!(grown < 32 * MIB, "{} MiB more than before", grown / MIB);
}

#[test]
fn whoever_reads_a_file_slowly_keeps_the_log_from_nothing() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let (at, token) = (files(&server), server.token());
    let made: Value = send(&at, &token, "long", 32 * MIB).unwrap().json().unwrap();
    let url = format!("http://{}/files/{}/long", server.address(), made["data"][0]["id"].as_str().unwrap());
    let mut slow = Client::builder().timeout(None).build().unwrap().get(url).bearer_auth(&token).send().unwrap();
    let mut begin = [0; 1_000];
    slow.read_exact(&mut begin).unwrap();
    for number in 0..20 {
        assert_eq!(server.api.post(&server.pages(), &token, &page(&format!("page-{number}"))).unwrap().status, 201);
    }
    // It is cut to nothing once writes pause.
    let log = home.path().join("stele.db-wal");
    let is_cut = (0..50_000).any(|_| {
        assert_eq!(server.api.get("/health/echo", "none").unwrap().status, 200);
        log.metadata().map_or(0, |log| log.len()) == 0
    });
    assert!(is_cut, "{} bytes of log", log.metadata().unwrap().len());
    let mut rest = Vec::new();
    slow.read_to_end(&mut rest).unwrap();
    assert_eq!(begin.len() + rest.len(), 32 * MIB, "and the reader reads on");
}

#[test]
fn a_file_that_finds_no_room_is_refused_and_leaves_none_taken() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    server.terminate();
    assert!(server.ended().success(), "{}", home.logged());
    let told = server.told.clone();
    let mut server = Server::serve_within(&home, &told, 16 * 1024);
    let (at, token) = (files(&server), server.token());
    // Whoever still sends when the answer comes may not hear it.
    if let Some(refused) = send(&at, &token, "long", 64 * MIB) {
        assert_eq!(refused.status().as_u16(), 503);
    }
    assert_eq!(rows(&home, "files"), 0);
    server.make_room();
    let made = send(&at, &token, "short", MIB).unwrap();
    assert_eq!(made.status().as_u16(), 201, "{}", made.text().unwrap());
    // That it was to be let go of had no room either: a server that begins does that.
    server.terminate();
    assert!(server.ended().success(), "{}", home.logged());
    let server = Server::serve(&home, &told);
    let token = server.token();
    while rows(&home, "blobs WHERE hash IS NULL") > 0 {
        assert_eq!(server.api.get("/whoami", &token).unwrap().status, 200);
    }
    assert_eq!(rows(&home, "blob_chunks"), 4);
}

#[test]
fn bytes_are_moved_by_a_command_while_they_are_served() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    server.terminate();
    assert!(server.ended().success(), "{}", home.logged());
    let told = server.told.clone();
    let server = Server::serve_beside(&home, &told, &home.path().join("files"));
    let (at, token) = (files(&server), server.token());
    let made: Value = send(&at, &token, "long", 3 * MIB).unwrap().json().unwrap();
    let url = format!("http://{}/files/{}/long", server.address(), made["data"][0]["id"].as_str().unwrap());
    let data = home.data();
    for (to, pieces) in [("database", 12), ("folder", 0)] {
        let moved = home.stele(&["files", "move", "--to", to, "--data", data.to_str().unwrap()]);
        assert_eq!(String::from_utf8_lossy(&moved.stdout).trim(), format!("1 moved, {} bytes", 3 * MIB), "{moved:?}");
        assert_eq!(rows(&home, "blob_chunks"), pieces, "{to}");
        let there = Client::new().get(&url).bearer_auth(&token).send().unwrap().bytes().unwrap();
        assert_eq!(blake3::hash(&there).to_hex().as_str(), made["data"][0]["hash"].as_str().unwrap());
    }
    let check = || home.stele(&["files", "check", "--data", data.to_str().unwrap()]);
    assert_eq!(String::from_utf8_lossy(&check().stdout).trim(), format!("1 looked at, {} bytes", 3 * MIB));
    let kept = walk(&home.path().join("files")).pop().unwrap();
    let whole = fs::read(&kept).unwrap();
    let mut damaged = whole.clone();
    damaged[MIB] ^= 1;
    for bytes in [Some(damaged), None] {
        match bytes {
            Some(bytes) => fs::write(&kept, bytes).unwrap(),
            None => fs::remove_file(&kept).unwrap(),
        }
        let told = check();
        let named = format!("long ({})", made["data"][0]["id"].as_str().unwrap());
        assert!(told.status.code() == Some(1) && String::from_utf8_lossy(&told.stderr).contains(&named), "{told:?}");
    }
    fs::write(&kept, whole).unwrap();
    assert!(check().status.success());
}

/// The files below a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
