//! Every statement of the store is prepared against the real schema, and so is every list in every order.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rusqlite::Connection;
use stele::{
    domain::spec::{Field, Holds, Order, Spec},
    store::{
        self,
        content::{entry_list, search, trash, version},
        row::Value,
        sql,
        sqlite::options::Options,
    },
};

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

/// Every Rust file of the store with its text, by its path below the store's folder.
pub fn files() -> Vec<(String, String)> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store"));
    let (mut folders, mut files) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(end) if end == "rs" => {
                    files.push((path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
                }
                _ => {}
            }
        }
    }
    files
}

#[test]
fn no_statement_is_forgotten() {
    let files = files();
    let naming =
        |word: &str| -> BTreeSet<_> { files.iter().filter(|(_, text)| text.contains(word)).map(|(name, _)| name.clone()).collect() };
    let listed: BTreeSet<_> = store::statements().map(|(file, _, _)| format!("{file}.rs")).collect();
    // Those of a fill are prepared in the schema of its step.
    let declared: BTreeSet<_> = naming("\nstatements! {").into_iter().filter(|name| !name.starts_with("fill/")).collect();
    assert!(declared.len() > 20);
    assert_eq!(declared.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new());
    // SQL is made by the macro, which lists it, and of parts by the builder, whose lists are prepared apart.
    assert_eq!(naming("Sql::fixed("), ["fill/mod.rs", "mod.rs"].map(str::to_owned).into());
    assert_eq!(naming("Sql::built("), ["sql.rs"].map(str::to_owned).into());
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

const BY_UPDATE: Spec = Spec { fields: &[Field::sort("updatedAt", Holds::Instant)], search: &[], order: Order::NEWEST };
const BY_MAKING: Spec = Spec { fields: &[Field::sort("createdAt", Holds::Instant)], ..BY_UPDATE };
const BY_NAME: Spec = Spec { fields: &[Field::sort("name", Holds::Text)], ..BY_UPDATE };

/// How the database goes about every order of a list.
fn plans(db: &Connection, spec: &Spec, table: &sql::Table, scope: &[sql::Condition<'_>]) -> Vec<String> {
    sql::every_list(spec, table, scope).unwrap().iter().map(|text| plan(db, text.text())).collect()
}

/// How the database goes about a statement.
fn plan(db: &Connection, text: &str) -> String {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
    for at in 1..=statement.parameter_count() {
        statement.raw_bind_parameter(at, 1).unwrap();
    }
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>(3).unwrap());
    }
    steps.join("; ")
}

/// Statements that go through a whole table: those that want all of it, as a restore does, those of tables and of indices that stay small, one that ends with the
/// first row, and one that goes through what it has gathered. Where a thing goes for good, SQLite looks once whether something refers to it still.
const WHOLE_TABLES: &[&str] = &[
    "account/user::ANYBODY",
    "account/user::OPERATORS",
    "backup::CURSORS",
    "backup::END_KEYS",
    "backup::NOWHERE",
    "backup::PENDING",
    "backup::PIECES",
    "backup::QUEUED_MESSAGES",
    "backup::SECRET",
    "backup::SESSIONS",
    "file/blob::LEFTOVERS",
    "instance::GET",
    "key/token::DROP_DEAD_SIGNING_KEYS",
    "key/token::RETIRE",
    "key/token::SIGNING_KEYS",
    "org/activity::OLD_OF",
    "org/organization::ALL",
    "org/purge::APP",
    "org/purge::ORG",
    "org/purge::PROJECT",
    "org/purge::USER",
    "project/domain::SERVED",
    "project/traffic::BUSIEST",
];

#[test]
fn no_statement_goes_through_a_whole_table() {
    let base = Base::with(Options::default());
    let db = base.raw();
    let plans = store::statements().map(|(file, name, sql)| (format!("{file}::{name}"), plan(&db, sql.text())));
    let whole: BTreeMap<_, _> = plans.filter(|(_, plan)| plan.contains("SCAN")).collect();
    assert_eq!(whole.keys().collect::<Vec<_>>(), WHOLE_TABLES, "{whole:#?}");
}

#[test]
fn a_search_looks_at_no_entries_but_those_of_its_apps() {
    let base = Base::with(Options::default());
    let db = base.raw();
    let (one, three) = ([Value::Int(1)], "$1, $2, $3");
    let mut all: Vec<_> = [search::NAMED, search::find::FOUND].iter().map(|text| plan(&db, &text.replace("?*", three))).collect();
    for (spec, table) in search::LISTS {
        all.extend(plans(&db, spec, table, &[(search::IN_PROJECT, &one)]));
    }
    assert!(all.len() > 8);
    for plan in all {
        assert!(!plan.contains("SCAN") && (plan.contains("(app_id=?") || plan.contains("(id=?)")), "{plan}");
    }
}

#[test]
fn a_cursor_is_found_by_the_index_of_its_order() {
    let base = Base::with(Options::default());
    let db = base.raw();
    let place = [Value::Int(1), Value::Int(1)];
    for (spec, index) in [(BY_MAKING, "entries_created"), (BY_UPDATE, "entries_updated"), (BY_NAME, "entries_name")] {
        let plans = plans(&db, &spec, &entry_list::PAGE, &[(entry_list::IN_APP, &place)]);
        let with_cursor = plans.iter().find(|plan| plan.contains("(app_id=? AND kind=? AND ") && plan.contains(index));
        let plan = with_cursor.unwrap_or_else(|| panic!("{plans:?}"));
        assert!(plan.contains('<') && !plan.contains("ORDER BY"), "{plan}");
    }
}

#[test]
fn lists_are_read_in_the_order_of_an_index() {
    const TRASH: Spec = Spec { fields: &[Field::sort("deletedAt", Holds::Instant)], search: &[], order: trash::OLDEST };
    const VERSIONS: Spec = Spec { fields: &[Field::sort("version", Holds::Int)], ..BY_UPDATE };
    const ADDRESSES: Spec = Spec { fields: &[Field::sort("slug", Holds::Text)], ..BY_UPDATE };
    let base = Base::with(Options::default());
    let db = base.raw();
    let (one, place) = ([Value::Int(1)], [Value::Int(1), Value::Int(1)]);
    for (spec, table, scope, index) in [
        (&TRASH, trash::LISTS[0].1, (trash::IN_PROJECT, &one[..]), "entries_project_trash (project_id=? AND deleted_at"),
        (&VERSIONS, version::LISTS[0].1, (version::OF_ENTRY, &place[..]), "(entry_id=?"),
    ] {
        for plan in plans(&db, spec, table, &[scope]) {
            assert!(plan.contains(index) && !plan.contains("SCAN") && !plan.contains("ORDER BY"), "{plan}");
        }
    }
    // Slugs are unique, so of what is behind each there is nothing to sort.
    let plan = &plans(&db, &ADDRESSES, &entry_list::PAGE, &[(entry_list::IN_APP, &place)])[0];
    assert!(plan.contains("entries_slug (app_id=?)") && plan.contains("LAST TERM OF ORDER BY"), "{plan}");
}

#[test]
fn the_entries_of_a_status_are_looked_up() {
    let base = Base::with(Options::default());
    let db = base.raw();
    let (place, draft) = ([Value::Int(1), Value::Int(1)], [Value::Int(1)]);
    let scope: [sql::Condition<'_>; 2] = [(entry_list::IN_APP, &place), ("e.status = ?", &draft)];
    let plan = |spec: &Spec, table| plans(&db, spec, table, &scope).concat();
    let by_status = "INDEX entries_status (app_id=? AND kind=? AND status=?)";
    let updated = plan(&BY_UPDATE, &entry_list::PAGE);
    assert!(updated.contains(by_status) && !updated.contains("ORDER BY"), "the console's list needs no sorting: {updated}");
    let made = plan(&BY_MAKING, &entry_list::PAGE);
    assert!(made.contains("entries_created") && !made.contains("ORDER BY"), "many are not sorted: {made}");
    for spec in [BY_MAKING, BY_NAME] {
        let few = plan(&spec, &entry_list::FEW_PAGE);
        assert!(few.contains(by_status), "few are sorted, not walked to: {few}");
    }
}
