//! Clients that are slow or silent: they take neither the place nor the memory of others, and do not hold up the end.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use crate::support::{Home, Server};

const MEGABYTE: usize = 1024 * 1024;

/// A request that announces so long a body and sends only the first bytes of it.
fn begin(server: &Server, path: &str, token: Option<&str>, (length, sent): (usize, usize)) -> TcpStream {
    let host = server.address();
    let mut stream = TcpStream::connect(&host).unwrap();
    let bearer = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    let head =
        format!("POST /api{path} HTTP/1.1\r\nHost: {host}\r\n{bearer}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
    // Whoever is refused meanwhile finds out when they read.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&vec![b' '; sent]));
    stream
}

/// The status of what was answered; none while the server still waits, or when it broke off.
fn status(stream: &mut TcpStream) -> Option<u16> {
    stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(&head[9..]).ok()?.parse().ok()
}

#[test]
fn more_silent_clients_than_there_are_files_leave_room_for_the_next() {
    let home = Home::new();
    // The program holds two descriptors for each connection: fewer than half of these find room.
    let mut server = Server::sandbox_within(&home, 200);
    let silent: Vec<_> = (0..250).map(|_| begin(&server, "/auth/token", None, (100, 1))).collect();
    for _ in 0..5 {
        assert_eq!(server.api.get("/health/echo", "none").unwrap().status, 200);
    }
    let token = server.token();
    assert_eq!(server.api.get("/whoami", &token).unwrap().status, 200);
    let begun = now();
    server.terminate();
    assert_eq!(server.ended().code(), Some(0), "{}", home.logged());
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    drop(silent);
    home.check();
}

#[test]
fn bodies_on_their_way_in_have_a_bound_together() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let (token, pages, before) = (server.token(), server.pages(), server.memory());
    let nearly = (2 * MEGABYTE, 2 * MEGABYTE - 100_000);
    let mut known: Vec<_> = (0..60).map(|_| begin(&server, &pages, Some(&token), nearly)).collect();
    let refused = known.iter_mut().filter_map(status).inspect(|status| assert_eq!(*status, 503)).count();
    assert!(refused >= 40, "{refused} were refused");
    let more = server.memory().saturating_sub(before);
    assert!(more < 80 * MEGABYTE, "{} MB more", more / MEGABYTE);
    assert_eq!(server.api.get("/whoami", &token).unwrap().status, 200);
}

#[test]
fn nobodys_body_is_read_before_they_are_known() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let pages = server.pages();
    for token in [None, Some("nonsense")] {
        let mut stranger = begin(&server, &pages, token, (2 * MEGABYTE, 1));
        stranger.set_read_timeout(None).unwrap();
        let mut head = [0; 12];
        stranger.read_exact(&mut head).unwrap();
        assert_eq!(&head, b"HTTP/1.1 401");
    }
    let mut long = begin(&server, "/auth/token", None, (2 * MEGABYTE, 1));
    let mut head = [0; 12];
    long.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 413");
}

#[allow(clippy::disallowed_methods, reason = "how long the program takes to end is measured")]
fn now() -> Instant {
    Instant::now()
}
