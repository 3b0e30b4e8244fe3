//! Clients that ask for much and read slowly, or not at all.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::{Home, Server, content};

const MEGABYTE: usize = 1024 * 1024;
const READERS: usize = 12;
const ENTRIES: usize = 200;

/// Fills the website with entries of a megabyte.
fn fill(server: &Server, token: &str) {
    let content = content(&"x".repeat(MEGABYTE - 10_000));
    thread::scope(|scope| {
        for worker in 0..4 {
            let content = &content;
            scope.spawn(move || {
                for at in (worker..ENTRIES).step_by(4) {
                    let body = json!({"name": format!("p{at}"), "slug": format!("p{at}"), "content": content});
                    assert_eq!(server.api.post(&server.pages(), token, &body).unwrap().status, 201);
                }
            });
        }
    });
}

/// Asks, and reads nothing.
fn ask(server: &Server, token: &str, path: &str) -> TcpStream {
    let host = server.address();
    let mut stream = TcpStream::connect(&host).unwrap();
    let head = format!("GET /api{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

#[test]
fn readers_that_never_read_cost_little_hold_up_nobody_and_are_cut() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let token = server.token();
    fill(&server, &token);
    let list = format!("{}?pageSize=200", server.pages());
    let before = server.memory();
    let mut silent: Vec<_> = (0..READERS).map(|_| ask(&server, &token, &list)).collect();
    // Long answers of one piece have the same bound.
    let ids = server.api.get(&format!("{list}&lite=true"), &token).unwrap().body["data"].clone();
    let ids: Vec<_> = ids.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    silent.extend(ids.iter().map(|id| ask(&server, &token, &format!("{}/{id}", server.pages()))));
    let (mut most, mut waits) = (0, Vec::new());
    for _ in 0..60 {
        let begun = now();
        assert_eq!(server.api.get("/health/echo", "none").unwrap().status, 200);
        waits.push(begun.elapsed());
        most = most.max(server.memory().saturating_sub(before));
    }
    waits.sort();
    assert!(waits[30] < Duration::from_millis(100), "{waits:?}");
    assert!(most < 64 * MEGABYTE, "{} MB more", most / MEGABYTE);
    // Whoever reads gets all of it, however many do not.
    let (begun, mut whole) = (now(), Vec::new());
    ask(&server, &token, &list).read_to_end(&mut whole).unwrap();
    assert!(whole.len() > ENTRIES * (MEGABYTE - 10_000) && whole.ends_with(b"0\r\n\r\n"), "{} in {:?}", whole.len(), begun.elapsed());
    drop(whole);
    // Those who never read are cut: what they find is what lay between them and the server, without an end.
    let begun = now();
    while begun.elapsed() < Duration::from_secs(65) {
        assert_eq!(server.api.get("/whoami", &token).unwrap().status, 200);
        thread::park_timeout(Duration::from_millis(200));
    }
    for stream in silent.iter_mut().take(READERS) {
        let mut found = Vec::new();
        let _ = stream.read_to_end(&mut found);
        assert!(!found.ends_with(b"0\r\n\r\n") && found.len() < ENTRIES * MEGABYTE / 2, "{}", found.len());
    }
}

#[test]
fn whoever_reads_slowly_but_steadily_gets_everything() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let token = server.token();
    for at in 0..12 {
        let content = content(&format!("{at} ").repeat(300_000));
        let body = json!({"name": format!("p{at}"), "slug": format!("p{at}"), "content": content});
        assert_eq!(server.api.post(&server.pages(), &token, &body).unwrap().status, 201);
    }
    let (mut slow, mut read, mut piece) = (ask(&server, &token, &server.pages()), Vec::new(), vec![0; 64 * 1024]);
    loop {
        let found = slow.read(&mut piece).unwrap();
        if found == 0 {
            break;
        }
        read.extend_from_slice(&piece[..found]);
        thread::park_timeout(Duration::from_millis(5));
    }
    let at = read.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
    let whole: Value = serde_json::from_str(&joined(&read[at + 4..])).unwrap();
    assert_eq!(whole, server.api.get(&server.pages(), &token).unwrap().body);
}

/// The text of a chunked body.
fn joined(mut rest: &[u8]) -> String {
    let mut text = Vec::new();
    loop {
        let line = rest.windows(2).position(|end| end == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap(), 16).unwrap();
        text.extend_from_slice(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 4 + size..];
        if size == 0 {
            return String::from_utf8(text).unwrap();
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "how long answers take is measured")]
fn now() -> Instant {
    Instant::now()
}
