//! Which files are opened, which are refused and left alone, and how a schema moves forward.

use std::{fs, path::Path};

use rusqlite::Connection;
use stele::store::{
    engine::WriteOutcome,
    sqlite::{Refusal, Sqlite, options::Options, schema},
};

use crate::support::{Base, SCHEMA, add, first, options};

fn steps(migrations: &'static [&'static str]) -> Options {
    Options { migrations, ..Options::default() }
}

/// What is wrong with the file, once as value and once as sentence; its bytes must stay.
fn refused(path: &Path, options: Options) -> (Refusal, String) {
    let before = fs::read(path).ok();
    let error = Sqlite::open(path, options).err().expect("it must be refused");
    assert_eq!(fs::read(path).ok(), before, "a refused file is left untouched");
    (error.refusal.clone(), error.to_string())
}

const ONE: &[&str] = &["CREATE TABLE one (id TEXT PRIMARY KEY) STRICT; INSERT INTO one VALUES ('kept')"];
const TWO: &[&str] = &[ONE[0], "CREATE TABLE two (id TEXT PRIMARY KEY REFERENCES one (id)) STRICT; INSERT INTO two SELECT id FROM one"];
const BROKEN: &[&str] = &[TWO[0], TWO[1], "CREATE TABLE three (id TEXT) STRICT; INSERT INTO nowhere DEFAULT VALUES"];
const DANGLING: &[&str] = &[TWO[0], TWO[1], "DELETE FROM one"];

#[test]
fn the_real_schema_opens_and_opens_again() {
    let base = Base::with(Options::default());
    let version = || first(base.ask("PRAGMA user_version", &[]));
    assert_eq!(version(), schema::MIGRATIONS.len() as i64);
    assert_eq!(first(base.ask("PRAGMA application_id", &[])), schema::APPLICATION_ID);
    let (path, Base { db, dir }) = (base.path(), base);
    drop(db);
    drop(Sqlite::open(&path, Options::default()).unwrap());
    assert_eq!(Sqlite::check(&path), Vec::<String>::new());
    drop(dir);
}

#[test]
fn compacting_gives_room_back_and_is_for_whoever_has_the_file_alone() {
    let base = Base::with(Options::default());
    let long = "x".repeat(2_000_000);
    let path = base.path();
    let refused = Sqlite::compact(&path, "a test").unwrap_err();
    assert!(matches!(refused.refusal, Refusal::InUse(_)), "{refused}");
    let Base { db, dir } = base;
    drop(db);
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch("CREATE TABLE long (text TEXT) STRICT").unwrap();
    raw.execute("INSERT INTO long VALUES (?1)", [&long]).unwrap();
    raw.execute_batch("DROP TABLE long").unwrap();
    drop(raw);
    let [before, after] = Sqlite::compact(&path, "a test").unwrap();
    assert!(before > 2_000_000 && after < before - 1_900_000, "{before} {after}");
    assert_eq!((Sqlite::check(&path), fs::metadata(&path).unwrap().len()), (Vec::new(), after));
    assert!(Sqlite::compact(&dir.path().join("none.db"), "a test").is_err() && !dir.path().join("none.db").exists());
}

#[test]
fn an_old_file_moves_forward() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.db");
    drop(Sqlite::open(&path, steps(ONE)).unwrap());
    drop(Sqlite::open(&path, steps(TWO)).unwrap());
    let raw = Connection::open(&path).unwrap();
    assert_eq!(raw.query_row("SELECT id FROM two", [], |row| row.get::<_, String>(0)).unwrap(), "kept");
    assert_eq!(raw.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap(), 2);
}

#[test]
fn a_step_that_fails_leaves_the_version_before() {
    for (broken, word) in [(BROKEN, "nowhere"), (DANGLING, "two refers to a row of one")] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("old.db");
        drop(Sqlite::open(&path, steps(ONE)).unwrap());
        let error = Sqlite::open(&path, steps(broken)).err().unwrap();
        assert!(matches!(&error.refusal, Refusal::Migration(3, cause) if cause.contains(word)), "{error}");
        let raw = Connection::open(&path).unwrap();
        assert_eq!(raw.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap(), 2, "step 2 stays");
        assert_eq!(raw.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'three'", [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        assert_eq!(raw.query_row("SELECT count(*) FROM one", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
        drop(raw);
        drop(Sqlite::open(&path, steps(TWO)).unwrap());
    }
}

#[test]
fn a_newer_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("new.db");
    drop(Sqlite::open(&path, steps(TWO)).unwrap());
    let (refusal, sentence) = refused(&path, steps(ONE));
    assert_eq!(refusal, Refusal::Newer { found: 2, known: 1 });
    assert!(sentence.contains("has version 2, this program knows up to 1"), "{sentence}");
}

#[test]
fn a_database_in_use_says_by_whom() {
    let base = Base::with(Options { who: "stele serve".into(), ..options() });
    let who = format!("stele serve (process {})", std::process::id());
    let (refusal, sentence) = refused(&base.path(), options());
    assert_eq!(refusal, Refusal::InUse(who.clone()));
    assert!(sentence.contains(&format!("is in use by {who}.")), "{sentence}");
    // Nor by a detour, nor does the attempt disturb its owner.
    let detour = base.dir.path().join("detour.db");
    std::os::unix::fs::symlink(base.path(), &detour).unwrap();
    assert_eq!(refused(&detour, options()).0, Refusal::InUse(who));
    assert_eq!(base.write(add("a")), WriteOutcome::Committed);
    let (path, Base { db, dir }) = (base.path(), base);
    drop(db);
    assert!(Sqlite::open(&path, options()).is_ok(), "its owner is gone");
    drop(dir);
}

#[test]
fn what_is_not_a_database_is_left_untouched() {
    let long = "SQLite format 3 is a nice title. ".repeat(400);
    for content in ["x", "SQLite format 3\0", &long[..100], &long[..511], &long[..512], &long[..4095], &long, &"\0".repeat(8192)] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("letter.txt");
        fs::write(&path, content).unwrap();
        let (refusal, sentence) = refused(&path, options());
        assert_eq!(refusal, Refusal::NotDatabase);
        assert!(sentence.contains("is not a database"), "{sentence}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "and nothing appears beside it");
        assert_eq!(Sqlite::check(&path), [sentence]);
    }
}

#[test]
fn a_database_of_another_program_is_left_untouched() {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("tables.db", "CREATE TABLE theirs (id)"),
        ("version.db", "PRAGMA user_version=1"),
        ("label.db", "PRAGMA application_id=7; CREATE TABLE theirs (id)"),
    ] {
        let path = dir.path().join(name);
        Connection::open(&path).unwrap().execute_batch(content).unwrap();
        let (refusal, sentence) = refused(&path, options());
        assert_eq!(refusal, Refusal::Foreign);
        assert!(sentence.contains("is not a Stele database"), "{sentence}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3, "nothing appears beside them");
}

#[test]
fn the_log_of_another_program_is_left_where_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (live, path) = (dir.path().join("live.db"), dir.path().join("theirs.db"));
    let theirs = Connection::open(&live).unwrap();
    theirs.execute_batch("PRAGMA journal_mode=WAL; CREATE TABLE theirs (id)").unwrap();
    // As if their program had been killed: all that it wrote is still in the log.
    for end in ["", "-wal"] {
        fs::copy(dir.path().join(format!("live.db{end}")), dir.path().join(format!("theirs.db{end}"))).unwrap();
    }
    let log = fs::read(dir.path().join("theirs.db-wal")).unwrap();
    assert_eq!(refused(&path, options()).0, Refusal::Foreign);
    assert_eq!(fs::read(dir.path().join("theirs.db-wal")).unwrap(), log);
}

#[test]
fn a_database_that_was_killed_at_its_first_start_opens() {
    let base = Base::new();
    assert_eq!(base.write(add("a")), WriteOutcome::Committed);
    let path = base.dir.path().join("killed.db");
    for end in ["", "-wal"] {
        fs::copy(base.dir.path().join(format!("stele.db{end}")), base.dir.path().join(format!("killed.db{end}"))).unwrap();
    }
    drop(Sqlite::open(&path, options()).unwrap());
    let raw = Connection::open(&path).unwrap();
    assert_eq!(raw.query_row("SELECT id FROM note", [], |row| row.get::<_, String>(0)).unwrap(), "a");
}

#[test]
fn only_its_owner_may_read_a_new_database() {
    use std::os::unix::fs::MetadataExt;
    let base = Base::new();
    base.write(add("a"));
    base.db.snapshot(&base.dir.path().join("copy.db")).unwrap();
    for name in ["stele.db", "stele.db-wal", "stele.db-shm", "copy.db"] {
        assert_eq!(fs::metadata(base.dir.path().join(name)).unwrap().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_folder_of_a_new_database_is_made_for_its_owner_alone() {
    use std::os::unix::fs::MetadataExt as _;

    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("data");
    assert!(Sqlite::open(&folder.join("stele.db"), steps(SCHEMA)).is_ok());
    assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);
    let gone = dir.path().join("gone/stele.db");
    assert!(!Sqlite::check(&gone).is_empty() && !dir.path().join("gone").exists(), "a check makes nothing");
}

#[test]
fn an_empty_file_becomes_a_database() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("empty.db");
    fs::write(&path, "").unwrap();
    assert!(Sqlite::open(&path, steps(SCHEMA)).is_ok());
}

#[test]
fn a_path_that_cannot_be_opened_says_why() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    for (path, cause) in [
        (dir.path().join("missing/more/stele.db"), "/missing in which"),
        (dir.path().to_owned(), "it is a folder; name a file in it, as "),
        (dir.path().join("file/stele.db"), "Not a directory"),
    ] {
        let (refusal, sentence) = refused(&path, options());
        assert!(matches!(refusal, Refusal::Cannot(_)));
        assert!(sentence.contains(cause), "{sentence}");
    }
    assert!(!dir.path().join("missing").exists(), "a path that is more likely wrong makes nothing");
    let missing = dir.path().join("missing.db");
    assert!(Sqlite::check(&missing)[0].contains("No such file or directory"));
    assert!(!missing.exists(), "a check makes nothing");
}
