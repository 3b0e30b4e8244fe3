//! Lists of pages and posts over the API, and what spans a project: addresses and search.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stele::domain::{
    content::{self, KINDS, Kind},
    spec::Holds,
    text::fold,
};

use crate::support::Site;

/// An id of nothing.
const NOTHING: &str = "0190f4a2-0000-7000-8000-00000000000a";

/// Entries that differ in every field that can be written.
fn fill(site: &Site, path: &str, kind: &Kind) {
    let frame = ["layout", "header", "footer"].map(|noun| {
        let made = site.make(&format!("{}/apps/website/{}/{noun}s", site.project(), site.here.app), &json!({ "name": noun }));
        (["layoutId", "headerId", "footerId"].into_iter().find(|name| name.starts_with(noun)).unwrap(), made["id"].clone())
    });
    for (at, (name, tag)) in [("Élan", "sea"), ("Tides", "wind"), ("tides", "sea salt"), ("Zebra", "100%")].iter().enumerate() {
        let mut body = json!({
            "name": name, "slug": format!("{}-{at}", kind.noun), "tags": [tag],
            "title": { "en": format!("Title {at}"), "fr": format!("Œuvre {at}") },
            "status": (["draft", "published"][at % 2]),
            "content": [{ "columns": [{ "blocks": [{ "type": "text", "data": { "markdown": "hidden words" } }] }] }],
        });
        let more = match kind.noun {
            "page" => frame.clone().map(|(name, id)| (name, if at < 2 { id } else { Value::Null })).to_vec(),
            _ => vec![
                ("authorName", if at < 2 { json!(format!("Ann {at}")) } else { Value::Null }),
                ("publishDate", if at < 3 { json!(format!("2026-01-0{}", 3 - at)) } else { Value::Null }),
                ("excerpt", json!("A summary")),
            ],
        };
        for (name, value) in more {
            body[name] = value;
        }
        site.make(path, &body);
    }
}

fn both(site: &Site) -> [(String, &'static Kind); 2] {
    let kinds = ["website_page", "website_post"].map(|word| content::of_type(KINDS, word).unwrap());
    let all = [(site.pages(), kinds[0]), (site.posts(), kinds[1])];
    for (path, kind) in &all {
        fill(site, path, kind);
    }
    all
}

fn ids<'a>(items: impl IntoIterator<Item = &'a Value>) -> BTreeSet<String> {
    items.into_iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// The ids of a list, in its order.
fn order(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

/// Where a page is, without where the list goes on.
fn numbers(list: &Value) -> Value {
    let mut meta = list["meta"].clone();
    meta.as_object_mut().unwrap().remove("next");
    meta
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn lite_leaves_the_content_out_and_nothing_else() {
    let site = Site::new();
    for (path, _) in both(&site) {
        let (whole, lite) = (site.items(&path), site.items(&format!("{path}?lite=true")));
        assert_eq!(order(&whole), order(&lite));
        for (whole, lite) in whole.iter().zip(&lite) {
            let mut without = whole.clone();
            assert!(without.as_object_mut().unwrap().remove("content").is_some());
            assert_eq!(&without, lite);
        }
        assert_eq!(site.items(&format!("{path}?lite=false")), whole);
        assert_eq!(site.get(&format!("{path}?lite=yes")).status, 400);
    }
}

#[test]
fn every_declared_filter_finds_exactly_what_has_the_value() {
    let site = Site::new();
    for (path, kind) in both(&site) {
        let all = site.items(&path);
        for field in kind.listing.fields.iter().filter(|field| field.filter) {
            for value in all.iter().map(|item| &item[field.name]) {
                let wanted = all.iter().filter(|item| &item[field.name] == value);
                let query = match value {
                    Value::Null => format!("{}_isnull=true", field.name),
                    Value::String(text) => format!("{}={}", field.name, encoded(text)),
                    other => format!("{}={other}", field.name),
                };
                let found = site.get(&format!("{path}?{query}"));
                let wanted = ids(wanted);
                assert_eq!(ids(found.body["data"].as_array().unwrap()), wanted, "{query}");
                assert_eq!(found.body["meta"]["total"], wanted.len(), "{query}");
            }
            let given = all.iter().filter(|item| !item[field.name].is_null());
            assert_eq!(ids(&site.items(&format!("{path}?{}_isnull=false", field.name))), ids(given), "{}", field.name);
            // What none of them has, and what no value of this field can be.
            let (nobody, wrong) = match field.holds {
                Holds::Text => ("nobody", None),
                Holds::Word(_) => ("scheduled", Some("lost")),
                Holds::Bool => ("false", Some("maybe")),
                Holds::Instant => ("2001-01-01T00:00:00.000Z", Some("yesterday")),
                Holds::Id | Holds::Linked => ("0190f4a2-0000-7000-8000-000000000000", Some("7")),
                Holds::Int => ("-1", Some("x")),
            };
            assert_eq!(site.get(&format!("{path}?{}={nobody}", field.name)).body["meta"]["total"], 0, "{}", field.name);
            if let Some(wrong) = wrong {
                let refused = site.get(&format!("{path}?{}={wrong}", field.name));
                assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!(field.name)), "{}", refused.body);
            }
        }
        let two = site.items(&format!("{path}?status=draft&slug={}-0", kind.noun));
        assert_eq!(two.iter().map(|item| &item["name"]).collect::<Vec<_>>(), ["Élan"], "filters are joined");
        assert_eq!(site.get(&format!("{path}?title=x")).status, 400, "a field without a filter");
    }
}

#[test]
fn every_declared_order_sorts_both_ways() {
    let site = Site::new();
    for (path, kind) in both(&site) {
        for field in kind.listing.fields.iter().filter(|field| field.sort) {
            for descending in [false, true] {
                let found = site.items(&format!("{path}?sort={}:{}", field.name, if descending { "desc" } else { "asc" }));
                assert_eq!(found.len(), 4);
                let keys: Vec<_> = found.iter().map(|item| item[field.name].as_str()).collect();
                let mut wanted = keys.clone();
                let folded = |key: &Option<&str>| key.map(fold);
                wanted.sort_by(|a, b| if descending { folded(b).cmp(&folded(a)) } else { folded(a).cmp(&folded(b)) });
                wanted.sort_by_key(Option::is_none);
                assert_eq!(keys, wanted, "{} {descending}", field.name);
            }
        }
        let newest = site.items(&path);
        let mut turned = newest.clone();
        turned.sort_by(|a, b| (b["createdAt"].as_str(), b["id"].as_str()).cmp(&(a["createdAt"].as_str(), a["id"].as_str())));
        assert_eq!(newest, turned, "newest first, unless asked otherwise");
        assert_eq!(site.get(&format!("{path}?sort=title:asc")).status, 400);
        assert_eq!(site.get(&format!("{path}?sort=name:up")).status, 400);
    }
}

#[test]
fn pages_of_a_list_hold_every_entry_once() {
    let site = Site::new();
    for number in 0..7 {
        site.make(&site.pages(), &json!({ "name": "Same", "slug": format!("p{number}") }));
    }
    let all = site.get(&site.pages());
    assert_eq!(all.body["meta"], json!({ "total": 7, "page": 1, "pageSize": 25, "pageCount": 1 }));
    for sort in ["createdAt:desc", "name:asc", "updatedAt:asc"] {
        let mut seen = Vec::new();
        for page in 1..=4 {
            let found = site.get(&format!("{}?sort={sort}&pageSize=3&page={page}", site.pages()));
            assert_eq!(numbers(&found.body), json!({ "total": 7, "page": page, "pageSize": 3, "pageCount": 3 }));
            let items = found.body["data"].as_array().unwrap();
            assert_eq!(items.len(), [3, 3, 1, 0][page - 1]);
            seen.extend(items.clone());
        }
        assert_eq!((seen.len(), ids(&seen)), (7, ids(all.body["data"].as_array().unwrap())), "{sort}");
    }
    let searched = site.get(&format!("{}?search=p&pageSize=2&page=2", site.pages()));
    assert_eq!(numbers(&searched.body), json!({ "total": 7, "page": 2, "pageSize": 2, "pageCount": 4 }));
    let gone = site.items(&site.pages()).remove(0);
    assert_eq!(site.ask("DELETE", &format!("{}/{}", site.pages(), gone["id"].as_str().unwrap()), None).status, 200);
    assert_eq!(site.get(&site.pages()).body["meta"]["total"], 6);
    assert_eq!(site.get(&site.posts()).body["meta"]["total"], 0);
}

#[test]
fn a_search_finds_all_words_whatever_their_case_and_marks() {
    let site = Site::new();
    for (path, kind) in both(&site) {
        let found = |words: &str| {
            let mut slugs: Vec<_> = site
                .items(&format!("{path}?search={}", encoded(words)))
                .iter()
                .map(|item| item["slug"].as_str().unwrap().trim_start_matches(kind.noun).to_owned())
                .collect();
            slugs.sort_unstable();
            slugs
        };
        assert_eq!(found("TIDES"), ["-1", "-2"]);
        assert_eq!(found("elan"), ["-0"]);
        assert_eq!(found("ÉLAN"), ["-0"]);
        assert_eq!(found("title sea"), ["-0", "-2"], "all words, wherever they stand");
        assert_eq!(found("œuvre 3"), ["-3"], "in every language");
        assert_eq!(found(&format!("{}-2", kind.noun)), ["-2"]);
        assert_eq!(found("%"), ["-3"], "a letter like any other");
        assert_eq!(found("_"), [""; 0]);
        assert_eq!(found("hidden"), [""; 0], "trees are not searched");
        assert_eq!(found(""), ["-0", "-1", "-2", "-3"]);
        assert_eq!(found("summary").len(), if kind.noun == "post" { 4 } else { 0 });
        let one = site.items(&format!("{path}?slug={}-3", kind.noun)).remove(0);
        site.change(&format!("{path}/{}", one["id"].as_str().unwrap()), &json!({ "name": "Okapi", "tags": [] }));
        assert_eq!((found("okapi").len(), found("zebra").len(), found("%").len()), (1, 0, 0), "a change is found at once");
    }
}

#[test]
fn the_url_map_has_what_is_published_and_the_search_has_all() {
    let site = Site::new();
    both(&site);
    let map = |query: &str| {
        let mut paths: Vec<_> = site
            .items(&format!("{}/urls{query}", site.project()))
            .iter()
            .map(|item| (item["path"].as_str().unwrap().to_owned(), item["type"].as_str().unwrap().to_owned()))
            .collect();
        paths.sort_unstable();
        paths
    };
    let pair = |path: &str, kind: &str| (path.to_owned(), kind.to_owned());
    let pages = [pair("/page-1", "website_page"), pair("/page-3", "website_page")];
    let posts = [pair("/blog/post-1", "website_post"), pair("/blog/post-3", "website_post")];
    assert_eq!(map(""), [posts.clone(), pages.clone()].concat());
    assert_eq!(map("?type=website_post"), posts);
    assert_eq!(map(&format!("?app={}&type=website_page", site.here.app)), pages);
    assert_eq!(map(&format!("?app={NOTHING}")), []);
    assert_eq!(map("?search=zebra"), [posts[1].clone(), pages[1].clone()]);
    assert_eq!(map("?search=blog/post-1"), [posts[0].clone()], "by path");
    let search = |query: &str| {
        let mut found: Vec<_> = site
            .items(&format!("{}/search?query={query}", site.project()))
            .iter()
            .map(|item| (item["metadata"]["name"].as_str().unwrap().to_owned(), item["sourceType"].as_str().unwrap().to_owned()))
            .collect();
        found.sort_unstable();
        found
    };
    assert_eq!(search("elan"), [pair("Élan", "website_page"), pair("Élan", "website_post")], "drafts too");
    assert_eq!(search("tides&sourceTypes=website_post"), [pair("Tides", "website_post"), pair("tides", "website_post")]);
    assert_eq!(search("tides%20wind").len(), 2);
    let best = site.items(&format!("{}/search?query=sea", site.project()));
    assert_eq!(best.len(), 4, "tags are searched");
    assert_eq!(site.get(&format!("{}/search", site.project())).status, 400);
    let elsewhere = format!("/organizations/{}/projects/{}", site.here.org, site.here.other);
    assert_eq!(site.get(&format!("{elsewhere}/urls")).body["meta"]["total"], 0);
    assert_eq!(site.get(&format!("{elsewhere}/search?query=tides")).body["meta"]["total"], 0);
    for page in site.items(&site.pages()) {
        assert_eq!(site.ask("DELETE", &format!("{}/{}", site.pages(), page["id"].as_str().unwrap()), None).status, 200);
    }
    assert_eq!(map(""), posts);
    assert_eq!(search("elan"), [pair("Élan", "website_post")]);
}

/// The ids along `meta.next`, from the first page on.
fn along(site: &Site, path: &str) -> Vec<String> {
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let list = site.get(&format!("{path}{after}"));
        assert_eq!(list.status, 200, "{path}{after}: {}", list.body);
        seen.extend(list.body["data"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        match list.body["meta"]["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return seen,
        }
    }
}

#[test]
fn five_hundred_entries_that_tie_come_once_each_in_every_order() {
    let site = Site::new();
    let (here, kinds) = (site.here, ["website_page", "website_post"].map(|word| content::of_type(KINDS, word).unwrap()));
    site.server.write(move |tx| {
        for (kind, number) in kinds.into_iter().flat_map(|kind| (0..250).map(move |number| (kind, number))) {
            let mut body = json!({ "name": "The same", "slug": format!("{}-{number}", kind.noun) });
            if number % 3 == 0 && kind.field("authorName").is_some() {
                body["authorName"] = json!("Ann");
            }
            let at = (here.org, here.project, here.app);
            stele::service::content::entry::create_of(
                tx,
                &stele::domain::access::Actor::operator(),
                at,
                kind,
                body.as_object().unwrap(),
                None,
            )?;
        }
        Ok(())
    });
    for (path, kind) in [(site.pages(), kinds[0]), (site.posts(), kinds[1])] {
        for field in kind.listing.fields.iter().filter(|field| field.sort) {
            for way in ["asc", "desc"] {
                let path = format!("{path}?lite=true&sort={}:{way}", field.name);
                let seen = along(&site, &format!("{path}&pageSize=90"));
                let pages = (1..=2).flat_map(|page| site.items(&format!("{path}&pageSize=200&page={page}")));
                let whole: Vec<_> = pages.map(|item| item["id"].as_str().unwrap().to_owned()).collect();
                assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (250, 250), "{path}");
                assert_eq!(seen, whole, "{path}");
            }
        }
    }
}

#[test]
fn a_list_that_loses_and_gains_entries_goes_on_where_it_was() {
    let site = Site::new();
    let made: Vec<_> = (0..9).map(|at| site.make(&site.pages(), &json!({ "name": "x", "slug": format!("p-{at}") }))).collect();
    let first = site.get(&format!("{}?pageSize=3", site.pages()));
    let slugs =
        |list: &Value| list["data"].as_array().unwrap().iter().map(|item| item["slug"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(slugs(&first.body), ["p-8", "p-7", "p-6"]);
    site.make(&site.pages(), &json!({ "name": "new", "slug": "new" }));
    for gone in [&made[6], &made[8]] {
        assert_eq!(site.ask("DELETE", &format!("{}/{}", site.pages(), gone["id"].as_str().unwrap()), None).status, 200);
    }
    let next = first.body["meta"]["next"].as_str().unwrap();
    let second = site.get(&format!("{}?pageSize=3&after={next}", site.pages()));
    assert_eq!((slugs(&second.body), &second.body["meta"]["total"]), (vec!["p-5".into(), "p-4".into(), "p-3".into()], &json!(8)));
    for query in
        [format!("after={next}&page=2"), format!("after={next}&sort=name:asc"), "after=x".into(), "after=".into(), "after=bm8".into()]
    {
        let refused = site.get(&format!("{}?{query}", site.pages()));
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (400, &json!("after")), "{query}: {}", refused.body);
    }
    let same = json!({ "appType": "website", "name": "Other", "slug": "other" });
    let app = site.make(&format!("{}/apps", site.project()), &same)["id"].as_str().unwrap().to_owned();
    let other = format!("{}/apps/website/{app}/pages", site.project());
    let projects = format!("/organizations/{}/projects", site.here.org);
    let apps = format!("{}/apps", site.project());
    for elsewhere in [site.posts(), other, projects, apps] {
        let refused = site.get(&format!("{elsewhere}?after={next}"));
        let code = (&refused.body["errors"][0]["field"], &refused.body["errors"][0]["code"]);
        assert_eq!((refused.status, code), (400, (&json!("after"), &json!("other_order"))), "{elsewhere}: {}", refused.body);
    }
}

#[test]
fn names_sort_and_are_found_whatever_their_case_and_accents() {
    let site = Site::new();
    let names = ["Zebra", "élan", "E\u{301}lan vital", "apple", "Éclair", "Straße", "strand", "Łódź", "l’an", "Öl"];
    for (at, name) in names.iter().enumerate() {
        site.make(&site.posts(), &json!({ "name": name, "slug": format!("n-{at}"), "authorName": name }));
    }
    let wanted = ["apple", "Éclair", "élan", "E\u{301}lan vital", "l’an", "Łódź", "Öl", "strand", "Straße", "Zebra"];
    for field in ["name", "authorName"] {
        let sorted = site.items(&format!("{}?sort={field}:asc", site.posts()));
        assert_eq!(sorted.iter().map(|item| item["name"].as_str().unwrap()).collect::<Vec<_>>(), wanted, "{field}");
        let paged = along(&site, &format!("{}?sort={field}:asc&pageSize=3", site.posts()));
        assert_eq!(paged, sorted.iter().map(|item| item["id"].as_str().unwrap()).collect::<Vec<_>>());
    }
    for (query, found) in
        [("ELAN", 2), ("ÉLAN", 2), ("e\u{301}lan", 2), ("STRASSE", 1), ("straße", 1), ("lodz", 1), ("l'an", 1), ("l’AN", 1), ("ol", 1)]
    {
        assert_eq!(site.items(&format!("{}?search={}", site.posts(), encoded(query))).len(), found, "{query}");
        let like = site.items(&format!("{}?authorName_like={}", site.posts(), encoded(query)));
        assert_eq!(like.len(), found, "authorName_like={query}");
    }
    for (slug, name) in [("big", "ÉTOILE"), ("small", "etoile b"), ("last", "Zinc"), ("first", "abc")] {
        site.make(&format!("{}/apps", site.project()), &json!({ "appType": "website", "name": name, "slug": slug }));
    }
    let apps = site.items(&format!("{}/apps?sort=name:asc&appType_like=WEB", site.project()));
    assert_eq!(apps.iter().map(|app| app["name"].as_str().unwrap()).collect::<Vec<_>>(), ["abc", "ÉTOILE", "etoile b", "Web", "Zinc"]);
}
