//! The log: moved into the database beside the writes, begun anew when all of it is moved.

use std::fs;

use stele::store::{
    engine::{Session, Sql, WriteOutcome},
    row::Value,
};

use crate::support::{Base, first, keep};

/// Bytes of a note: sixteen pages.
const LONG_NOTE: usize = 64 * 1024;
/// Notes that are more than a log ever holds before some of it is moved by the writer itself.
const MANY: i64 = 3000;

/// Writes a long note.
fn write(base: &Base, number: i64) {
    let written = base.write(move |session: &mut dyn Session| {
        let sql = Sql::fixed("INSERT INTO note (id, title, body) VALUES ($1, $1, $2)");
        keep(session.run(&sql, &[number.to_string().into(), Value::Bytes(vec![7; LONG_NOTE])]))
    });
    assert_eq!(written, WriteOutcome::Committed);
}

/// Writes until the log has begun anew; how many notes that took.
fn until_begun_anew(base: &Base, from: i64) -> i64 {
    let log = base.dir.path().join("stele.db-wal");
    let size = || fs::metadata(&log).map_or(0, |log| log.len());
    let before = size();
    let grown = |notes: i64| before + u64::try_from(notes).unwrap() * LONG_NOTE as u64;
    let found = (1..MANY).find(|notes| {
        write(base, from + notes);
        size() < grown(*notes)
    });
    found.expect("the log begins anew")
}

fn notes(base: &Base) -> i64 {
    first(base.ask("SELECT count(*) FROM note WHERE length(body) = 65536", &[]))
}

#[test]
fn a_long_log_begins_anew_while_writes_go_on() {
    let base = Base::new();
    let written = until_begun_anew(&base, 0);
    assert!(written > 200, "{written}: not before it is long");
    assert_eq!(notes(&base), written);
}

#[test]
fn a_reader_who_needs_the_log_holds_nothing_up() {
    let base = Base::new();
    write(&base, 0);
    let reader = base.raw();
    reader.execute_batch("BEGIN").unwrap();
    let seen = || reader.query_row("SELECT count(*) FROM note", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(seen(), 1);
    // Far more than the pages from which on a log is moved.
    (1..600).for_each(|number| write(&base, number));
    assert_eq!((seen(), notes(&base)), (1, 600));
    reader.execute_batch("COMMIT").unwrap();
    let more = until_begun_anew(&base, 600);
    assert_eq!((seen(), notes(&base)), (600 + more, 600 + more));
}
