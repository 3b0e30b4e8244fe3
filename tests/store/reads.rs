//! Readers: a snapshot each, no writing, and the settings of every connection.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Barrier,
};

use stele::store::{
    engine::{Engine, Session, Sql, Verdict, WriteOutcome},
    error::StoreError,
    sqlite::options::Options,
};

use crate::support::{Base, add, first, insert, options};

fn count(session: &mut dyn Session) -> i64 {
    first(session.rows(&Sql::fixed("SELECT count(*) FROM note"), &[]))
}

#[test]
fn a_read_sees_one_moment() {
    let base = Base::new();
    base.write(add("a"));
    base.db
        .read(&mut |session| {
            assert_eq!(count(session), 1);
            assert_eq!(base.write(add("b")), WriteOutcome::Committed);
            assert_eq!(count(session), 1, "what is committed meanwhile stays unseen");
            // A read inside has a connection, and a moment, of its own.
            base.db.read(&mut |inner| assert_eq!(count(inner), 2)).unwrap();
        })
        .unwrap();
    base.db.read(&mut |session| assert_eq!(count(session), 2)).unwrap();
}

#[test]
fn a_reader_cannot_write() {
    let base = Base::new();
    base.db
        .read(&mut |session| {
            assert!(matches!(insert(session, "a"), Err(StoreError::Busy(cause)) if cause.contains("readonly")));
            assert_eq!(count(session), 0, "and it can still read");
        })
        .unwrap();
    assert_eq!(base.write(add("a")), WriteOutcome::Committed);
}

#[test]
fn a_panic_inside_a_read_spoils_nothing() {
    let base = Base::new();
    base.write(add("a"));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        base.db.read(&mut |session| {
            count(session);
            panic!("stop")
        })
    }));
    assert!(panicked.is_err());
    base.write(add("b"));
    // Its transaction is not still open on the connection that comes next.
    base.db.read(&mut |session| assert_eq!(count(session), 2)).unwrap();
}

#[test]
fn readers_work_side_by_side() {
    let base = Base::with(Options { readers: 9, ..options() });
    base.write(add("a"));
    // As many as there may be, all inside a read at the same time, and again on those that were kept.
    for _ in 0..3 {
        let meet = Barrier::new(9);
        std::thread::scope(|scope| {
            for _ in 0..9 {
                scope.spawn(|| {
                    base.db
                        .read(&mut |session| {
                            meet.wait();
                            assert_eq!(count(session), 1);
                        })
                        .unwrap();
                });
            }
        });
    }
}

#[test]
fn reading_goes_on_after_the_writer_stopped() {
    let base = Base::new();
    base.write(add("a"));
    base.db.stop();
    assert_eq!(base.notes(), ["a"]);
}

/// Settings that both kinds of connection have.
const SETTINGS: [(&str, i64); 8] = [
    ("PRAGMA synchronous", 2),
    ("PRAGMA foreign_keys", 1),
    ("PRAGMA busy_timeout", 5000),
    ("PRAGMA temp_store", 2),
    ("PRAGMA cache_size", -4096),
    ("PRAGMA journal_size_limit", -1),
    ("PRAGMA wal_autocheckpoint", 0),
    ("PRAGMA trusted_schema", 0),
];

fn check_settings(session: &mut dyn Session, query_only: i64) {
    for (text, expected) in SETTINGS {
        assert_eq!(first(session.rows(&Sql::fixed(text), &[])), expected, "{text}");
    }
    assert_eq!(first(session.rows(&Sql::fixed("PRAGMA query_only"), &[])), query_only);
    let mut mode = session.rows(&Sql::fixed("PRAGMA journal_mode"), &[]).unwrap();
    assert_eq!(mode.remove(0).take::<String>("pragma", "journal_mode").unwrap(), "wal");
    // A misspelt column is an error, not a text.
    assert!(matches!(session.rows(&Sql::fixed("SELECT \"idd\" FROM note"), &[]), Err(StoreError::Engine(_))));
}

#[test]
fn every_connection_has_its_settings() {
    let base = Base::new();
    let written = base.write(|session| {
        check_settings(session, 0);
        Verdict::Keep
    });
    assert_eq!(written, WriteOutcome::Committed);
    base.db
        .read(&mut |outer| {
            check_settings(outer, 1);
            base.db.read(&mut |inner| check_settings(inner, 1)).unwrap();
        })
        .unwrap();
}
