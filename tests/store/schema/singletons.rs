//! A database from before apps had pages of which there is one in each: those that are there get them.

use stele::store::sqlite::{Sqlite, options::Options, schema::MIGRATIONS};

#[test]
fn apps_that_are_there_get_what_each_has_one_of() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("stele.db");
    drop(Sqlite::open(&file, Options { migrations: MIGRATIONS.split_at(33 - 1).0, fills: &[], ..Options::default() }).unwrap());
    let (web, help) = ("0190f4a2-0000-7000-8000-000000000001", "0190f4a2-0000-7000-8000-000000000002");
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.execute_batch(&format!(
        "INSERT INTO users (id, kind, name, name_fold, email, search_fold, created_at, updated_at) VALUES ('u', 'user', 'U', 'u', 'u@x', 'u', 1, 1);
         INSERT INTO organizations (id, name, name_fold, slug, owner_id, key_expiry_required, personal_keys_allowed, created_at, updated_at)
             VALUES ('o', 'O', 'o', 'o', 'u', 0, 1, 1, 1);
         INSERT INTO projects (id, organization_id, name, name_fold, slug, default_locale, locales, created_at, updated_at)
             VALUES ('p', 'o', 'P', 'p', 'p', 'en', '[\"en\"]', 1, 1);
         INSERT INTO apps (id, organization_id, project_id, app_type, name, name_fold, slug, settings, created_at, updated_at, deleted_at) VALUES
             ('{web}', 'o', 'p', 'website', 'Web', 'web', 'web', '{{}}', 1730000000000000, 1, NULL),
             ('{help}', 'o', 'p', 'knowledgeBase', 'Help', 'help', 'help', '{{}}', 1730000000000000, 1, 5),
             ('forms', 'o', 'p', 'forms', 'Forms', 'forms', 'forms', '{{}}', 1, 1, NULL);"
    ))
    .unwrap();
    drop(raw);
    drop(Sqlite::open(&file, Options::default()).unwrap());
    let raw = rusqlite::Connection::open(&file).unwrap();
    let rows = |sql: &str| {
        let mut query = raw.prepare(sql).unwrap();
        query.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect::<Vec<_>>()
    };
    let made = rows("SELECT app_id || ' ' || kind || ' ' || name FROM entries WHERE status = 'published' ORDER BY app_id, kind");
    let wanted = [
        (web, "website_blog_page Blog page"),
        (web, "website_landing Landing page"),
        (web, "website_not_found_page Not-found page"),
        (web, "website_sign_in_page Sign-in page"),
        (help, "kb_landing Landing page"),
    ];
    assert_eq!(made, wanted.map(|(app, what)| format!("{app} {what}")));
    assert_eq!(rows("SELECT v.source FROM versions v JOIN entries e ON e.id = v.entry_id AND e.version = v.version"), ["create"; 5]);
    assert_eq!(rows("SELECT DISTINCT entry_id FROM search_docs").len(), 0, "nobody has written in them");
    let counted = rows("SELECT what || ' ' || n FROM counters WHERE owner = '0190f4a2-0000-7000-8000-000000000002' ORDER BY what");
    assert_eq!(counted, ["kb_landing 1", "kb_landing/locales/ +  1", "kb_landing/status/published 1"]);
    // Each id tells when its app was made, and none is there twice.
    let ids = rows("SELECT id FROM entries UNION SELECT id FROM versions");
    assert!(ids.len() == 10 && ids.iter().all(|id| id.starts_with("0192cc09-1400-7")), "{ids:?}");
}
