//! Databases of older versions, brought up to date.

mod changes;
mod delivery;
mod key_migration;
mod operators;
mod refold;
mod singletons;

use stele::store::{
    fill::{FILLS, STATEMENTS},
    sqlite::{Sqlite, options::Options, schema::MIGRATIONS},
};

#[test]
fn a_fill_knows_the_tables_as_they_are_at_its_step() {
    assert!(FILLS.iter().map(|(step, _)| step).eq(STATEMENTS.iter().map(|(step, _)| step)));
    for (step, statements) in STATEMENTS {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("stele.db");
        let fills: Vec<_> = FILLS.iter().filter(|(number, _)| number < step).copied().collect();
        let options = Options { migrations: &MIGRATIONS[..*step], fills: fills.leak(), ..Options::default() };
        drop(Sqlite::open(&file, options).unwrap());
        let raw = rusqlite::Connection::open(&file).unwrap();
        for (name, sql) in *statements {
            raw.prepare(sql.text()).unwrap_or_else(|error| panic!("{name} of step {step}: {error}"));
        }
    }
}
