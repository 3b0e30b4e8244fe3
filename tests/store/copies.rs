//! Snapshots, and going back to one while the database is in use.

use std::fs;

use rusqlite::Connection;
use stele::store::{
    engine::{Engine, Sql, Verdict, WriteOutcome},
    error::StoreError,
    sqlite::{Sqlite, backup, options::Options},
};

use crate::support::{Base, SCHEMA, add, options};

#[test]
fn a_snapshot_is_one_sound_file_of_one_moment() {
    let base = Base::new();
    base.write(add("a"));
    let to = base.dir.path().join("copy.db");
    fs::write(&to, "an older copy").unwrap();
    fs::write(base.dir.path().join("copy.db.part"), "of a copy that was killed").unwrap();
    base.db.snapshot(&to).unwrap();
    base.write(add("b"));
    let names: Vec<_> = fs::read_dir(base.dir.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("copy")).collect::<Vec<_>>(), ["copy.db"]);
    assert_eq!(Sqlite::check(&to), Vec::<String>::new());
    let ids = Connection::open(&to).unwrap().query_row("SELECT group_concat(id) FROM note", [], |row| row.get::<_, String>(0));
    assert_eq!(ids.unwrap(), "a");
}

#[test]
fn a_snapshot_that_cannot_be_written_says_so() {
    let base = Base::new();
    let missing = base.dir.path().join("missing/copy.db");
    assert!(matches!(base.db.snapshot(&missing), Err(StoreError::Busy(cause)) if cause.contains("No such file")));
    assert_eq!(base.write(add("a")), WriteOutcome::Committed);
}

#[test]
fn restoring_brings_the_old_content_back_into_the_live_database() {
    let base = Base::new();
    let copy = base.dir.path().join("copy.db");
    base.write(add("a"));
    base.db.snapshot(&copy).unwrap();
    for round in 0..3 {
        base.write(add("b"));
        base.write(|session| {
            session.run(&Sql::fixed("DELETE FROM note WHERE id = 'a'"), &[]).unwrap();
            Verdict::Keep
        });
        assert_eq!(base.notes(), ["b"], "round {round}");
        base.db
            .read(&mut |session| {
                let count = |session: &mut dyn stele::store::engine::Session| {
                    session.rows(&Sql::fixed("SELECT id FROM note WHERE id = 'b'"), &[]).unwrap().len()
                };
                assert_eq!(count(session), 1);
                base.db.restore(&copy).unwrap();
                assert_eq!(count(session), 1, "a read that began before keeps its moment");
            })
            .unwrap();
        assert_eq!(base.notes(), ["a"], "round {round}");
    }
    assert_eq!(base.write(add("c")), WriteOutcome::Committed);
    base.db.stop();
    assert_eq!(Sqlite::check(&base.path()), Vec::<String>::new());
    assert_eq!(base.db.restore(&copy), Err(StoreError::Busy("the database is closed".into())));
}

#[test]
fn what_is_queued_comes_before_a_restore() {
    let base = Base::new();
    let copy = base.dir.path().join("copy.db");
    base.db.snapshot(&copy).unwrap();
    let gate = base.hold();
    let before = base.queue(add("a"));
    std::thread::scope(|scope| {
        let restored = scope.spawn(|| base.db.restore(&copy));
        drop(gate);
        assert_eq!(restored.join().unwrap(), Ok(()));
    });
    assert_eq!(before.recv().unwrap(), WriteOutcome::Committed);
    assert_eq!(base.notes(), Vec::<String>::new());
}

#[test]
fn an_older_snapshot_is_brought_up_to_date() {
    const MORE: &[&str] = &[SCHEMA[0], "CREATE TABLE more (id TEXT) STRICT"];
    let old = Base::new();
    let copy = old.dir.path().join("copy.db");
    old.write(add("old"));
    old.db.snapshot(&copy).unwrap();
    let base = Base::with(Options { migrations: MORE, ..Options::default() });
    base.db.restore(&copy).unwrap();
    assert_eq!(base.notes(), ["old"]);
    assert_eq!(base.ask("SELECT id FROM more", &[]).unwrap().len(), 0);
    // The other way round it is refused, and nothing is lost.
    base.db.snapshot(&copy).unwrap();
    assert!(matches!(old.db.restore(&copy), Err(StoreError::Engine(cause)) if cause.contains("newer version")));
    assert_eq!(old.notes(), ["old"]);
}

#[test]
fn what_is_no_snapshot_is_refused() {
    let base = Base::with(options());
    base.write(add("a"));
    let [text, empty, theirs, gone] = ["text", "empty.db", "theirs.db", "gone"].map(|name| base.dir.path().join(name));
    fs::write(&text, "hello").unwrap();
    fs::write(&empty, "").unwrap();
    Connection::open(&theirs).unwrap().execute_batch("CREATE TABLE theirs (id)").unwrap();
    for (from, word) in [(text, "not a database"), (empty, "not a database"), (theirs, "not a Stele database"), (gone, "No such file")] {
        assert!(matches!(base.db.restore(&from), Err(StoreError::Engine(cause)) if cause.contains(word)));
    }
    assert_eq!(base.notes(), ["a"]);
}

#[test]
fn the_folder_that_a_database_is_restored_into_is_made() {
    let base = Base::with(Options::default());
    let to = base.dir.path().join("new/stele.db");
    let copy = base.dir.path().join("copy.db");
    base.db.snapshot(&copy).unwrap();
    let made = backup::copy_beside(&copy, &to).unwrap();
    assert_eq!(made.parent(), to.parent());
    let refused = backup::copy_beside(&copy, &base.dir.path().join("other/more/stele.db")).unwrap_err();
    assert!(refused.contains("/other in which") && !base.dir.path().join("other").exists(), "{refused}");
}

#[test]
fn a_database_that_cannot_be_replaced_stays_where_it_was() {
    let base = Base::new();
    base.write(add("a"));
    base.db.stop();
    let (path, kept) = (base.path(), base.dir.path().join("kept.db"));
    drop(base.db);
    assert!(backup::replace(&path, &base.dir.path().join("missing.db"), &kept).is_err_and(|why| why.contains("No such file")));
    assert!(path.exists() && !kept.exists());
    assert_eq!(Sqlite::check(&path), Vec::<String>::new());
}
