//! Clients that are slow or silent: they take neither the place nor the memory of others, and do not hold up the end.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::{Home, Server, content, page};

const MEGABYTE: usize = 1024 * 1024;

/// A request that announces so long a body and sends only the first bytes of it.
fn begin(server: &Server, path: &str, token: Option<&str>, lengths: (usize, usize)) -> TcpStream {
    let bearer = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    begin_with(server, &format!("/api{path}"), &format!("{bearer}Content-Type: application/json"), lengths)
}

fn begin_with(server: &Server, path: &str, headers: &str, (length, sent): (usize, usize)) -> TcpStream {
    let host = server.address();
    let mut stream = TcpStream::connect(&host).unwrap();
    let head = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\nContent-Length: {length}\r\n\r\n");
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
    assert!(refused >= 50, "{refused} were refused");
    let more = server.memory().saturating_sub(before);
    assert!(more < 80 * MEGABYTE, "{} MB more", more / MEGABYTE);
    assert_eq!(server.api.get("/whoami", &token).unwrap().status, 200);
}

#[test]
fn what_bodies_become_in_memory_has_a_bound() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let (token, pages) = (server.token(), server.pages());
    server.keep_unknown_blocks(&token);
    let before = server.memory();
    let data = |of: &str, count: usize| format!("{}{}", format!("{of},").repeat(count - 1), of);
    let body = |at: usize, values: &str| {
        let content = format!(r#"[{{"columns":[{{"blocks":[{{"type":"note","data":{{"a":[{values}]}}}}]}}]}}]"#);
        serde_json::from_str::<Value>(&format!(r#"{{"name":"n{at}","slug":"n{at}","content":{content}}}"#)).unwrap()
    };
    let (many, most) = (data("0", 500_000), data(r#"{"b":0}"#, 20_000));
    let (many, kept): (Vec<_>, Vec<_>) = ((0..4).map(|at| body(at, &many)).collect(), (0..4).map(|at| body(at, &most)).collect());
    thread::scope(|scope| {
        for (many, most) in many.iter().zip(&kept) {
            let (server, token, pages) = (&server, &token, &pages);
            scope.spawn(move || {
                for _ in 0..3 {
                    let refused = server.api.post(pages, token, many).unwrap();
                    assert_eq!((refused.status, refused.body["errors"][0]["code"].as_str()), (400, Some("too_many_values")));
                }
                assert_eq!(server.api.post(pages, token, most).unwrap().status, 201);
            });
        }
    });
    // 80,000 small objects of half a kilobyte each, as they came and as they were checked: 90 MB. Were the two million refused values kept,
    // it would be ten times that.
    let more = server.memory().saturating_sub(before);
    assert!(more < 160 * MEGABYTE, "{} MB more", more / MEGABYTE);
}

#[test]
fn whoever_takes_all_the_room_they_can_leaves_that_of_others() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let (token, pages) = (server.token(), server.pages());
    let key = |name: &str, role: &str, access: &str| {
        let keys = server.account(&token, name, role);
        server.api.post(&keys, &token, &json!({ "name": name, "access": access })).unwrap().text("key").to_owned()
    };
    let (greedy, other) = (key("Greedy", "editor", "write"), key("Other", "editor", "write"));
    let (greedy, second) = (server.api.exchange(&greedy).unwrap().token(), server.api.exchange(&greedy).unwrap().token());
    let nearly = (2 * MEGABYTE, 2 * MEGABYTE - 100_000);
    let mut held: Vec<_> = (0..40).map(|at| begin(&server, &pages, Some([&greedy, &second][at % 2]), nearly)).collect();
    // Forms of strangers, as long as they may be.
    let form = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded";
    held.extend((0..80).map(|_| begin_with(&server, "/sign-in", form, (512 * 1024, 500 * 1024))));
    let refused = held.iter_mut().filter_map(status).inspect(|status| assert!([503, 413].contains(status), "{status}")).count();
    assert!(refused >= 90, "{refused} were refused");
    let exchanged = server.api.exchange(&other).unwrap();
    assert_eq!(exchanged.status, 200, "a stranger's short body: {exchanged:?}");
    let other = exchanged.token();
    let mut long = page("long");
    long["content"] = content(&"x".repeat(900_000));
    for wish in [page("short"), long] {
        let made = server.api.post(&pages, &other, &wish).unwrap();
        assert_eq!(made.status, 201, "{}", made.body["message"]);
    }
    assert_eq!(server.api.post(&pages, &greedy, &page("own")).unwrap().status, 201, "a short one of the same caller");
    drop(held);
}

#[test]
fn no_body_is_read_of_whoever_may_not_write_it() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let (token, pages) = (server.token(), server.pages());
    let keys = server.account(&token, "Reader", "editor");
    let key = server.api.post(&keys, &token, &json!({ "name": "Reader", "access": "read" })).unwrap().text("key").to_owned();
    let reader = server.api.exchange(&key).unwrap().token();
    let mut refused = begin(&server, &pages, Some(&reader), (2 * MEGABYTE, 1));
    let mut head = [0; 12];
    refused.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 403");
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

#[test]
fn the_memory_in_which_passwords_are_hashed_does_not_stay() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let before = server.memory();
    std::thread::scope(|scope| {
        for guesser in 0..8 {
            let (address, server) = (server.address(), &server);
            scope.spawn(move || {
                for guess in 0..20 {
                    let form = format!("email=p{guesser}-{guess}%40press.example&password=guess");
                    let mut stream = TcpStream::connect(server.address()).unwrap();
                    let head = format!(
                        "POST /sign-in HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nAccept: text/html\r\n\
                         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                        form.len()
                    );
                    stream.write_all((head + &form).as_bytes()).unwrap();
                    let mut answer = String::new();
                    stream.read_to_string(&mut answer).unwrap();
                    assert!(["422", "429"].contains(&&answer[9..12]), "{answer}");
                }
            });
        }
    });
    let more = server.memory().saturating_sub(before);
    // Three at once, of 19 MiB each.
    assert!(more < 100 * MEGABYTE, "{} MB more", more / MEGABYTE);
}

#[allow(clippy::disallowed_methods, reason = "how long the program takes to end is measured")]
fn now() -> Instant {
    Instant::now()
}
