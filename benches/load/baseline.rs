//! What the server is measured against, and the seeder; `benches/load/run` calls it.
//!
//! `route`: a bare actix-web route. `raw FILE ROWS SECONDS`: the rows of a create, without the server. `sign SECONDS`:
//! bare signatures. `seed FILE PAGES`: a sandbox's database with that many pages. `late FILE SECONDS`: creates of which none,
//! and of which a tenth, fail after they have written.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement reads the clock and may stop")]

use std::{
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
use rusqlite::{Connection, types::Value};
use serde_json::{Map, json};
use stele::{
    app::{self, SystemClock, SystemEntropy},
    domain::{Error, content::kinds::website_page, id::EntryId, time::Clock},
    service::{content, demo, key::token},
    store::{
        Tx,
        content::{entry, version},
        engine::Sql,
        org::activity,
    },
};

const COUNT: &str =
    "INSERT INTO counters (owner, what, slot, n) VALUES (?1, ?2, 0, 1) ON CONFLICT (owner, what, slot) DO UPDATE SET n = n + 1";

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

/// The INSERT of a store file, and a row of its table to copy.
fn template(db: &Connection, statements: &[(&str, &Sql)]) -> (String, Vec<String>, Vec<Value>) {
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

/// Inserts what a create inserts, `rows` pages to a transaction; prints pages a second. `file` has at least one page.
fn raw(file: &Path, rows: usize, seconds: f64) {
    let db = Connection::open(file).unwrap();
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2048").unwrap();
    let tables = [entry::STATEMENTS, version::STATEMENTS, activity::STATEMENTS].map(|statements| template(&db, statements));
    let owners: Vec<(String, String)> =
        db.prepare(TOTALS).unwrap().query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let fresh = || EntryId::new(SystemClock.now(), &SystemEntropy).to_string();
    let (start, mut done) = (Instant::now(), 0_u32);
    while start.elapsed().as_secs_f64() < seconds {
        let change = db.unchecked_transaction().unwrap();
        for _ in 0..rows {
            let page = fresh();
            for (text, columns, row) in &tables {
                let mut insert = change.prepare_cached(text).unwrap();
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
            for owner in &owners {
                change.prepare_cached(COUNT).unwrap().execute([&owner.0, &owner.1]).unwrap();
            }
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
    let (store, _engine) = app::open(file, "the load run").unwrap();
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
    let app = made.apps[0].1;
    println!("{}", json!({ "key": key, "org": made.org, "project": made.project, "app": app, "ids": ids, "page": page("SLUG") }));
    store.stop();
}

/// Creates by 32 tasks in a new database; prints how many are stored a second when none fails, and when a tenth fails after its writes.
fn late(file: &Path, seconds: f64) {
    let (store, _engine) = app::open(file, "the load run").unwrap();
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
