//! The file of a running server is moved, deleted, opened by another name or locked by another program: what was acknowledged
//! is stored, and nothing else is acknowledged.

use std::fs;

use rusqlite::{Connection, OpenFlags};

use crate::support::{Home, Reply, Server, page};

fn make(server: &Server, token: &str, slug: &str) -> Reply {
    server.api.post(&server.pages(), token, &page(slug)).unwrap()
}

/// The slugs of all pages in a file.
fn slugs(path: &std::path::Path) -> Vec<String> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut found = db.prepare("SELECT slug FROM entries WHERE slug IS NOT NULL ORDER BY slug").unwrap();
    found.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn a_server_whose_file_is_away_acknowledges_nothing_until_it_is_back() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let token = server.token();
    assert_eq!(make(&server, &token, "before").status, 201);
    let away = home.path().join("away.db");
    fs::rename(home.data(), &away).unwrap();
    let refused = make(&server, &token, "away");
    assert_eq!((refused.refusal(), refused.retry_after.as_str()), ((503, "database_moved"), "5"), "{refused:?}");
    assert!(refused.text("message").contains("moved, replaced or deleted"), "{refused:?}");
    fs::rename(&away, home.data()).unwrap();
    assert_eq!(make(&server, &token, "after").status, 201, "back at once");
    fs::remove_file(home.data()).unwrap();
    assert_eq!(make(&server, &token, "deleted").refusal(), (503, "database_moved"));
}

#[test]
fn no_other_program_gets_in_by_another_name_or_without_the_lock_file() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    let token = server.token();
    assert_eq!(make(&server, &token, "first").status, 201);
    let refused = |path: &std::path::Path, who: &str| {
        let done = home.stele(&["restore", "nothing.db", "--data", path.to_str().unwrap()]);
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success() && said.contains(&format!("is in use by {who}")), "{said}");
    };
    refused(&home.data(), "stele sandbox (process ");
    let other = home.path().join("other.db");
    fs::hard_link(home.data(), &other).unwrap();
    refused(&other, "another process");
    fs::remove_file(home.path().join("stele.db.lock")).unwrap();
    refused(&home.data(), "another process");
    // A look at it takes nothing away either, whatever the program closes.
    home.check();
    drop(slugs(&home.data()));
    assert_eq!(make(&server, &token, "second").status, 201);
    server.kill();
    assert_eq!(slugs(&home.data()), ["first", "second"]);
}

/// Waits for what happens within a second, for some more where the machine is busy.
#[allow(clippy::disallowed_methods, reason = "that it does not take for ever is the promise")]
fn within_seconds(done: impl Fn() -> bool) {
    let begun = std::time::Instant::now();
    while !done() {
        assert!(begun.elapsed().as_secs() < 10, "it takes too long");
        std::thread::yield_now();
    }
}

#[test]
fn a_plain_copy_of_a_quiet_server_is_whole() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    let token = server.token();
    for slug in ["a", "b", "c"] {
        assert_eq!(make(&server, &token, slug).status, 201);
    }
    let log = home.path().join("stele.db-wal");
    let empty = || fs::metadata(&log).unwrap().len() == 0;
    within_seconds(empty);
    let copy = home.path().join("copy.db");
    fs::copy(home.data(), &copy).unwrap();
    assert_eq!(slugs(&copy), ["a", "b", "c"]);
    // The next one finds what was not moved, and moves it without a write.
    assert_eq!(make(&server, &token, "d").status, 201);
    let told = server.told.clone();
    server.kill();
    assert!(!empty());
    let _server = Server::serve(&home, &told);
    within_seconds(empty);
    fs::copy(home.data(), &copy).unwrap();
    assert_eq!(slugs(&copy), ["a", "b", "c", "d"]);
}

#[test]
fn a_write_lock_of_another_program_refuses_writes_and_no_more() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let token = server.token();
    assert_eq!(make(&server, &token, "before").status, 201);
    let other = Connection::open(home.data()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = make(&server, &token, "locked");
    assert_eq!((refused.status, refused.text("code"), refused.retry_after.as_str()), (503, "UNAVAILABLE", "5"), "{refused:?}");
    assert_eq!(server.api.get("/whoami", &token).unwrap().status, 200, "reads go on");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(make(&server, &token, "after").status, 201, "back at once");
    assert_eq!(slugs(&home.data()), ["after", "before"], "nothing of what was refused is stored");
}
