//! A database that turned read-only while the server runs.
//!
//! A file system that turns read-only cannot be had without special rights, and to the superuser no file is read-only; but
//! SQLite answers the same when the writer's own connection may only read. A full disk is in `tests/promises/disk.rs`.

use std::sync::mpsc::channel;

use serde_json::{Value, json};
use stele::store::engine::{Engine, Session, Sql, Verdict, Write, WriteOutcome};

use crate::support::{Server, Site, page};

/// Takes the right to write from the writer, for as long as the server runs.
fn make_read_only(server: &Server) {
    let (told, outcome) = channel();
    let work = |session: &mut dyn Session| {
        session.rows(&Sql::fixed("PRAGMA query_only = ON"), &[]).unwrap();
        Verdict::Keep
    };
    server.engine.write(Write { work: Box::new(work), is_rehearsal: false, done: Box::new(move |outcome| told.send(outcome).unwrap()) });
    assert_eq!(outcome.recv().unwrap(), WriteOutcome::Committed);
}

#[test]
fn a_read_only_database_refuses_writes_and_serves_reads() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("kept"));
    let one = format!("{}/{}", site.pages(), made["id"].as_str().unwrap());
    let keys = format!("/organizations/{}/api-keys", site.here.org);
    let all = || {
        [&one, &site.pages(), &keys, &format!("{}/urls", site.project())].map(|path| {
            let found = site.get(path);
            assert_eq!(found.status, 200, "{}", found.body);
            // The last use of the key that asks is noted meanwhile.
            if *path == keys { found.body["meta"].clone() } else { found.body }
        })
    };
    let before = all();
    make_read_only(&site.server);
    for (method, path, body) in [
        ("POST", site.pages(), page("new")),
        ("PATCH", one.clone(), json!({ "name": "New" })),
        ("DELETE", one.clone(), Value::Null),
        ("POST", format!("/organizations/{}/projects", site.here.org), json!({ "name": "New" })),
        ("POST", format!("{keys}/{}/revoke", site.admin.key), json!({})),
    ] {
        let refused = site.ask(method, &path, Some(&body).filter(|body| !body.is_null()));
        assert_eq!((refused.status, &refused.body["code"]), (503, &json!("UNAVAILABLE")), "{method} {path}: {}", refused.body);
        assert_eq!(refused.message(), "The server cannot store anything right now. Nothing was changed; try again later.");
        assert!(!refused.header("retry-after").is_empty() && refused.body["requestId"].is_string());
    }
    assert_eq!(all(), before);
    assert_eq!(site.get(&site.pages()).status, 200, "the key that could not be revoked lives");
    assert_eq!(site.server.exchange(&site.admin.secret).status, 200);
    let Site { server, dir, here, admin, token } = site;
    drop(server);
    let site = Site { server: Server::start(&dir.path().join("stele.db")), dir, here, admin, token };
    assert_eq!(site.get(&one).body, made);
    site.change(&one, &json!({ "name": "New" }));
    site.make(&site.pages(), &page("new"));
}
