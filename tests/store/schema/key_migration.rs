//! Keys of an older file: which of them were revoked, and which only had a grace period.

use rusqlite::Connection;
use stele::store::sqlite::{Sqlite, options::Options, schema::MIGRATIONS};

/// The schema in which one column said both.
const BEFORE: usize = 8;

#[test]
fn an_end_that_was_decided_stays_one_and_a_grace_period_becomes_a_moment() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("old.db");
    drop(Sqlite::open(&path, Options { migrations: &MIGRATIONS[..BEFORE], ..Options::default() }).unwrap());
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch(
        "INSERT INTO users (id, kind, name, email, search_fold, created_at, updated_at) VALUES ('u', 'user', 'U', 'u@x', 'u', 0, 0);
         INSERT INTO organizations (id, name, slug, owner_id, key_expiry_required, personal_keys_allowed, created_at, updated_at)
             VALUES ('o', 'O', 'o', 'u', 0, 1, 0, 0);",
    )
    .unwrap();
    // Id, revoked at, why, what it replaces, made at.
    for (id, revoked, why, replaces, made) in [
        ("alive", None, None, None, 1),
        ("revoked", Some(50), Some("Lost"), None, 1),
        ("at once", Some(60), Some("Regenerated"), None, 1),
        ("its successor", None, None, Some("at once"), 60),
        ("in grace", Some(9_000_000_000_000_000_i64), Some("Regenerated"), None, 1),
        ("the next", None, None, Some("in grace"), 70),
        ("after grace", Some(90), Some("Regenerated"), None, 1),
        ("another", None, None, Some("after grace"), 80),
        ("cut short", Some(95), Some("Lost"), None, 1),
        ("the last", None, None, Some("cut short"), 80),
    ] {
        let sql = "INSERT INTO api_keys (id, organization_id, owner_id, name, name_fold, hash, display, access, revoked_at, revoke_reason,
                   replaces, created_at) VALUES ($1, 'o', 'u', 'k', 'k', $1, 'k', 'read', $2, $3, $4, $5)";
        raw.execute(sql, (id, revoked, why, replaces, made)).unwrap();
    }
    drop(raw);
    drop(Sqlite::open(&path, Options::default()).unwrap());
    let raw = Connection::open(&path).unwrap();
    let ends = |id: &str| {
        let sql = "SELECT revoked_at, grace_ends_at FROM api_keys WHERE id = $1";
        raw.query_row(sql, [id], |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?))).unwrap()
    };
    assert_eq!(ends("alive"), (None, None));
    assert_eq!(ends("revoked"), (Some(50), None));
    assert_eq!(ends("at once"), (Some(60), None));
    assert_eq!(ends("in grace"), (None, Some(9_000_000_000_000_000)));
    assert_eq!(ends("after grace"), (None, Some(90)));
    assert_eq!(ends("cut short"), (Some(95), None));
    assert_eq!(ends("its successor"), (None, None));
}
