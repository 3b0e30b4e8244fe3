//! A database from before there were operators: somebody is one.

use stele::store::sqlite::{Sqlite, options::Options, schema::MIGRATIONS};

#[test]
fn the_oldest_person_becomes_the_operator_and_sessions_say_who_signed_in() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    let before = MIGRATIONS.split_at(23 - 1).0;
    drop(Sqlite::open(&file, Options { migrations: before, fills: &[], ..Options::default() }).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.execute_batch(
        "INSERT INTO users (id, kind, name, name_fold, email, search_fold, created_at, updated_at, disabled_at) VALUES
             ('machine', 'service_account', 'M', 'm', 'm@x', 'm', 1, 1, NULL), ('gone', 'user', 'G', 'g', 'g@x', 'g', 2, 2, 3),
             ('first', 'user', 'F', 'f', 'f@x', 'f', 4, 4, NULL), ('second', 'user', 'S', 's', 's@x', 's', 5, 5, NULL);
         INSERT INTO sessions (id, token_hash, user_id, ip, user_agent, password_at, created_at, last_seen_at, expires_at) VALUES
             ('1', '1', 'second', '', '', 6, 6, 6, 99), ('2', '2', 'second', '', '', 7, 7, 7, 99);",
    )
    .unwrap();
    drop(raw);
    drop(Sqlite::open(&file, Options::default()).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    let rows = |sql: &str| {
        let mut query = raw.prepare(sql).unwrap();
        query.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect::<Vec<_>>()
    };
    assert_eq!(rows("SELECT id FROM users WHERE is_operator"), ["first"]);
    assert_eq!(rows("SELECT user_id || ' ' || signed_in_at FROM sign_ins"), ["second 7"]);
}
