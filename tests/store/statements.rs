//! Every statement of the store is prepared against the real schema, and so is every list in every order.

use rusqlite::Connection;
use stele::store::{self, sql, sqlite::Options};

use crate::support::Base;

/// Prepares a statement and returns what is wrong with it.
fn fault(db: &Connection, name: &str, text: &str) -> Option<String> {
    db.prepare(text).err().map(|error| format!("{name}: {error}"))
}

#[test]
fn every_statement_is_understood_by_the_database() {
    let base = Base::with(Options::default());
    let db = base.raw();
    let all: Vec<_> = store::statements().collect();
    assert!(all.len() > 80, "only {} statements were found", all.len());
    let faults: Vec<_> = all.iter().filter_map(|(file, name, sql)| fault(&db, &format!("{file}::{name}"), sql.text())).collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_list_is_understood_in_every_order_and_with_every_filter() {
    let base = Base::with(Options::default());
    let db = base.raw();
    let mut prepared = 0;
    for (spec, table) in store::lists() {
        for text in sql::every_list(spec, table, &[]).unwrap() {
            assert_eq!(fault(&db, table.from, text.text()), None);
            prepared += 1;
        }
    }
    assert!(prepared > 60, "only {prepared} lists were prepared");
}

#[test]
fn a_wrong_statement_would_be_noticed() {
    let base = Base::with(Options::default());
    assert!(fault(&base.raw(), "wrong", "SELECT nothing FROM nowhere").is_some());
}
