//! The writer: groups, savepoints, and when it answers.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
    mpsc::channel,
};

use stele::store::{
    engine::{Engine, IndexDocument, Session, Sql, Verdict, Write, WriteOutcome},
    error::StoreError,
    sqlite::options::Options,
};

use crate::support::{Base, add, insert, keep, options};

const IDS: [&str; 20] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"];

#[test]
fn what_waits_is_committed_together() {
    let base = Base::new();
    let gate = base.hold();
    let outcomes = IDS.map(|id| base.queue(add(id)));
    drop(gate);
    for outcome in outcomes {
        assert_eq!(outcome.recv().unwrap(), WriteOutcome::Committed);
    }
    assert_eq!(base.db.commits(), 1);
    assert_eq!(base.notes(), IDS);
}

#[test]
fn a_batch_has_a_limit() {
    let base = Base::with(Options { batch: 7, ..options() });
    let gate = base.hold();
    let outcomes = IDS.map(|id| base.queue(add(id)));
    drop(gate);
    assert!(outcomes.iter().all(|outcome| outcome.recv().unwrap() == WriteOutcome::Committed));
    // 21 writes with the one that held the writer.
    assert_eq!(base.db.commits(), 3);
}

#[test]
fn done_is_called_in_order_and_after_the_commit() {
    let base = Base::new();
    let gate = base.hold();
    let (told, seen) = channel();
    for id in ["a", "b", "c"] {
        let (told, path) = (told.clone(), base.path());
        let done = move |outcome| {
            assert_eq!(outcome, WriteOutcome::Committed);
            let count = rusqlite::Connection::open(path).unwrap().query_row("SELECT count(*) FROM note", [], |row| row.get::<_, i64>(0));
            told.send((id, count.unwrap())).unwrap();
        };
        base.db.write(Write { work: Box::new(add(id)), is_rehearsal: false, done: Box::new(done) });
    }
    drop((gate, told));
    assert_eq!(seen.iter().collect::<Vec<_>>(), [("a", 3), ("b", 3), ("c", 3)]);
}

#[test]
fn what_fails_rolls_back_alone() {
    let base = Base::new();
    let gate = base.hold();
    let kept = [base.queue(add("a")), base.queue(add("z"))];
    let undone = base.queue(|session| {
        insert(session, "b").unwrap();
        Verdict::Undo
    });
    let panicked = base.queue(|session| {
        insert(session, "c").unwrap();
        panic!("no {}", "luck")
    });
    let collided = base.queue(|session| {
        insert(session, "d").unwrap();
        let again = insert(session, "a");
        assert_eq!(again, Err(StoreError::Unique("note.id".into())));
        keep(again)
    });
    // A statement that failed undoes only itself if the operation can live with it.
    let shrugged = base.queue(|session| {
        insert(session, "a").unwrap_err();
        keep(insert(session, "e"))
    });
    drop(gate);
    assert_eq!(undone.recv().unwrap(), WriteOutcome::Undone);
    assert_eq!(panicked.recv().unwrap(), WriteOutcome::Failed(StoreError::Engine("the operation panicked: no luck".into())));
    assert_eq!(collided.recv().unwrap(), WriteOutcome::Undone);
    assert_eq!(shrugged.recv().unwrap(), WriteOutcome::Committed);
    assert_eq!(kept.map(|outcome| outcome.recv().unwrap()), [WriteOutcome::Committed, WriteOutcome::Committed]);
    assert_eq!(base.notes(), ["a", "e", "z"]);
    assert_eq!(base.db.commits(), 1);
}

/// Queues a write of each of these notes, between them `other`; how often those that are kept were run.
fn runs_beside(is_rehearsal: bool, other: impl Fn(&mut dyn Session) -> Verdict + Copy + Send + 'static) -> Vec<usize> {
    let base = Base::new();
    let gate = base.hold();
    let mut queued = Vec::new();
    for id in ["a", "b", "c"] {
        let runs = Arc::new(AtomicUsize::new(0));
        let counted = runs.clone();
        let kept = base.queue(move |session| {
            counted.fetch_add(1, Ordering::Relaxed);
            keep(insert(session, id))
        });
        queued.push((runs, kept, base.queue_as(is_rehearsal, other)));
    }
    drop(gate);
    let runs = queued.into_iter().map(|(runs, kept, other)| {
        assert_eq!((kept.recv().unwrap(), other.recv().unwrap()), (WriteOutcome::Committed, WriteOutcome::Undone));
        runs.load(Ordering::Relaxed)
    });
    let runs = runs.collect();
    assert_eq!((base.notes(), base.db.commits()), (vec!["a".into(), "b".into(), "c".into()], 1));
    runs
}

#[test]
fn what_is_refused_before_it_wrote_costs_the_others_nothing() {
    assert_eq!(runs_beside(false, |_| Verdict::Undo), [1, 1, 1]);
    assert_eq!(runs_beside(false, |session| keep(insert(session, "a"))), [1, 1, 1]);
}

#[test]
fn what_is_undone_after_it_wrote_makes_those_before_it_run_again_once() {
    let late = |session: &mut dyn Session| {
        insert(session, "late").unwrap();
        Verdict::Undo
    };
    assert_eq!(runs_beside(false, late), [2, 1, 1]);
    let late = |session: &mut dyn Session| {
        session.rows(&Sql::fixed("INSERT INTO note (id, title) VALUES ('late', '') RETURNING id"), &[]).unwrap();
        Verdict::Undo
    };
    assert_eq!(runs_beside(false, late), [2, 1, 1]);
}

#[test]
fn a_rehearsal_is_undone_and_costs_the_others_nothing() {
    let rehearsal = |session: &mut dyn Session| {
        insert(session, "never").unwrap();
        Verdict::Undo
    };
    assert_eq!(runs_beside(true, rehearsal), [1, 1, 1]);
}

#[test]
fn documents_of_what_is_undone_are_not_found() {
    let base = Base::with(Options::default());
    let document = |word: &str| IndexDocument { title: word.to_owned(), ..IndexDocument::default() };
    let gate = base.hold();
    let kept = base.queue(move |session| keep(session.index("kept", &[document("boat")])));
    let undone = |is_rehearsal: bool| {
        base.queue_as(is_rehearsal, move |session| {
            session.index("undone", &[document("boat")]).unwrap();
            session.run(&Sql::fixed("DELETE FROM search_docs WHERE entry_id = 'nothing'"), &[]).unwrap();
            Verdict::Undo
        })
    };
    let (rehearsed, late) = (undone(true), undone(false));
    let twice = base
        .queue(move |session| keep(session.index("kept", &[document("boat")]).and_then(|()| session.index("last", &[document("boat")]))));
    drop(gate);
    assert_eq!([kept, twice].map(|outcome| outcome.recv().unwrap()), [WriteOutcome::Committed, WriteOutcome::Committed]);
    assert_eq!([rehearsed, late].map(|outcome| outcome.recv().unwrap()), [WriteOutcome::Undone, WriteOutcome::Undone]);
    let raw = base.raw();
    let mut found =
        raw.prepare("SELECT entry_id FROM search_index i JOIN search_docs d ON d.id = i.rowid WHERE search_index MATCH 'boat'").unwrap();
    let found: Vec<String> = found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(found, ["kept", "last"]);
}

#[test]
fn the_first_of_a_batch_rolls_back_alone_too() {
    let base = Base::new();
    let undone = base.write(|session| {
        insert(session, "a").unwrap();
        Verdict::Undo
    });
    assert_eq!(undone, WriteOutcome::Undone);
    let panicked = base.write(|session| {
        insert(session, "a").unwrap();
        panic!("stop")
    });
    assert_eq!(panicked, WriteOutcome::Failed(StoreError::Engine("the operation panicked: stop".into())));
    assert_eq!(base.db.commits(), 0);
    assert_eq!(base.write(add("a")), WriteOutcome::Committed);
    assert_eq!(base.notes(), ["a"]);
}

#[test]
fn a_commit_that_fails_costs_only_the_one_at_fault() {
    let base = Base::new();
    let gate = base.hold();
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = runs.clone();
    let good = base.queue(move |session| {
        counted.fetch_add(1, Ordering::Relaxed);
        keep(insert(session, "a"))
    });
    // Its foreign key is looked at only by COMMIT.
    let bad = base.queue(|session| keep(session.run(&Sql::fixed("INSERT INTO late (note) VALUES ('nobody')"), &[])));
    let last = base.queue(add("b"));
    drop(gate);
    assert_eq!(good.recv().unwrap(), WriteOutcome::Committed);
    assert_eq!(bad.recv().unwrap(), WriteOutcome::Failed(StoreError::Foreign));
    assert_eq!(last.recv().unwrap(), WriteOutcome::Committed);
    assert_eq!(runs.load(Ordering::Relaxed), 2, "once in the group and once alone");
    assert_eq!(base.notes(), ["a", "b"]);
}

#[test]
fn an_operation_cannot_end_the_transaction_of_others() {
    let base = Base::new();
    let gate = base.hold();
    let good = base.queue(add("a"));
    let rogue = base.queue(|session| keep(session.run(&Sql::fixed("ROLLBACK"), &[])));
    drop(gate);
    assert_eq!(good.recv().unwrap(), WriteOutcome::Committed);
    assert!(matches!(rogue.recv().unwrap(), WriteOutcome::Failed(StoreError::Engine(_))));
    assert_eq!(base.notes(), ["a"]);
}

#[test]
fn a_panic_while_telling_does_not_end_the_writer() {
    let base = Base::new();
    base.db.write(Write { work: Box::new(add("a")), is_rehearsal: false, done: Box::new(|_| panic!("deaf")) });
    assert_eq!(base.write(add("b")), WriteOutcome::Committed);
    assert_eq!(base.notes(), ["a", "b"]);
}

#[test]
fn a_full_queue_refuses_at_once() {
    let base = Base::with(Options { queue: 2, ..options() });
    let gate = base.hold();
    let waiting = [base.queue(add("a")), base.queue(add("b"))];
    let refused = base.queue(add("c")).try_recv().expect("told before the writer is free");
    assert_eq!(refused, WriteOutcome::Failed(StoreError::Busy("too many writes are waiting".into())));
    drop(gate);
    assert!(waiting.iter().all(|outcome| outcome.recv().unwrap() == WriteOutcome::Committed));
    assert_eq!(base.notes(), ["a", "b"]);
}

#[test]
fn stopping_finishes_what_is_queued() {
    let base = Base::new();
    let gate = base.hold();
    let outcomes = IDS.map(|id| base.queue(add(id)));
    std::thread::scope(|scope| {
        scope.spawn(|| base.db.stop());
        drop(gate);
    });
    assert!(outcomes.iter().all(|outcome| outcome.try_recv().unwrap() == WriteOutcome::Committed));
    assert_eq!(base.write(add("late")), WriteOutcome::Failed(StoreError::Busy("the database is closed".into())));
    assert!(!base.dir.path().join("stele.db-wal").exists(), "the log is folded into the file");
    base.db.stop();
    let again = stele::store::sqlite::Sqlite::open(&base.path(), options());
    assert!(again.is_ok(), "the lock is free again");
}

#[test]
fn the_last_owner_may_go_inside_done() {
    let Base { db, dir } = Base::new();
    let (told, outcome) = channel();
    let db = Arc::new(db);
    let owner = db.clone();
    let (gate, shut) = channel::<()>();
    let work = move |_: &mut dyn stele::store::engine::Session| {
        let _ = shut.recv();
        Verdict::Keep
    };
    let done = move |outcome| {
        assert_eq!(Arc::strong_count(&owner), 1);
        drop(owner);
        told.send(outcome).unwrap();
    };
    db.write(Write { work: Box::new(work), is_rehearsal: false, done: Box::new(done) });
    drop((db, gate));
    assert_eq!(outcome.recv(), Ok(WriteOutcome::Committed));
    drop(dir);
}
