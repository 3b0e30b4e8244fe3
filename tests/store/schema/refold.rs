//! A database of an older version: its texts are folded anew when it is brought up to date.

use stele::store::sqlite::{Sqlite, options::Options, schema::MIGRATIONS};

/// The steps before the folding came.
const OLD: &[&str] = MIGRATIONS.split_at(12 - 1).0;

#[test]
fn what_was_stored_before_is_folded_as_what_is_stored_now() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    drop(Sqlite::open(&file, Options { migrations: OLD, fills: &[], ..Options::default() }).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.execute_batch(
        "INSERT INTO users (id, kind, name, email, search_fold, created_at, updated_at)
             VALUES ('u', 'user', 'Żółć Straße', 'a@b.example', 'old', 0, 0);
         INSERT INTO organizations (id, name, slug, owner_id, key_expiry_required, personal_keys_allowed, created_at, updated_at)
             VALUES ('o', 'ÉLAN', 'elan', 'u', 0, 1, 0, 0);
         INSERT INTO notifications (id, user_id, title, body, type, status, data, created_at, updated_at)
             VALUES ('n', 'u', 'Œuvre', NULL, 'x', 'unread', '{}', 0, 0);",
    )
    .unwrap();
    let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1203)
        INSERT INTO activities (id, actor_type, actor_name, action, resource_type, resource_name, created_at)
        SELECT 'a' || i, 'user', 'Ærø', 'made', 'page', 'L’Été ' || i, 0 FROM n";
    raw.execute_batch(many).unwrap();
    drop(raw);
    drop(Sqlite::open(&file, Options::default()).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    let text = |sql: &str| raw.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(text("SELECT search_fold || '/' || name_fold FROM users"), "zolc strasse a@b.example/zolc strasse");
    assert_eq!(text("SELECT name_fold FROM organizations"), "elan");
    assert_eq!(text("SELECT search_fold FROM notifications"), "oeuvre ");
    let folded = "SELECT CAST(COUNT(*) AS TEXT) FROM activities WHERE search_fold LIKE 'made l''ete %' AND actor_fold LIKE 'aero%'";
    assert_eq!(text(folded), "1203", "more than are read at once");
}

#[test]
fn addresses_that_were_stored_before_have_the_form_in_which_they_are_looked_for() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    let before = MIGRATIONS.split_at(16 - 1).0;
    drop(Sqlite::open(&file, Options { migrations: before, fills: &[], ..Options::default() }).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    for (id, email) in [("1", "ｋim@example.com"), ("2", "kim@xn--bcher-kva.example"), ("3", "ｌee@example.com"), ("4", "lee@example.com")]
    {
        let user = "INSERT INTO users (id, kind, name, name_fold, email, search_fold, created_at, updated_at)
            VALUES (?1, 'user', 'Kim', 'kim', ?2, 'old', 0, 0)";
        raw.execute(user, [id, email]).unwrap();
    }
    drop(raw);
    drop(Sqlite::open(&file, Options::default()).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    let text = |id: &str| {
        raw.query_row("SELECT email || '/' || search_fold FROM users WHERE id = ?1", [id], |row| row.get::<_, String>(0)).unwrap()
    };
    assert_eq!(text("1"), "kim@example.com/kim kim@example.com");
    assert_eq!(text("2"), "kim@bücher.example/kim kim@bucher.example");
    assert_eq!((text("3").as_str(), text("4").as_str()), ("ｌee@example.com/old", "lee@example.com/old"), "of two, nobody loses theirs");
}
