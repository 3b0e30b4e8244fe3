//! What was published before changes were numbered.

use stele::store::sqlite::{Sqlite, options::Options, schema::MIGRATIONS};

/// The steps before the numbers came, and with them.
const OLD: &[&str] = MIGRATIONS.split_at(34 - 1).0;
const NEW: &[&str] = MIGRATIONS.split_at(34).0;

#[test]
fn what_is_published_already_is_told_to_who_begins() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    drop(Sqlite::open(&file, Options { migrations: OLD, fills: &[], ..Options::default() }).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.execute_batch(
        "INSERT INTO users (id, kind, name, email, search_fold, created_at, updated_at) VALUES ('u', 'user', 'U', 'u@b.example', '', 0, 0);
         INSERT INTO organizations (id, name, slug, owner_id, key_expiry_required, personal_keys_allowed, created_at, updated_at)
             VALUES ('o', 'O', 'o', 'u', 0, 1, 0, 0);
         INSERT INTO projects (id, organization_id, name, name_fold, slug, default_locale, locales, created_at, updated_at)
             VALUES ('p', 'o', 'P', 'p', 'p', 'en', '[]', 0, 0), ('q', 'o', 'Q', 'q', 'q', 'en', '[]', 0, 0);
         INSERT INTO apps (id, organization_id, project_id, app_type, name, name_fold, slug, settings, created_at, updated_at)
             VALUES ('a', 'o', 'p', 'website', 'A', 'a', 'a', '{}', 0, 0), ('b', 'o', 'q', 'website', 'B', 'b', 'b', '{}', 0, 0);",
    )
    .unwrap();
    let entry =
        "INSERT INTO entries (id, organization_id, project_id, app_id, kind, name, slug, status, is_listed, requires_viewer_auth, version,
                 created_by, updated_by, created_at, updated_at, deleted_at, fields, search, content)
                 VALUES (?1, 'o', ?2, ?3, 'website_page', 'n', ?1, ?4, 1, 0, 1, 'u', 'u', 0, 7, ?5, '{}', '', '[]')";
    let gone = Some(1);
    for (id, project, app, status, deleted) in [
        ("1", "p", "a", "published", None),
        ("2", "p", "a", "draft", None),
        ("3", "q", "b", "published", None),
        ("4", "p", "a", "published", gone),
        ("5", "p", "a", "published", None),
    ] {
        raw.execute(entry, (id, project, app, status, deleted)).unwrap();
    }
    drop(raw);
    drop(Sqlite::open(&file, Options { migrations: NEW, ..Options::default() }).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    let rows =
        |sql: &str| -> Vec<String> { raw.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect() };
    let changes =
        "SELECT project_id || app_id || n || entry_id || kind || changed_at FROM changes WHERE gone IS NULL ORDER BY project_id, n";
    assert_eq!(rows(changes), ["pa11website_page7", "pa25website_page7", "qb13website_page7"]);
    assert_eq!(rows("SELECT project_id || n || dropped FROM change_numbers ORDER BY project_id"), ["p20", "q10"]);
}
