//! A full disk, a file that turned read-only, a damaged file.

use std::{
    fs::File,
    io::{Seek, SeekFrom, Write},
};

use stele::store::{
    engine::{Engine, Session, Sql, Verdict, WriteOutcome},
    error::StoreError,
    row::Value,
    sqlite::Sqlite,
};

use crate::support::{Base, add, first, insert, keep};

/// Lets the database have so many pages; to SQLite a limit that is reached is a full disk.
fn limit(base: &Base, sql: &'static str) {
    let outcome = base.write(move |session| keep(session.rows(&Sql::fixed(sql), &[])));
    assert_eq!(outcome, WriteOutcome::Committed);
}

fn fill(session: &mut dyn Session) -> Result<usize, StoreError> {
    session.run(&Sql::fixed("INSERT INTO note (id, title, body) VALUES ('big', '', $1)"), &[Value::Bytes(vec![7; 1 << 20])])
}

fn is_full(outcome: &WriteOutcome) -> bool {
    matches!(outcome, WriteOutcome::Failed(StoreError::Busy(cause)) if cause.contains("full"))
}

#[test]
fn a_full_disk_stops_only_what_does_not_fit() {
    let base = Base::new();
    limit(&base, "PRAGMA max_page_count = 40");
    let gate = base.hold();
    let small = [base.queue(add("a")), base.queue(add("b"))];
    let big = base.queue(|session| {
        insert(session, "before").unwrap();
        let full = fill(session);
        assert!(matches!(full, Err(StoreError::Busy(_))));
        // SQLite has ended the transaction: what follows may not be written on its own.
        assert_eq!(insert(session, "after"), full);
        Verdict::Keep
    });
    let last = base.queue(add("c"));
    drop(gate);
    assert_eq!(small.map(|outcome| outcome.recv().unwrap()), [WriteOutcome::Committed, WriteOutcome::Committed]);
    assert!(is_full(&big.recv().unwrap()));
    assert_eq!(last.recv().unwrap(), WriteOutcome::Committed);
    assert_eq!(base.notes(), ["a", "b", "c"]);

    let undone = base.write(|session| keep(fill(session)));
    assert_eq!(undone, WriteOutcome::Undone, "an operation that gives up by itself answers for itself");

    limit(&base, "PRAGMA max_page_count = 100000");
    assert_eq!(base.write(|session| keep(fill(session))), WriteOutcome::Committed);
    assert_eq!(base.notes(), ["a", "b", "big", "c"]);
    assert_eq!(Sqlite::check(&base.path()), Vec::<String>::new());
}

#[test]
fn a_read_only_file_refuses_writes_and_serves_reads() {
    let base = Base::new();
    base.write(add("a"));
    limit(&base, "PRAGMA query_only = ON");
    let refused = base.write(add("b"));
    assert!(matches!(&refused, WriteOutcome::Failed(StoreError::Busy(cause)) if cause.contains("readonly")), "{refused:?}");
    assert_eq!(base.notes(), ["a"]);
}

#[test]
fn a_lock_of_another_program_is_waited_for() {
    let base = Base::new();
    let other = base.raw();
    other.execute_batch("BEGIN IMMEDIATE; INSERT INTO note (id, title) VALUES ('theirs', '')").unwrap();
    let waiting = base.queue(add("ours"));
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(waiting.recv().unwrap(), WriteOutcome::Committed);
    assert_eq!(base.notes(), ["ours", "theirs"]);
}

#[test]
fn a_check_finds_damage_and_dangling_references() {
    let base = Base::new();
    base.write(add("a"));
    base.raw().execute_batch("PRAGMA foreign_keys=OFF; INSERT INTO tag (note, word) VALUES ('nobody', 'x')").unwrap();
    let found = Sqlite::check(&base.path());
    assert_eq!(found, ["row 1 of tag refers to a row of note that does not exist"]);

    let root: i64 = first(base.ask("SELECT rootpage FROM sqlite_schema WHERE name = 'note'", &[]));
    base.db.stop();
    let mut file = File::options().write(true).open(base.path()).unwrap();
    file.seek(SeekFrom::Start((root as u64 - 1) * 4096)).unwrap();
    file.write_all(&[0; 200]).unwrap();
    drop(file);
    let found = Sqlite::check(&base.path());
    assert!(!found.is_empty());
    assert_ne!(found, ["row 1 of tag refers to a row of note that does not exist"]);
}
