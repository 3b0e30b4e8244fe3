//! What the server is measured against, and the seeder; `benches/load/run` calls it.
//!
//! `route`: a bare actix-web route. `raw FILE ROWS SECONDS`: the rows of a create, without the server. `sign SECONDS`:
//! bare signatures. `seed FILE PAGES`: a sandbox's database with that many pages. `late FILE SECONDS`: creates of which none,
//! and of which a tenth, fail after they have written.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement reads the clock and may stop")]

use std::{
    cell::Cell,
    env,
    net::IpAddr,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use actix_web::{App, HttpResponse, HttpServer, web};
use pasetors::{
    keys::{AsymmetricKeyPair, Generate},
    version4::{PublicToken, V4},
};
use rusqlite::{Connection, params, types::Value};
use serde_json::{Map, json};
use stele::{
    app::{SystemClock, SystemEntropy},
    database,
    domain::{
        Error,
        content::{Context, Draft, KINDS, Locales, block::UnknownBlocks, kinds::website_page},
        id::EntryId,
        search::words,
        time::Clock,
    },
    service::{content, demo, key::token},
    store::{
        Tx,
        content::{entry, version},
        engine::{IndexDocument, Sql},
        org::activity,
    },
};

const COUNT: &str =
    "INSERT INTO counters (owner, what, slot, n) VALUES (?1, ?2, 0, 1) ON CONFLICT (owner, what, slot) DO UPDATE SET n = n + 1";
const DOCUMENT: &str = "INSERT INTO search_docs (entry_id, locale) VALUES (?1, '')";
const INDEX: &str = "INSERT INTO search_index (rowid, title, body, scope) VALUES (?1, ?2, ?3, ?4)";
const NUMBER: &str = "INSERT INTO change_numbers (project_id, n, dropped) VALUES (?1, 1, 0)
    ON CONFLICT (project_id) DO UPDATE SET n = n + 1";
const LAST_NUMBER: &str = "SELECT n FROM change_numbers WHERE project_id = ?1";
const CHANGE: &str = "INSERT INTO changes (entry_id, project_id, app_id, kind, n, gone, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6)";
/// Where the newest page is, and what it is.
const PLACE: &str = "SELECT project_id, app_id, kind, name FROM entries ORDER BY rowid DESC LIMIT 1";

/// The totals that the newest page is counted in.
const TOTALS: &str = "WITH page AS (SELECT * FROM entries ORDER BY rowid DESC LIMIT 1)
    SELECT app_id, kind FROM page UNION ALL SELECT app_id, kind || '/status/' || status FROM page
    UNION ALL SELECT app_id, kind || '/locales/' || locales FROM page
    UNION ALL SELECT organization_id, 'activities/' || created_by FROM page";

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["route"] => route(),
        ["raw", file, rows, seconds] => raw(Path::new(file), rows.parse().unwrap(), seconds.parse().unwrap()),
        ["sign", seconds] => sign(seconds.parse().unwrap()),
        ["seed", file, pages] => seed(Path::new(file), pages.parse().unwrap()),
        ["late", file, seconds] => late(Path::new(file), seconds.parse().unwrap()),
        _ => panic!("route | raw FILE ROWS SECONDS | sign SECONDS | seed FILE PAGES | late FILE SECONDS"),
    }
}

/// A route that returns one KiB of constant JSON; prints its address.
fn route() {
    let body = web::Bytes::from(format!("{{\"text\":\"{}\"}}", "x".repeat(1024 - 11)));
    actix_web::rt::System::new().block_on(async {
        let make = move || {
            let body = body.clone();
            let answer = move || std::future::ready(HttpResponse::Ok().content_type("application/json").body(body.clone()));
            App::new().route("/", web::get().to(answer))
        };
        let server = HttpServer::new(make).workers(2).bind("127.0.0.1:0").unwrap();
        println!("{}", server.addrs()[0]);
        server.run().await.unwrap();
    });
}

/// Signs on two threads; prints signatures a second.
fn sign(seconds: f64) {
    let payload = json!({
        "iss": "https://stele.example/oauth", "aud": "https://stele.example/api", "sub": EntryId::new(SystemClock.now(), &SystemEntropy),
        "jti": EntryId::new(SystemClock.now(), &SystemEntropy), "iat": "2026-11-23T12:00:00Z", "exp": "2026-11-23T12:15:00Z", "access": "full",
    })
    .to_string();
    let one = move |payload: String| {
        let pair = AsymmetricKeyPair::<V4>::generate().unwrap();
        let (start, mut done) = (Instant::now(), 0_u32);
        while start.elapsed().as_secs_f64() < seconds {
            PublicToken::sign(&pair.secret, payload.as_bytes(), Some(b"{\"kid\":\"k4.pid.x\"}"), None).unwrap();
            done += 1;
        }
        f64::from(done) / start.elapsed().as_secs_f64()
    };
    let threads = [0, 1].map(|_| {
        thread::spawn({
            let payload = payload.clone();
            move || one(payload)
        })
    });
    println!("{:.0}", threads.into_iter().map(|thread| thread.join().unwrap()).sum::<f64>());
}

/// A statement, the columns that it fills, and a row of its table to copy.
type Template = (String, Vec<String>, Vec<Value>);

/// The INSERT of a store file, and a row of its table to copy.
fn template(db: &Connection, statements: &[(&str, &Sql)]) -> Template {
    let text = statements.iter().find(|(name, _)| *name == "INSERT").unwrap().1.text().to_owned();
    let table = text.split_whitespace().nth(2).unwrap();
    let columns = &text[text.find('(').unwrap() + 1..text.find(')').unwrap()];
    let columns: Vec<String> = columns.split(',').map(|name| name.trim().to_owned()).collect();
    let row = db
        .query_row(&format!("SELECT {} FROM {table} ORDER BY rowid DESC LIMIT 1", columns.join(", ")), [], |row| {
            (0..columns.len()).map(|at| row.get::<_, Value>(at)).collect()
        })
        .unwrap();
    // The store's own text may fill several columns from one placeholder.
    let places: Vec<_> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
    (format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", ")), columns, row)
}

/// What a create writes, copied from the newest page of a database.
struct Rows {
    tables: [Template; 3],
    totals: Vec<(String, String)>,
    place: [String; 3],
    document: IndexDocument,
    /// The last number of a change in the project.
    number: Cell<i64>,
}

impl Rows {
    fn of(db: &Connection) -> Self {
        let tables = [entry::STATEMENTS, version::STATEMENTS, activity::STATEMENTS].map(|statements| template(db, statements));
        let totals = db.prepare(TOTALS).unwrap().query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        let (place, name): ([String; 3], String) =
            db.query_row(PLACE, [], |row| Ok(([row.get(0)?, row.get(1)?, row.get(2)?], row.get(3)?))).unwrap();
        let document = document(&name, &place[1], &place[2]);
        let number = Cell::new(db.query_row(LAST_NUMBER, [&place[0]], |row| row.get(0)).unwrap());
        Self { tables, totals, place, document, number }
    }

    /// Inserts the rows of one more page.
    fn insert(&self, db: &Connection) {
        let fresh = || EntryId::new(SystemClock.now(), &SystemEntropy).to_string();
        let page = fresh();
        for (text, columns, row) in &self.tables {
            let mut insert = db.prepare_cached(text).unwrap();
            for (at, column) in columns.iter().enumerate() {
                match column.as_str() {
                    "entry_id" | "resource_id" | "slug" => insert.raw_bind_parameter(at + 1, &page),
                    "id" if text.contains("INTO entries") => insert.raw_bind_parameter(at + 1, &page),
                    "id" => insert.raw_bind_parameter(at + 1, fresh()),
                    _ => insert.raw_bind_parameter(at + 1, &row[at]),
                }
                .unwrap();
            }
            insert.raw_execute().unwrap();
        }
        let IndexDocument { title, body, scope, .. } = &self.document;
        let document = db.prepare_cached(DOCUMENT).unwrap().insert([&page]).unwrap();
        let body = format!("{body} {}", words::joined(&page));
        db.prepare_cached(INDEX).unwrap().execute(params![document, title, body, scope]).unwrap();
        let [project, app, kind] = &self.place;
        db.prepare_cached(NUMBER).unwrap().execute([project]).unwrap();
        let number = self.number.get() + 1;
        self.number.set(number);
        db.prepare_cached(CHANGE).unwrap().execute(params![page, project, app, kind, number, SystemClock.now().micros()]).unwrap();
        for total in &self.totals {
            db.prepare_cached(COUNT).unwrap().execute([&total.0, &total.1]).unwrap();
        }
    }
}

/// What the full-text index holds of [`page`] with this name, without the words of its slug.
fn document(name: &str, app: &str, kind: &str) -> IndexDocument {
    let locales = Locales { default: "en", enabled: &["en".to_owned()] };
    let (now, unknown_blocks) = (SystemClock.now(), UnknownBlocks::Refuse);
    let context = Context { now, entropy: &SystemEntropy, locales, locale: None, kinds: KINDS, unknown_blocks, complete: true };
    let mut body = page("x");
    body.insert("name".into(), name.into());
    let draft = Draft::parse(&website_page::KIND, body, &context).unwrap();
    let found = draft.preview().texts().unwrap().documents().remove(0);
    let mut scope = format!("a{} k{} spublished btext", app.replace('-', ""), kind.replace('_', ""));
    // As `store/sqlite/full_text.rs` does: the words of the title are a list of their own.
    found.title.split_ascii_whitespace().for_each(|word| scope.extend([" ¶", word]));
    IndexDocument { locale: String::new(), title: found.title, body: found.body.trim_end_matches(" x").to_owned(), scope }
}

/// How many rows each table has, and how many words of each column the index has of its newest document.
fn counted(db: &Connection) -> (Vec<(String, i64)>, Vec<u8>) {
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    // How the index cuts itself into rows depends on what was written before.
    let tables = tables.into_iter().filter(|table| !["search_index_data", "search_index_idx"].contains(&table.as_str()));
    let count = |table: String| {
        let rows = db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        (table, rows)
    };
    let words = db.query_row("SELECT sz FROM search_index_docsize ORDER BY id DESC LIMIT 1", [], |row| row.get(0)).unwrap();
    (tables.map(count).collect(), words)
}

/// Stops if a create, which is `made` here, writes other rows than the baseline.
fn compare(file: &Path, make: impl FnOnce()) {
    let db = Connection::open(file).unwrap();
    let (before, _) = counted(&db);
    make();
    let (after, words) = counted(&db);
    let rows = Rows::of(&db);
    let trial = db.unchecked_transaction().unwrap();
    rows.insert(&db);
    let (raw, raw_words) = counted(&db);
    trial.rollback().unwrap();
    for ((table, before), ((_, after), (_, raw))) in before.into_iter().zip(after.into_iter().zip(raw)) {
        assert_eq!(raw - after, after - before, "rows of {table} that the baseline writes, and that a create does");
    }
    assert_eq!(raw_words, words, "words in the index");
}

/// Inserts what a create inserts, `rows` pages to a transaction; prints pages a second. `file` has at least one page.
fn raw(file: &Path, rows: usize, seconds: f64) {
    let db = Connection::open(file).unwrap();
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4096").unwrap();
    db.set_prepared_statement_cache_capacity(64);
    let copied = Rows::of(&db);
    let (start, mut done) = (Instant::now(), 0_u32);
    while start.elapsed().as_secs_f64() < seconds {
        let change = db.unchecked_transaction().unwrap();
        for _ in 0..rows {
            copied.insert(&change);
            done += 1;
        }
        change.commit().unwrap();
    }
    println!("{:.0}", f64::from(done) / start.elapsed().as_secs_f64());
}

/// A page of about one KiB.
fn page(slug: &str) -> Map<String, serde_json::Value> {
    written(slug, &format!("Page {slug}"), &"The sea was calm and the lamp was lit. ".repeat(20))
}

fn written(slug: &str, name: &str, text: &str) -> Map<String, serde_json::Value> {
    let block = json!({ "id": "text", "type": "text", "data": { "markdown": text } });
    let body = json!({ "name": name, "slug": slug, "content": [{ "type": "section", "columns": [{ "blocks": [block] }] }] });
    body.as_object().unwrap().clone()
}

/// One of many pages: in the names of 60 % stands one word, in those of five pages another, and no two have the same text.
fn one_of(pages: usize, number: usize) -> Map<String, serde_json::Value> {
    let mut name = format!("Page {number}");
    if number % 5 < 3 {
        name.push_str(" harbour");
    }
    if number % pages.div_ceil(5) == pages.div_ceil(5) / 2 {
        name.push_str(" kittiwake");
    }
    written(&format!("page-{number}"), &name, &prose(number as u64))
}

/// 160 words of 20,000, each as often as it is in a language: the second half as often as the first (Zipf).
fn prose(seed: u64) -> String {
    const SYLLABLES: [&str; 20] =
        ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo", "zu"];
    let (mut text, mut state) = (String::new(), seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..160 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let mut rank = 20_000_f64.powf((state >> 33) as f64 / f64::from(1_u32 << 31)) as usize;
        while rank > 0 {
            text.push_str(SYLLABLES[rank % SYLLABLES.len()]);
            rank /= SYLLABLES.len();
        }
        text.push(' ');
    }
    text
}

/// Fills a new database through the service; prints where things are, with the ids of up to 1,000 pages spread over all.
fn seed(file: &Path, pages: usize) {
    let (store, _engine) = database::open(file, "the load run").unwrap();
    let made = demo::seed(&store, None, true).unwrap();
    let (key, at) = (made.service_key.clone(), (made.org, made.project, made.apps[0].1));
    let actor = store.read_now(|tx| token::key_actor(tx, &key, IpAddr::from([127, 0, 0, 1]))).unwrap();
    let (mut ids, step) = (Vec::new(), pages.div_ceil(1000).max(1));
    for first in (0..pages).step_by(500) {
        let (actor, numbers) = (actor.clone(), first..pages.min(first + 500));
        let some = store.write_now(move |tx| {
            let mut some = Vec::new();
            for number in numbers.clone() {
                let entry = content::entry::create_of(tx, &actor, at, &website_page::KIND, &one_of(pages, number), None)?.found;
                some.extend((number % step == 0).then_some(entry.id));
            }
            Ok(some)
        });
        ids.extend(some.unwrap());
        // Pages of one instant would have an order that no real site has.
        thread::sleep(Duration::from_millis(1));
    }
    compare(file, || {
        let slug = EntryId::new(SystemClock.now(), &SystemEntropy).to_string();
        store.write_now(move |tx| content::entry::create_of(tx, &actor, at, &website_page::KIND, &page(&slug), None)).unwrap();
    });
    let app = made.apps[0].1;
    println!("{}", json!({ "key": key, "org": made.org, "project": made.project, "app": app, "ids": ids, "page": page("SLUG") }));
    store.stop();
}

/// Creates by 32 tasks in a new database; prints how many are stored a second when none fails, and when a tenth fails after its writes.
fn late(file: &Path, seconds: f64) {
    let (store, _engine) = database::open(file, "the load run").unwrap();
    let made = demo::seed(&store, None, true).unwrap();
    let (key, at) = (made.service_key.clone(), (made.org, made.project, made.apps[0].1));
    let actor = store.read_now(|tx| token::key_actor(tx, &key, IpAddr::from([127, 0, 0, 1]))).unwrap();
    let rate = |failing: bool| {
        actix_web::rt::System::new().block_on(async {
            let (begun, mut stored) = (Instant::now(), 0_u32);
            let tasks: Vec<_> = (0..32)
                .map(|task| {
                    let (store, actor) = (store.clone(), actor.clone());
                    actix_web::rt::spawn(async move {
                        let mut stored = 0;
                        for number in task.. {
                            if begun.elapsed().as_secs_f64() >= seconds {
                                break;
                            }
                            let (actor, fails) = (actor.clone(), failing && number % 10 == 0);
                            let body = page(&EntryId::new(SystemClock.now(), &SystemEntropy).to_string());
                            let work = move |tx: &mut Tx<'_>| {
                                let made = content::entry::create_of(tx, &actor, at, &website_page::KIND, &body, None)?;
                                if fails { Err(Error::Stale) } else { Ok(made.found.id) }
                            };
                            stored += u32::from(store.write(work).await.is_ok());
                        }
                        stored
                    })
                })
                .collect();
            for task in tasks {
                stored += task.await.unwrap();
            }
            f64::from(stored) / begun.elapsed().as_secs_f64()
        })
    };
    println!("{:.0} {:.0}", rate(false), rate(true));
    store.stop();
}
