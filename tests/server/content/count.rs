//! The numbers of entries that are kept at each write say what the rows say, whatever happened to them.

use std::{collections::BTreeMap, path::Path, time::Duration};

use rusqlite::Connection;
use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Actor, Role},
        content::{Counts, kinds::website_post},
    },
    service::content::count,
    store::sqlite::{
        Sqlite,
        options::Options,
        schema::{APPLICATION_ID, MIGRATIONS},
    },
};

use crate::support::{SetClock, Site, Visitor};

/// What the store keeps of an app's posts.
fn kept(site: &Site) -> Counts {
    let at = (site.here.org, site.here.project, site.here.app);
    site.server.write(move |tx| count::counts(tx, &Actor::operator(), at, &website_post::KIND))
}

/// What is stored of the counters, without those that are zero, and what the rows say.
fn both(db: &Connection) -> (BTreeMap<String, i64>, BTreeMap<String, i64>) {
    let read = |sql: &str| {
        let mut statement = db.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).unwrap();
        rows.map(Result::unwrap).collect::<BTreeMap<_, _>>()
    };
    let kept = read("SELECT owner || ' ' || what, n FROM counters WHERE what LIKE 'website%' AND n <> 0");
    let counted = read(
        "SELECT app_id || ' ' || kind, COUNT(*) FROM entries WHERE deleted_at IS NULL GROUP BY app_id, kind
         UNION ALL SELECT app_id || ' ' || kind || '/status/' || status, COUNT(*) FROM entries WHERE deleted_at IS NULL GROUP BY app_id, kind, status
         UNION ALL SELECT app_id || ' ' || kind || '/locales/' || locales, COUNT(*) FROM entries WHERE deleted_at IS NULL
         GROUP BY app_id, kind, locales",
    );
    (kept, counted)
}

fn agree(site: &Site) {
    let (kept, counted) = both(&site.raw());
    assert_eq!(kept, counted);
}

fn of(counts: &Counts) -> ([u64; 4], Vec<(&str, u64)>) {
    let lacking = counts.lacking.iter().map(|(tag, n)| (tag.as_str(), *n)).collect();
    ([counts.total, counts.published, counts.draft, counts.scheduled], lacking)
}

#[test]
fn what_is_kept_is_what_is_there_after_every_kind_of_write() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let make = |slug: &str, more: Value| {
        let mut body = json!({ "name": slug, "slug": slug });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let id = site.make(&site.posts(), &body)["id"].as_str().unwrap().to_owned();
        (format!("{}/{id}", site.posts()), format!("/o/acme/p/site/website/web/posts/{id}"))
    };
    let (plain, plain_page) = make("plain", json!({ "title": "Plain" }));
    make("bare", json!({}));
    let (both_api, both_page) = make("both", json!({ "title": { "en": "Two", "fr": "Deux" }, "status": "published" }));
    make("timed", json!({ "title": { "fr": "Plus tard" }, "scheduledPublishAt": "2030-01-01T00:05:00.000Z" }));
    assert_eq!(of(&kept(&site)), ([4, 1, 2, 1], vec![("en", 2), ("fr", 2)]));
    agree(&site);
    // Languages come and go by edits; a refused write counts nothing.
    site.change(&plain, &json!({ "title": { "fr": "Simple" } }));
    site.change(&both_api, &json!({ "title": { "en": null } }));
    assert_eq!(site.ask("POST", &site.posts(), Some(&json!({ "name": "x", "slug": "plain" }))).status, 409);
    agree(&site);
    assert_eq!(of(&kept(&site)).1, [("en", 3), ("fr", 1)]);
    // Published and taken back, twice each.
    for status in ["published", "published", "draft", "draft"] {
        let version = editor.get(&plain_page).is(200).hidden("version");
        editor.post(&format!("{plain_page}/status"), &[("version", &version), ("status", status)]).is(303);
        agree(&site);
    }
    // To the trash, not a second time, and back.
    editor.post(&format!("{both_page}/trash"), &[("list", "on")]).is(303);
    assert_eq!(site.ask("DELETE", &both_api, None).status, 404);
    agree(&site);
    assert_eq!(of(&kept(&site)).0, [3, 0, 2, 1]);
    editor.post(&format!("{both_page}/restore"), &[("undo", "on")]).is(303);
    agree(&site);
    // The time of the scheduled one comes.
    clock.pass(Duration::from_secs(600));
    site.server.once(&stele::jobs::publish::job(&site.server.store));
    agree(&site);
    assert_eq!(of(&kept(&site)), ([4, 2, 2, 0], vec![("en", 3), ("fr", 1)]));
    let list = editor.get("/o/acme/p/site/website/web/posts").is(200).text;
    assert!(list.contains("Published <span class=\"count\">2</span>") && list.contains("Drafts <span class=\"count\">2</span>"), "{list}");
}

/// A database of an older step of the schema at `old`, with the rows of `new` as far as it had their tables and columns.
fn as_of_step(step: usize, new: &Path, old: &Path) {
    let db = Connection::open(old).unwrap();
    MIGRATIONS[..step].iter().for_each(|sql| db.execute_batch(sql).unwrap());
    db.execute("ATTACH $1 AS new", [new.to_str().unwrap()]).unwrap();
    let ask = |sql: String| {
        let mut statement = db.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>()
    };
    let tables = |schema: &str| ask(format!("SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"));
    let columns = |schema: &str, table: &str| ask(format!("SELECT name FROM {schema}.pragma_table_info('{table}')"));
    let there = tables("new");
    for table in tables("main").into_iter().filter(|table| there.contains(table)) {
        let known = columns("new", &table);
        let both = columns("main", &table).into_iter().filter(|column| known.contains(column)).collect::<Vec<_>>().join(", ");
        db.execute_batch(&format!("DELETE FROM main.{table}; INSERT INTO main.{table} ({both}) SELECT {both} FROM new.{table}")).unwrap();
    }
    db.execute_batch(&format!("DETACH new; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {step}")).unwrap();
}

#[test]
fn a_database_from_before_is_counted_when_it_is_opened() {
    let site = Site::new();
    for (slug, title) in
        [("plain", json!("Plain")), ("empty", json!("")), ("both", json!({ "fr": "Deux", "en": "Two" })), ("none", Value::Null)]
    {
        site.make(&site.posts(), &json!({ "name": slug, "slug": slug, "title": title }));
    }
    let blocks = json!([{ "type": "heading", "data": { "text": { "en": "Two" }, "level": 2 } }]);
    let content = json!([{ "columns": [{ "blocks": blocks }] }]);
    site.make(&site.pages(), &json!({ "name": "page", "slug": "page", "title": { "en": "Two", "fr": "Deux" }, "content": content }));
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.posts(), site.items(&site.posts())[0]["id"].as_str().unwrap()), None).status, 200);
    let Site { server, dir, .. } = site;
    drop(server);
    let file = dir.path().join("stele.db");
    let written = |db: &Connection| {
        let mut statement = db.prepare("SELECT COALESCE(slug, kind), written || ' of' || locales FROM entries ORDER BY 1").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>()
    };
    let db = Connection::open(&file).unwrap();
    let before = (written(&db), both(&db).0);
    drop(db);
    let old = dir.path().join("old.db");
    as_of_step(4, &file, &old);
    // Later steps said the numbers of kinds by another name.
    Connection::open(&old).unwrap().execute("DELETE FROM counters WHERE what LIKE 'website%/%'", []).unwrap();
    drop(Sqlite::open(&old, Options::default()).unwrap());
    let db = Connection::open(&old).unwrap();
    assert_eq!(db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap(), MIGRATIONS.len() as i64);
    assert_eq!((written(&db), both(&db).0), before);
    assert_eq!(both(&db).0, both(&db).1);
}
