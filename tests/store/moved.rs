//! A database file that is moved, replaced, deleted, copied or opened by another name while it is in use.

use std::{fs, os::unix::fs::MetadataExt, path::Path, process::Command, sync::mpsc::channel, thread};

use rusqlite::Connection;
use stele::store::{
    engine::{Engine, Session, Write, WriteOutcome},
    error::StoreError,
    sqlite::{Refusal, Sqlite, options::Options},
};

use crate::support::{Base, add, options};

fn is_moved(outcome: &WriteOutcome, word: &str) -> bool {
    matches!(outcome, WriteOutcome::Failed(StoreError::Moved(what)) if what.contains(word))
}

/// Copies as an operator does: a process that closes a descriptor of the file would lose its locks.
fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").args([from, to]).status().unwrap().success());
}

/// The ids in a file, looked at as any program would.
fn ids(path: &Path) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let mut found = db.prepare("SELECT id FROM note ORDER BY id").unwrap();
    found.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn nothing_is_stored_in_a_file_that_is_gone_and_again_once_it_is_back() {
    let base = Base::new();
    assert_eq!(base.write(add("a")), WriteOutcome::Committed);
    assert_eq!(base.notes(), ["a"]);
    let away = base.dir.path().join("away.db");
    fs::rename(base.path(), &away).unwrap();
    assert!(is_moved(&base.write(add("b")), "moved or deleted"));
    assert_eq!(base.notes(), ["a"], "reads go on");
    copy(&away, &base.path());
    assert!(is_moved(&base.write(add("b")), "replaced"));
    base.db.read(&mut |_| assert!(matches!(base.db.read(&mut |_| ()), Err(StoreError::Moved(_))), "nobody reads the other")).unwrap();
    fs::rename(&away, base.path()).unwrap();
    assert_eq!(base.write(add("c")), WriteOutcome::Committed);
    assert_eq!(base.notes(), ["a", "c"]);
    fs::remove_file(base.path()).unwrap();
    assert!(is_moved(&base.write(add("d")), "moved or deleted"));
}

#[test]
fn what_was_moved_while_it_was_written_is_not_acknowledged() {
    let base = Base::new();
    let (from, away) = (base.path(), base.dir.path().join("away.db"));
    let mut b = add("b");
    let outcome = base.write(move |session| {
        let verdict = b(session);
        // A second run finds it away already.
        let _ = fs::rename(&from, &away);
        verdict
    });
    assert!(is_moved(&outcome, "moved or deleted"));
    assert_eq!(base.write(add("c")), outcome, "nor is what comes after");
}

#[test]
fn a_log_that_is_gone_takes_nothing() {
    for end in ["-wal", "-shm"] {
        let base = Base::new();
        assert_eq!(base.write(add("a")), WriteOutcome::Committed);
        fs::remove_file(base.dir.path().join(format!("stele.db{end}"))).unwrap();
        assert!(is_moved(&base.write(add("b")), end));
        let (path, Base { db, dir }) = (base.path(), base);
        drop(db);
        assert_eq!(ids(&path), ["a"], "what was acknowledged before is moved into the database");
        drop(dir);
    }
}

#[test]
fn another_name_and_a_removed_lock_file_let_nobody_in() {
    let base = Base::with(Options { who: "stele serve".into(), ..options() });
    base.write(add("a"));
    let other = base.dir.path().join("other.db");
    fs::hard_link(base.path(), &other).unwrap();
    fs::remove_file(base.dir.path().join("stele.db.lock")).unwrap();
    for path in [&other, &base.path()] {
        let refusal = Sqlite::open(path, options()).err().expect("it must be refused").refusal;
        assert_eq!(refusal, Refusal::InUse("another process".into()));
    }
    // Nor is one let in that takes the place of a database in use.
    let second = Base::with(Options { who: "stele serve".into(), ..options() });
    fs::rename(second.path(), second.dir.path().join("away.db")).unwrap();
    let refusal = Sqlite::open(&second.path(), options()).err().expect("it must be refused").refusal;
    assert!(matches!(refusal, Refusal::InUse(who) if who.starts_with("stele serve")));
}

/// Whether this process holds a lock of SQLite on the file. The system tells locks in pieces, and one that others release
/// meanwhile makes it skip a line; a lock that was lost does not come back, however often one looks.
fn is_locked(path: &Path) -> bool {
    let (pid, inode) = (std::process::id().to_string(), fs::metadata(path).unwrap().ino().to_string());
    let is_told = |line: &str| line.contains("POSIX") && line.contains(&format!(" {pid} ")) && line.contains(&format!(":{inode} "));
    (0..20).any(|_| fs::read_to_string("/proc/locks").unwrap().lines().any(is_told))
}

#[test]
fn a_refused_opening_and_a_check_leave_the_locks_of_the_owner() {
    let base = Base::new();
    base.write(add("a"));
    assert!(is_locked(&base.path()), "this test sees locks");
    assert!(Sqlite::open(&base.path(), options()).is_err());
    assert_eq!(Sqlite::check(&base.path()), Vec::<String>::new());
    base.db.snapshot(&base.dir.path().join("copy.db")).unwrap();
    assert!(is_locked(&base.path()));
}

#[test]
fn the_lock_stays_until_the_last_reader_is_done() {
    let base = Base::new();
    base.db
        .read(&mut |_| {
            base.db.stop();
            assert!(matches!(Sqlite::open(&base.path(), options()), Err(error) if matches!(error.refusal, Refusal::InUse(_))));
        })
        .unwrap();
    assert!(Sqlite::open(&base.path(), options()).is_ok());
}

/// Waits for what happens within a second, for some more where the machine is busy.
#[allow(clippy::disallowed_methods, reason = "that it does not take for ever is the promise")]
fn within_seconds(done: impl Fn() -> bool) {
    let begun = std::time::Instant::now();
    while !done() {
        assert!(begun.elapsed().as_secs() < 10, "it takes too long");
        thread::yield_now();
    }
}

#[test]
fn when_writes_pause_the_file_alone_is_whole() {
    let base = Base::new();
    let [log, copy] = ["stele.db-wal", "copy.db"].map(|name| base.dir.path().join(name));
    let empty = || fs::metadata(&log).unwrap().len() == 0;
    for round in [&["a"][..], &["a", "b"]] {
        assert_eq!(base.write(add(round.last().unwrap())), WriteOutcome::Committed);
        // Readers leave their snapshots open, which must not keep the log.
        base.notes();
        within_seconds(empty);
        self::copy(&base.path(), &copy);
        assert_eq!(ids(&copy), round);
    }
    // One that reads for long keeps no write waiting, and the log is cut when it is done.
    base.db
        .read(&mut |_| {
            assert_eq!(base.write(add("c")), WriteOutcome::Committed);
            assert!(!empty());
        })
        .unwrap();
    within_seconds(empty);
    assert_eq!(base.notes(), ["a", "b", "c"]);
}

#[test]
fn what_was_committed_is_not_run_again_though_its_file_was_away() {
    let base = Base::new();
    let (from, away) = (base.path(), base.dir.path().join("away.db"));
    let (told, outcomes) = channel();
    let gate = base.hold();
    let (back, first, home) = (away.clone(), told.clone(), from.clone());
    let done = move |outcome| {
        // It is back before the other is told.
        fs::rename(&back, &home).unwrap();
        first.send(outcome).unwrap();
    };
    base.db.write(Write { work: Box::new(add("b")), is_rehearsal: false, done: Box::new(done) });
    let (mut c, mut runs) = (add("c"), 0);
    let work = move |session: &mut dyn Session| {
        runs += 1;
        assert_eq!(runs, 1, "it is committed");
        let verdict = c(session);
        fs::rename(&from, &away).unwrap();
        verdict
    };
    base.db.write(Write { work: Box::new(work), is_rehearsal: false, done: Box::new(move |outcome| told.send(outcome).unwrap()) });
    drop(gate);
    let outcomes: Vec<_> = outcomes.iter().collect();
    assert!(outcomes.len() == 2 && outcomes.iter().all(|outcome| is_moved(outcome, "moved or deleted")), "{outcomes:?}");
}

#[test]
fn reads_wait_for_a_connection_rather_than_open_without_end() {
    let base = Base::with(Options { readers: 2, ..options() });
    let (open, most) = (parking_lot::Mutex::new((0, 0)), 20);
    let (told, done) = channel();
    thread::scope(|scope| {
        for _ in 0..most {
            let told = told.clone();
            let (open, base) = (&open, &base);
            scope.spawn(move || {
                let read = base.db.read(&mut |_| {
                    let now = {
                        let mut open = open.lock();
                        open.0 += 1;
                        open.1 = open.1.max(open.0);
                        open.0
                    };
                    assert!(now <= 2);
                    thread::yield_now();
                    open.lock().0 -= 1;
                });
                told.send(read).unwrap();
            });
        }
    });
    assert!(done.iter().take(most).all(|read| read == Ok(())));
    let real = fs::canonicalize(base.path()).unwrap();
    let descriptors =
        fs::read_dir("/proc/self/fd").unwrap().filter(|one| fs::read_link(one.as_ref().unwrap().path()).is_ok_and(|to| to == real));
    assert!(descriptors.count() <= 5, "the lock, the writer, what moves the log, and two readers");
}
