//! A full disk: writes are refused in plain words, reads go on, nothing is half-written, and room is enough to go on.

use reqwest::Method;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use crate::support::{Home, Reply, Server, page};

/// Room for the server to start, and for some pages in the log of the database.
const BLOCKS: u32 = 512;
/// More writes than fit, whatever the size of a block.
const TRIES: usize = 2_000;

/// Asks until ten in a row are refused for want of room; what was done, in order.
fn until_refused(mut ask: impl FnMut(usize) -> Reply) -> Vec<Value> {
    let (mut done, mut refused) = (Vec::new(), 0);
    for number in 0..TRIES {
        let reply = ask(number);
        if reply.status < 300 {
            done.push(reply.body);
            refused = 0;
        } else {
            is_refused(&reply);
            refused += 1;
        }
        if refused == 10 {
            return done;
        }
    }
    panic!("{TRIES} writes fitted");
}

/// Makes pages from several threads until no more fit, so that what fits and what does not is written together.
fn fill(server: &Server, token: &str, name: &str) -> Vec<Value> {
    let write = |writer: usize| {
        until_refused(|number| server.api.post(&server.pages(), token, &page(&format!("{name}-{writer}-{number}"))).unwrap())
    };
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..3).map(|writer| scope.spawn(move || write(writer))).collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    })
}

/// Refused because nothing can be stored, and it says no more than that.
fn is_refused(reply: &Reply) {
    let told = "The server cannot store anything right now. Nothing was changed; try again later.";
    assert_eq!((reply.status, reply.text("code"), reply.text("message")), (503, "UNAVAILABLE", told), "{reply:?}");
    let mut keys: Vec<_> = reply.body.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["code", "message", "requestId"]);
}

/// Exactly these pages are there, each as it was answered for, and of each create and change one version and one activity.
fn holds(server: &Server, home: &Home, token: &str, pages: &[Value], changes: usize) {
    let list = server.api.get(&format!("{}?lite=true", server.pages()), token).unwrap();
    assert_eq!((list.status, &list.body["meta"]["total"]), (200, &json!(pages.len())));
    for one in pages {
        let found = server.api.get(&format!("{}/{}", server.pages(), one["id"].as_str().unwrap()), token).unwrap();
        assert_eq!((found.status, &found.body), (200, one));
    }
    let db = Connection::open_with_flags(home.data(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    // What each website has by itself has no address.
    for (sql, wanted) in [
        ("SELECT COUNT(*) FROM entries WHERE slug IS NOT NULL", pages.len()),
        ("SELECT COUNT(*) FROM versions v JOIN entries e ON e.id = v.entry_id WHERE e.slug IS NOT NULL", pages.len() + changes),
        ("SELECT COUNT(*) FROM activities WHERE action LIKE 'entry.%'", pages.len() + changes),
    ] {
        assert_eq!(db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), i64::try_from(wanted).unwrap(), "{sql}");
    }
}

/// A database with an empty website, and what the sandbox told of it.
fn prepared(home: &Home) -> Value {
    let mut server = Server::sandbox(home);
    server.terminate();
    assert!(server.ended().success(), "{}", home.logged());
    server.told.clone()
}

#[test]
fn a_full_disk_refuses_writes_and_serves_reads_until_there_is_room() {
    let home = Home::new();
    let told = prepared(&home);
    let mut server = Server::serve_within(&home, &told, BLOCKS);
    let token = server.token();
    let mut made = fill(&server, &token, "full");
    assert!(!made.is_empty(), "no page fitted");
    holds(&server, &home, &token, &made, 0);
    // Smaller writes may fit yet, until they do not either.
    let one = format!("{}/{}", server.pages(), made[0]["id"].as_str().unwrap());
    let change = |number| json!({"name": format!("Changed {number}")});
    let changed = until_refused(|number| server.api.call(Method::PATCH, &one, Some(&token), Some(&change(number))).unwrap());
    made[0] = changed.last().unwrap_or(&made[0]).clone();
    let accounts = format!("{}/service-accounts", server.org());
    let account = |number| json!({"name": format!("New {number}"), "role": "viewer"});
    until_refused(|number| server.api.post(&accounts, &token, &account(number)).unwrap());
    holds(&server, &home, &token, &made, changed.len());
    // What only reads needs no room, not even the exchange of a key, though its use is to be written.
    assert_eq!(server.api.get("/whoami", &server.token()).unwrap().status, 200);

    server.make_room();
    for number in 0..20 {
        let reply = server.api.post(&server.pages(), &token, &page(&format!("room-{number}"))).unwrap();
        assert_eq!(reply.status, 201, "{reply:?}");
        made.push(reply.body);
    }
    holds(&server, &home, &token, &made, changed.len());
    server.terminate();
    assert!(server.ended().success(), "{}", home.logged());
    home.check();
}

#[test]
fn a_server_killed_or_stopped_on_a_full_disk_has_all_it_answered_for() {
    let home = Home::new();
    let told = prepared(&home);
    let mut server = Server::serve_within(&home, &told, BLOCKS);
    let token = server.token();
    let mut made = fill(&server, &token, "before");
    server.kill();

    // Still no room: it starts, and reads.
    let mut server = Server::serve_within(&home, &told, BLOCKS);
    holds(&server, &home, &token, &made, 0);
    made.extend(fill(&server, &token, "again"));
    holds(&server, &home, &token, &made, 0);
    server.terminate();
    assert!(server.ended().success(), "{}", home.logged());
    home.check();

    let server = Server::serve(&home, &told);
    holds(&server, &home, &token, &made, 0);
    let reply = server.api.post(&server.pages(), &token, &page("room")).unwrap();
    assert_eq!(reply.status, 201, "{reply:?}");
    made.push(reply.body);
    holds(&server, &home, &token, &made, 0);
}
