//! A backup is whole whatever is written meanwhile, forges nothing, and comes back.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
    sync::atomic::{AtomicBool, Ordering::SeqCst},
};

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};

use super::{ran, refused, served};
use crate::support::{Reply, Server, page};

fn stopped(mut server: Server) -> Value {
    server.terminate();
    server.ended();
    server.told.clone()
}

fn ask<T: rusqlite::types::FromSql>(file: &Path, sql: &str) -> T {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn made(server: &Server, token: &str, slug: &str) -> Reply {
    let made = server.api.post(&server.pages(), token, &page(slug)).unwrap();
    assert_eq!(made.status, 201, "{made:?}");
    made
}

#[test]
fn a_backup_while_pages_are_written_is_whole_and_holds_nothing_that_forges() {
    let (home, server) = served();
    let token = server.token();
    for number in 0..20 {
        made(&server, &token, &format!("before-{number}"));
    }
    let over = AtomicBool::new(false);
    let written = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut number = 0;
            while !over.load(SeqCst) {
                made(&server, &token, &format!("meanwhile-{number}"));
                number += 1;
            }
            number
        });
        for _ in 0..3 {
            ran(&home, &["backup", "copy.db"], "");
        }
        over.store(true, SeqCst);
        writer.join().unwrap()
    });
    assert!(written > 0);
    let copy = home.path().join("copy.db");
    assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(ran(&home, &["check", "--data", "copy.db"], "").contains("is sound"));
    assert_eq!(ask::<i64>(&copy, "SELECT count(*) FROM entries WHERE slug LIKE 'before-%'"), 20);
    let entries = ask::<i64>(&copy, "SELECT count(*) FROM entries");
    let meanwhile = ask::<i64>(&copy, "SELECT count(*) FROM entries WHERE slug LIKE 'meanwhile-%'");
    assert!(meanwhile <= written, "{meanwhile} of {written}");
    assert_eq!(ask::<i64>(&copy, "SELECT count(*) FROM versions"), entries, "each with its version: of one moment");
    for table in ["signing_keys", "sessions", "deliveries"] {
        assert_eq!(ask::<i64>(&copy, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    let bytes = fs::read(&copy).unwrap();
    let db = Connection::open_with_flags(home.data(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut secrets = db.prepare("SELECT secret FROM signing_keys UNION ALL SELECT secret FROM instance").unwrap();
    let secrets: Vec<Vec<u8>> = secrets.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(secrets.len() >= 3 && secrets.iter().all(|secret| secret.len() >= 32));
    assert!(!secrets.iter().any(|secret| bytes.windows(secret.len()).any(|window| window == secret)), "a secret is in the backup");
    let names: Vec<_> = fs::read_dir(home.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.contains("part") || name.starts_with("copy.db-")), "{names:?}");
}

#[test]
fn a_restore_brings_back_what_was_and_says_what_is_alive_again() {
    let (home, server) = served();
    let token = server.token();
    let kept = made(&server, &token, "kept");
    let keys = server.account(&token, "Importer", "editor");
    let key = server.api.post(&keys, &token, &json!({"name": "nightly"})).unwrap();
    ran(&home, &["backup", "copy.db"], "");
    made(&server, &token, "later");
    let revoked = server.api.post(&format!("{}/api-keys/{}/revoke", server.org(), key.text("id")), &token, &json!({})).unwrap();
    assert_eq!(revoked.status, 201, "{revoked:?}");
    assert!(refused(&home, &["restore", "copy.db"], "").contains("is in use by stele serve"));
    let told = stopped(server);
    let said = ran(&home, &["restore", "copy.db"], "");
    assert!(said.contains("alive again") && said.contains("is kept in"), "{said}");
    home.check();
    let before = fs::read_dir(home.path()).unwrap().map(|file| file.unwrap().path());
    // Where a reader was still there at the end, the log is kept beside it.
    let is_kept = |name: &str| name.contains("stele.db.replaced-") && !name.ends_with("-wal") && !name.ends_with("-shm");
    let before: Vec<_> = before.filter(|path| is_kept(&path.to_string_lossy())).collect();
    assert_eq!(before.len(), 1, "{before:?}");
    assert_eq!(ask::<i64>(&before[0], "SELECT count(*) FROM entries WHERE slug = 'later'"), 1, "what was there is still there");

    let server = Server::serve(&home, &told);
    assert_eq!(server.api.get("/me", &token).unwrap().status, 401, "a token of before is void");
    let fresh = server.token();
    assert_eq!(server.api.get(&format!("{}/{}", server.pages(), kept.text("id")), &fresh).unwrap().status, 200);
    assert_eq!(server.api.get(&server.pages(), &fresh).unwrap().body["meta"]["total"], 1, "what came later is gone");
    assert_eq!(server.api.exchange(key.text("key")).unwrap().status, 200, "it is alive again");

    stopped(server);
    let said = ran(&home, &["restore", "copy.db", "--end-keys", "--end-sessions"], "");
    assert!(said.contains("API keys were revoked") && !said.contains("alive again"), "{said}");
    let server = Server::serve(&home, &told);
    for key in [key.text("key"), server.text("serviceKey")] {
        assert_eq!(server.api.exchange(key).unwrap().refusal(), (401, "key_revoked"));
    }
}

#[test]
fn a_backup_that_is_put_in_place_by_hand_gets_secrets_of_its_own() {
    let (home, server) = served();
    let token = server.token();
    ran(&home, &["backup", "copy.db"], "");
    let told = stopped(server);
    fs::rename(home.path().join("copy.db"), home.data()).unwrap();
    let server = Server::serve(&home, &told);
    assert_eq!(server.api.get("/me", &token).unwrap().status, 401);
    assert_eq!(server.api.get("/me", &server.token()).unwrap().status, 200);
    stopped(server);
    assert_eq!(ask::<i64>(&home.data(), "SELECT length(secret) FROM instance"), 32);
}

#[test]
fn a_backup_streams_and_leaves_nothing_behind() {
    let (home, server) = served();
    made(&server, &server.token(), "one");
    let out = home.stele(&["backup", "-"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    fs::write(home.path().join("streamed.db"), &out.stdout).unwrap();
    assert!(ran(&home, &["check", "--data", "streamed.db"], "").contains("is sound"));
    assert_eq!(ask::<i64>(&home.path().join("streamed.db"), "SELECT count(*) FROM entries WHERE slug IS NOT NULL"), 1);
    let names: Vec<_> = fs::read_dir(home.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.contains("backup")), "{names:?}");
}

#[test]
fn what_is_no_backup_is_not_restored_and_nothing_is_replaced() {
    let (home, server) = served();
    ran(&home, &["backup", "copy.db"], "");
    stopped(server);
    let before = fs::read(home.data()).unwrap();
    let (torn, text) = (home.path().join("torn.db"), home.path().join("text"));
    for (name, more) in
        [("trigger.db", "TRIGGER more AFTER INSERT ON users BEGIN DELETE FROM users; END"), ("view.db", "VIEW more AS SELECT 1")]
    {
        fs::copy(home.path().join("copy.db"), home.path().join(name)).unwrap();
        Connection::open(home.path().join(name)).unwrap().execute_batch(&format!("CREATE {more}")).unwrap();
    }
    assert!(Command::new("mkfifo").arg(home.path().join("pipe")).status().unwrap().success());
    let mut bytes = fs::read(home.path().join("copy.db")).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 8192].fill(0xff);
    fs::write(&torn, &bytes).unwrap();
    fs::write(&text, "hello").unwrap();
    for (from, word) in [
        ("torn.db", "damaged"),
        ("text", "is not a database"),
        ("none.db", "No such file"),
        ("trigger.db", "trigger more of users"),
        ("view.db", "view more"),
        ("pipe", "is not a database"),
    ] {
        let said = refused(&home, &["restore", from], "");
        assert!(said.contains(word), "{said}");
    }
    assert_eq!(fs::read(home.data()).unwrap(), before);
    assert!(refused(&home, &["backup", "nowhere/copy.db"], "").contains("No such file"));
    let _ = fs::remove_file(home.data());
    assert!(refused(&home, &["backup", "copy2.db"], "").contains("No such file"));
    assert!(!home.path().join("copy2.db").exists());
}

#[test]
fn a_server_makes_backups_by_itself_and_warns_of_a_file_that_others_may_read() {
    let (home, server) = served();
    let told = stopped(server);
    fs::set_permissions(home.data(), fs::Permissions::from_mode(0o644)).unwrap();
    let folder = home.path().join("backups");
    let server = Server::serve_backed_up(&home, &told, &folder);
    let there = || fs::read_dir(&folder).into_iter().flatten().map(|file| file.unwrap().path()).collect::<Vec<_>>();
    // It is made at the first look, beside the requests; each request is a moment more, and a disk may be busy for many.
    let made = (0..20_000).find_map(|_| {
        server.token();
        assert!(!home.logged().contains("there is no new backup"), "{}", home.logged());
        there().into_iter().find(|file| file.extension().is_some_and(|end| end == "db"))
    });
    let made = made.unwrap_or_else(|| panic!("no backup, but {:?}: {}", there(), home.logged()));
    assert_eq!(there(), [made.as_path()], "nothing else is left there");
    assert!(made.file_name().unwrap().to_string_lossy().starts_with("stele-20"), "{made:?}");
    assert!(ran(&home, &["check", "--data", made.to_str().unwrap()], "").contains("is sound"));
    assert!(home.logged().contains("others on this machine may read the database"), "{}", home.logged());
}

#[test]
fn no_command_writes_over_the_database_that_it_reads() {
    let (home, server) = served();
    made(&server, &server.token(), "kept");
    fs::hard_link(home.data(), home.path().join("other.db")).unwrap();
    let own = ["stele.db", "stele.db-wal", "stele.db-shm", "stele.db.lock", "stele.db.sock", "./stele.db", "other.db"];
    for name in own {
        for args in [&["backup", name][..], &["export", "northwind-press/northwind-site", "-o", name]] {
            let said = refused(&home, args, "");
            assert!(said.contains("is a file of the database itself"), "{args:?}: {said}");
        }
    }
    stopped(server);
    // Its log is not there now, and would be played into it once it is.
    let _ = fs::remove_file(home.path().join("other.db"));
    assert!(
        !home.path().join("stele.db-wal").exists() && refused(&home, &["backup", "stele.db-wal"], "").contains("of the database itself")
    );
    home.check();
    assert_eq!(ask::<i64>(&home.data(), "SELECT count(*) FROM entries WHERE slug = 'kept'"), 1);
}

#[test]
fn each_restore_keeps_what_was_there_also_within_one_second() {
    let (home, server) = served();
    ran(&home, &["backup", "copy.db"], "");
    made(&server, &server.token(), "later");
    stopped(server);
    for _ in 0..4 {
        ran(&home, &["restore", "copy.db"], "");
    }
    let kept = fs::read_dir(home.path()).unwrap().map(|file| file.unwrap().path());
    let kept: Vec<_> = kept.filter(|path| path.to_string_lossy().contains("stele.db.replaced-")).collect();
    let later = kept.iter().filter(|path| ask::<i64>(path, "SELECT count(*) FROM entries WHERE slug = 'later'") == 1).count();
    assert_eq!((kept.len(), later), (4, 1), "{kept:?}");
    home.check();
}
