//! Lists that are read by cursor: every list in every order, whatever is made and deleted meanwhile.

use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;
use stele::{
    app::{SystemClock, SystemEntropy},
    database,
    domain::{
        cursor::Cursor,
        listing::Listing,
        page::Page,
        spec::{Field, Holds, Order, Spec},
    },
    service::demo,
    store::{
        self, Store,
        row::{Cell, Row},
        sql::{self, Table, column, nullable},
        sqlite::{Sqlite, options::Options},
    },
};

fn id(row: &Row) -> String {
    match row.from_end(1) {
        Some(Cell::Text(id)) => id.to_owned(),
        other => panic!("no id: {other:?}"),
    }
}

/// One member, where a list is of what a member has: without them an id would come several times. Entries with an address, where a list
/// may be by that: such a list is of a kind that has one.
fn scope(table: &Table) -> Option<sql::Condition<'static>> {
    match table.from.split_whitespace().take(4).collect::<Vec<_>>().as_slice() {
        // What is in the trash has a moment at which it went there.
        ["entries", "e", "JOIN", "apps"] if table.from.contains("deleted_by") => Some(("e.deleted_at IS NOT NULL", &[])),
        ["entries", "e"] => Some(("e.slug IS NOT NULL", &[])),
        ["members", "m", "JOIN", "projects" | "apps"] => Some(("m.id = (SELECT MIN(id) FROM members)", &[])),
        ["members", "m", "JOIN", "organizations"] => Some(("m.user_id = (SELECT MIN(user_id) FROM members)", &[])),
        _ => None,
    }
}

fn read(store: &Store, table: &Table, listing: &Listing) -> Page<Row> {
    store.read_now(|tx| sql::list(tx, table, scope(table).as_slice(), listing, None)).unwrap()
}

/// The list that goes on where this page ends.
fn next(spec: &Spec, listing: &Listing, page: &Page<Row>) -> Option<Listing> {
    let after = Cursor::decode(page.next.as_deref()?, spec, listing.list, listing.order).unwrap();
    Some(Listing { page: 1, after: Some(after), ..listing.clone() })
}

/// The ids of all pages.
fn walk(store: &Store, spec: &Spec, table: &Table, mut listing: Listing) -> Vec<String> {
    let mut seen = Vec::new();
    loop {
        let page = read(store, table, &listing);
        assert!(page.items.len() <= listing.page_size as usize);
        seen.extend(page.items.iter().map(id));
        match next(spec, &listing, &page) {
            Some(more) => listing = more,
            None => return seen,
        }
    }
}

#[test]
fn every_list_in_every_order_is_the_same_by_cursor_and_by_page() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _engine) = database::open(&dir.path().join("stele.db"), "the tests").unwrap();
    demo::seed(&store, None, false).unwrap();
    let mut walked = 0;
    for (spec, table) in store::lists() {
        for (field, descending) in spec.fields.iter().filter(|field| field.sort).flat_map(|field| [(field, false), (field, true)]) {
            let order = Order { field: field.name, descending };
            let listing = Listing { page_size: 200, order, ..Listing::default() };
            let pages = (1..).map(|page| read(&store, table, &Listing { page, ..listing.clone() }).items);
            let whole: Vec<_> = pages.take_while(|items| !items.is_empty()).flatten().map(|row| id(&row)).collect();
            for page_size in [1, 3].into_iter().skip(usize::from(whole.len() > 100)) {
                let seen = walk(&store, spec, table, Listing { page_size, ..listing.clone() });
                assert_eq!(seen, whole, "{} by {} descending {descending}", table.from, field.name);
            }
            walked += usize::from(whole.len() > 1);
        }
    }
    assert!(walked > 60, "only {walked} lists had something to walk along");
}

/// Nothing keeps titles and sizes from being the same.
const SCHEMA: &[&str] = &["CREATE TABLE note (id TEXT PRIMARY KEY, title TEXT NOT NULL, size INTEGER) STRICT;"];
const NOTES: Spec = Spec {
    fields: &[Field::sort("title", Holds::Text), Field::sort("size", Holds::Int)],
    search: &[],
    order: Order { field: "title", descending: false },
};
const TABLE: Table = Table {
    select: "n.title",
    from: "note n",
    id: "n.id",
    columns: &[column("title", "n.title"), nullable("size", "n.size")],
    search: &[],
};

#[derive(Debug, Clone)]
enum Step {
    Make(u8, u8, Option<u8>),
    Drop(u8),
}

fn steps() -> impl Strategy<Value = Step> {
    let make = (any::<u8>(), 0..4u8, prop::option::of(0..4u8)).prop_map(|(id, title, size)| Step::Make(id, title, size));
    prop_oneof![make, any::<u8>().prop_map(Step::Drop)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_there_all_the_time_is_seen_exactly_once(
        begun in prop::collection::btree_map(any::<u8>(), (0..4u8, prop::option::of(0..4u8)), 0..30),
        meanwhile in prop::collection::vec(prop::collection::vec(steps(), 0..5), 1..12),
        by_size in any::<bool>(), descending in any::<bool>(), page_size in 1..5u32,
    ) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("stele.db");
        let engine = Arc::new(Sqlite::open(&file, Options { migrations: SCHEMA, ..Options::default() }).unwrap());
        let store = Store::new(engine, Arc::new(SystemClock), Arc::new(SystemEntropy));
        let raw = rusqlite::Connection::open(&file).unwrap();
        let make = |id: u8, title: u8, size: Option<u8>| {
            let row = (format!("{id:03}"), title.to_string(), size);
            raw.execute("INSERT OR IGNORE INTO note (id, title, size) VALUES ($1, $2, $3)", row).unwrap();
        };
        begun.iter().for_each(|(id, (title, size))| make(*id, *title, *size));
        let mut throughout: BTreeSet<String> = begun.keys().map(|id| format!("{id:03}")).collect();
        let order = Order { field: if by_size { "size" } else { "title" }, descending };
        let mut listing = Listing { page_size, order, ..Listing::default() };
        let (mut seen, mut meanwhile) = (Vec::new(), meanwhile.into_iter());
        loop {
            let page = read(&store, &TABLE, &listing);
            seen.extend(page.items.iter().map(id));
            for step in meanwhile.next().unwrap_or_default() {
                match step {
                    Step::Make(id, title, size) => make(id, title, size),
                    Step::Drop(id) => {
                        throughout.remove(&format!("{id:03}"));
                        raw.execute("DELETE FROM note WHERE id = $1", [format!("{id:03}")]).unwrap();
                    }
                }
            }
            match next(&NOTES, &listing, &page) {
                Some(more) => listing = more,
                None => break,
            }
        }
        for id in &throughout {
            prop_assert_eq!(seen.iter().filter(|one| *one == id).count(), 1, "{} among {:?}", id, &seen);
        }
    }
}
