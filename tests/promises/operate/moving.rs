//! Projects exported and imported by commands, while a server has the database, without one, and when it is killed in the midst of it.

use std::fs;

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use super::{ran, refused, served};
use crate::support::{Home, Server, page};

const DEMO: &str = "northwind-press/northwind-site";

/// How many rows there are, as a reader beside the server sees it.
fn count(home: &Home, sql: &str) -> i64 {
    let read = Connection::open_with_flags(home.data(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    read.query_row(sql, [], |row| row.get(0)).unwrap_or_default()
}

const VISIBLE: &str = "SELECT count(*) FROM projects WHERE deleted_at IS NULL";
const ARRIVING: &str = "SELECT count(*) FROM entries e JOIN projects p ON p.id = e.project_id WHERE p.deleted_at IS NOT NULL";

/// A server whose project has three pages.
fn filled() -> (Home, Server) {
    let (home, server) = served();
    let token = server.token();
    for slug in ["one", "two", "three"] {
        assert_eq!(server.api.post(&server.pages(), &token, &page(slug)).unwrap().status, 201);
    }
    (home, server)
}

#[test]
fn a_project_goes_from_one_instance_to_another_with_its_content() {
    let (home, server) = filled();
    assert!(ran(&home, &["export", DEMO, "--output", "site.jsonl"], "").is_empty());
    let archive = fs::read_to_string(home.path().join("site.jsonl")).unwrap();
    assert_eq!(ran(&home, &["export", DEMO], "").lines().skip(1).collect::<Vec<_>>(), archive.lines().skip(1).collect::<Vec<_>>());

    assert_eq!(archive.matches("\"contentType\":\"website_page\"").count(), 3);
    drop(server);

    let other = Home::new();
    fs::write(other.path().join("site.jsonl"), &archive).unwrap();
    ran(&other, &["user", "create", "--email", "you@press.example", "--name", "You"], "a long passphrase\n");
    ran(&other, &["org", "create", "--name", "Press", "--owner", "you@press.example"], "");
    let tried = ran(&other, &["import", "site.jsonl", "--into", "press", "--dry-run"], "");
    assert_eq!((tried.as_str(), count(&other, VISIBLE)), ("Northwind site would be made", 0));
    assert!(ran(&other, &["import", "site.jsonl", "--into", "press"], "").ends_with("northwind-site  Northwind site"));
    let _server = Server::serve(&other, &json!({}));
    assert!(ran(&other, &["import", "site.jsonl", "--into", "press", "--name", "Again"], "").ends_with("again  Again"), "by the server");
    let entries = |archive: &str| archive.lines().filter(|line| line.starts_with("{\"entry\"")).count();
    for project in ["press/northwind-site", "press/again"] {
        assert_eq!(entries(&ran(&other, &["export", project], "")), entries(&archive), "{project}");
    }
    other.check();
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence() {
    let (home, _server) = served();
    fs::write(home.path().join("wrong.jsonl"), "hello\n").unwrap();
    assert!(
        refused(&home, &["import", "wrong.jsonl", "--into", "northwind-press"], "")
            .contains("Line 1: It is not the beginning of an archive.")
    );
    assert!(refused(&home, &["import", "wrong.jsonl", "--into", "nobody"], "").contains("no organization with the slug nobody"));
    assert!(refused(&home, &["import", "missing.jsonl", "--into", "northwind-press"], "").contains("missing.jsonl cannot be read"));
    assert!(refused(&home, &["export", "northwind-press/other"], "").contains("there is no project northwind-press/other"));
    assert!(refused(&home, &["export", "northwind-site"], "").contains("two slugs"));
    let before = count(&home, VISIBLE);
    fs::create_dir(home.path().join("empty")).unwrap();
    fs::write(home.path().join("empty").join("notes.txt"), "not a page").unwrap();
    for more in [&["--dry-run"][..], &[]] {
        let command = [&["import", "empty", "--into", "northwind-press"], more].concat();
        assert!(refused(&home, &command, "").contains("empty holds no page that could be imported"));
    }
    assert_eq!(count(&home, VISIBLE), before);
}

#[test]
fn a_server_that_is_killed_in_the_midst_of_an_import_has_no_project_of_it() {
    let (home, mut server) = filled();
    let archive = ran(&home, &["export", DEMO], "");
    let (lines, page) = (archive.lines().collect::<Vec<_>>(), "\"contentType\":\"website_page\"");
    let first: Value = serde_json::from_str(lines.iter().find(|line| line.contains(page)).unwrap()).unwrap();
    let of = |name: &str| lines.iter().filter(|line| line.starts_with(&format!("{{\"{name}\""))).count();
    let mut long = format!("{}\n", lines[..lines.len() - 1].join("\n"));
    for n in 0..20_000 {
        let mut page = first.clone();
        page["entry"]["id"] = json!(format!("0190a1b2-0000-7000-8000-{n:012}"));
        page["entry"]["slug"] = json!(format!("copy-{n}"));
        long.push_str(&format!("{page}\n"));
    }
    let end = json!({
        "apps": of("app"), "entries": of("entry") + 20_000, "redirects": of("redirect"),
        "folders": of("folder"), "files": of("file"), "brandings": of("branding"), "domains": of("domain"),
    });
    long.push_str(&format!("{}\n", json!({ "end": end })));
    fs::write(home.path().join("long.jsonl"), &long).unwrap();

    let before = count(&home, VISIBLE);
    std::thread::scope(|scope| {
        let importing = scope.spawn(|| refused(&home, &["import", "long.jsonl", "--into", "northwind-press", "--name", "Killed"], ""));
        while count(&home, ARRIVING) < 200 {
            std::thread::yield_now();
        }
        server.kill();
        assert!(importing.join().unwrap().contains("the server"), "it says that it got no answer");
    });
    let told = server.told.clone();
    let _server = Server::serve(&home, &told);
    assert!(count(&home, ARRIVING) >= 200, "it was in the midst of it");
    assert_eq!(count(&home, VISIBLE), before);
    assert!(refused(&home, &["export", "northwind-press/killed"], "").contains("there is no project"));
    home.check();
}

#[test]
fn a_folder_of_markdown_becomes_a_project_with_a_report() {
    let (home, server) = served();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/markdown/hugo");
    let tried = home.stele(&["import", folder, "--into", "northwind-press", "--dry-run"]);
    let told = String::from_utf8(tried.stderr).unwrap();
    assert_eq!(String::from_utf8(tried.stdout).unwrap().trim_end(), "Harbour notes would be made");
    for what in [
        "4 pages and posts, 4 redirects, in en, fr",
        "shortcodes (figure): content/about.md",
        "files ending in png: content/posts/tides/chart.png",
    ] {
        assert!(told.contains(what), "{what}: {told}");
    }
    assert!(ran(&home, &["import", folder, "--into", "northwind-press"], "").ends_with("harbour-notes  Harbour notes"));
    assert_eq!(ran(&home, &["export", "northwind-press/harbour-notes"], "").matches("\"slug\":\"tides\"").count(), 1);
    drop(server);
}

#[test]
fn a_file_that_cannot_be_taken_stops_no_other_and_no_terminal_obeys_it() {
    let (home, server) = served();
    let folder = home.path().join("notes");
    fs::create_dir_all(folder.join("content")).unwrap();
    let page = |name: &str, text: &[u8]| fs::write(folder.join("content").join(name), text).unwrap();
    page("good.md", b"---\ntitle: Good\nslug: same\n---\nGood.\n");
    page("latin.md", b"---\ntitle: Caf\xe9\n---\nx\n");
    let long = format!("---\ntitle: Long\nslug: same\naliases: [\"/{}\", \"/blog%2Fold\", \"/Old\"]\n---\nx\n", "x".repeat(600));
    page("long.md", long.as_bytes());
    page("\u{1b}]0;owned\u{7}.png", b"x");
    for n in 0..3_000 {
        page(&format!("n{n}.md"), format!("---\ntitle: N{n}\nslug: same\n---\nx\n").as_bytes());
    }
    let tried = home.stele(&["import", folder.to_str().unwrap(), "--into", "northwind-press", "--dry-run"]);
    let told = String::from_utf8(tried.stderr).unwrap();
    assert!(tried.status.success(), "{told}");
    for what in [
        "3002 pages and posts, 1 redirects",
        "files that cannot be read: content/latin.md (",
        "addresses that cannot lead on: /xxx",
        "/blog%2Fold (content/long.md)",
    ] {
        assert!(told.contains(what), "{what}: {told}");
    }
    assert!(told.contains("owned") && !told.contains(['\u{1b}', '\u{7}']), "{told:?}");
    drop(server);
}
