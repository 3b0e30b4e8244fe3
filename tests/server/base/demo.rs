//! The demo shows all that there is: every kind and every block, in both languages, with all that happens to content.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::Value;
use stele::{
    database,
    domain::{
        access::Actor,
        content::{KINDS, blocks::BLOCKS},
    },
    service::{
        demo,
        file::blob::bytes::{Blobs, Bounds},
        project::archive::{
            export::Export,
            import::{ImportRequest, import},
        },
    },
};

/// Where the bytes of its files are.
fn blobs(store: &stele::store::Store) -> Arc<Blobs> {
    Arc::new(Blobs::new(store.clone(), Bounds::default(), None))
}

/// A new demo; the lines of its archive, and its database.
fn seeded() -> (tempfile::TempDir, stele::store::Store, demo::Demo, String) {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = database::open(&dir.path().join("stele.db"), "a test").unwrap();
    let demo = demo::seed(&store, None, false).unwrap();
    let (at, files) = ((demo.org, demo.project), blobs(&store));
    let archive = store.read_now(|tx| {
        let (mut export, mut all) = (Export::new(at, Some(files.clone())), String::new());
        while let Some(piece) = export.piece(tx, &Actor::operator())? {
            all.push_str(&piece);
        }
        Ok(all)
    });
    (dir, store, demo, archive.unwrap())
}

fn entries(archive: &str) -> Vec<Value> {
    archive.lines().filter_map(|line| serde_json::from_str::<Value>(line).unwrap().get("entry").cloned()).collect()
}

/// The members of this name, however deep.
fn gather<'v>(value: &'v Value, name: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, name, found)),
        Value::Object(members) => members.iter().for_each(|(key, member)| {
            if key == name {
                found.push(member);
            }
            gather(member, name, found);
        }),
        _ => {}
    }
}

#[test]
fn every_kind_and_every_block_is_there() {
    let (_dir, _, _, archive) = seeded();
    let entries = entries(&archive);
    let kinds: BTreeSet<_> = entries.iter().map(|entry| entry["contentType"].as_str().unwrap()).collect();
    let missing: Vec<_> = KINDS.iter().map(|kind| kind.content_type).filter(|kind| !kinds.contains(kind)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "kinds that the demo lacks");
    let mut types = Vec::new();
    entries.iter().for_each(|entry| gather(&entry["content"], "type", &mut types));
    let missing: Vec<_> = BLOCKS.iter().map(|block| block.name).filter(|name| !types.iter().any(|found| *found == name)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "blocks that the demo lacks");
    let bare: Vec<_> = KINDS
        .iter()
        .filter(|kind| {
            kind.has_tree()
                && entries.iter().all(|entry| entry["contentType"] != kind.content_type || entry["content"] == serde_json::json!([]))
        })
        .collect();
    assert!(bare.is_empty(), "nothing stands in {bare:?}");
}

#[test]
fn every_text_is_there_in_both_languages() {
    let (_dir, _, _, archive) = seeded();
    for entry in entries(&archive) {
        for name in ["title", "markdown", "text", "label", "alt", "question", "answer", "description", "excerpt"] {
            let mut found = Vec::new();
            gather(&entry, name, &mut found);
            for text in found.into_iter().filter(|text| !text.is_null()) {
                let both =
                    text["en"].as_str().is_some_and(|text| !text.is_empty()) && text["fr"].as_str().is_some_and(|text| !text.is_empty());
                assert!(both, "{name} of {}: {text}", entry["name"]);
            }
        }
    }
}

#[test]
fn what_happens_to_content_has_happened_to_some_of_it() {
    let (dir, store, demo, archive) = seeded();
    let db = rusqlite::Connection::open(dir.path().join("stele.db")).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    for (what, sql) in [
        ("something is in the trash", "SELECT count(*) FROM entries WHERE deleted_at IS NOT NULL"),
        ("something has several versions", "SELECT count(*) FROM entries WHERE version > 2"),
        ("something is scheduled", "SELECT count(*) FROM entries WHERE status = 'scheduled'"),
        ("something is a draft", "SELECT count(*) FROM entries WHERE status = 'draft'"),
        ("a path leads on", "SELECT count(*) FROM redirects"),
        ("a category stands below another", "SELECT count(*) FROM entries WHERE parent_id IS NOT NULL"),
    ] {
        assert!(count(sql) > 0, "{what}");
    }
    // What it refers to is there.
    let wanted = ImportRequest { who: Arc::new(|_| Ok(Actor::operator())), org: demo.org, name: Some("Copy".into()), files: blobs(&store) };
    let (_, report) = import(&store, &wanted, &mut std::io::Cursor::new(archive.as_bytes())).unwrap();
    let told: Vec<_> = report.notices.iter().map(|one| one.code).collect();
    assert_eq!(told, [""; 0], "{:?}", report.notices);
}
