//! A database in which the outbox held e-mails alone: what waited there waits still.

use stele::store::sqlite::{Sqlite, options::Options, schema::MIGRATIONS};

#[test]
fn emails_that_waited_are_deliveries_that_wait() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    let before = MIGRATIONS.split_at(20 - 1).0;
    drop(Sqlite::open(&file, Options { migrations: before, fills: &[], ..Options::default() }).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.execute_batch(
        "INSERT INTO letters (id, recipient, subject, body, attempts, due_at, created_at, link_kind, link_of, link_until)
             VALUES ('1', 'a@b.example', 'One', 'Say \"hello\"' || CHAR(10) || CHAR(1), 2, 30, 10, 'reset', 'u', 40);
         WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 1020)
             INSERT INTO letters (id, recipient, subject, body, attempts, due_at, created_at) SELECT i, 'c@d.example', 'More', 'Text', 0, 20, 20 FROM n;",
    )
    .unwrap();
    drop(raw);
    drop(Sqlite::open(&file, Options::default()).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    let text = |sql: &str| raw.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(
        text(
            "SELECT channel || '/' || state || '/' || recipient || '/' || title || '/' || attempts || '/' || due_at || '/' || created_at || '/'
                    || about_kind || '/' || about_id || '/' || about_until FROM deliveries WHERE id = '1'"
        ),
        "email/queued/a@b.example/One/2/30/10/reset/u/40"
    );
    assert_eq!(text("SELECT payload FROM deliveries WHERE id = '1'"), r#"{"body":"Say \"hello\"\n\u0001"}"#);
    let others =
        "SELECT CAST(COUNT(*) AS TEXT) FROM deliveries WHERE payload = '{\"body\":\"Text\"}' AND about_kind IS NULL AND ended_at IS NULL";
    assert_eq!(text(others), "1011", "more than are read at once");
}
