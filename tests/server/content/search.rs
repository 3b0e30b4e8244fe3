//! Search over the content of a project: what is written is found at once, in each language, and by nobody else.

use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use stele::domain::access::{Access, Role};

use crate::support::{JsonAnswer, Site, Visitor, machine, page};

/// The addresses of a query, whatever is in it.
fn asked(site: &Site, query: &str, more: &str) -> JsonAnswer {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    site.get(&format!("{}/search?query={query}{more}", site.project()))
}

/// The names of what a query finds, in order.
fn names(site: &Site, query: &str) -> Vec<String> {
    let answer = asked(site, query, "");
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    named(&answer.body["data"])
}

fn named(items: &Value) -> Vec<String> {
    items.as_array().unwrap().iter().map(|item| item["metadata"]["name"].as_str().unwrap().to_owned()).collect()
}

/// A page with one block of text.
fn told(slug: &str, markdown: &Value) -> Value {
    let blocks = json!([{ "id": format!("b-{slug}"), "type": "text", "data": { "markdown": markdown } }]);
    json!({ "name": slug, "slug": slug, "content": [{ "id": "s", "role": "hero", "columns": [{ "id": "c", "blocks": blocks }] }] })
}

/// The places of a search.
fn places(site: &Site, query: &str) -> Value {
    let answer = site.get(&format!("{}/content/search?{query}", site.project()));
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    answer.body
}

#[test]
fn what_is_written_is_found_at_once_in_the_words_of_its_languages() {
    let site = Site::new();
    site.make(&site.pages(), &told("one", &json!({ "en": "A house in Straße 5", "fr": "Une maison à Đà Nẵng" })));
    site.make(&site.pages(), &told("two", &json!("東京タワーに行きました。 The <b>office</b> [here](https://hidden.example)")));
    site.make(&site.posts(), &json!({ "name": "Œuvre", "slug": "three", "title": { "en": "The lighthouse", "fr": "Le phare" } }));
    for (query, wanted) in [
        ("strasse", vec!["one"]),
        ("STRASSE 5", vec!["one"]),
        ("da nang", vec!["one"]),
        ("da-nang", vec!["one"]),
        ("タワー", vec!["two"]),
        ("京", vec!["two"]),
        ("行きました", vec!["two"]),
        ("京行", vec![]),
        ("offi", vec!["two"]),
        ("offi house", vec!["one"]),
        ("hidden", vec![]),
        ("oeuvre", vec!["Œuvre"]),
        ("phare", vec!["Œuvre"]),
        ("lighth", vec!["Œuvre"]),
        ("lighthouse phare", vec!["Œuvre"]),
        ("website", vec![]),
        ("published", vec![]),
    ] {
        assert_eq!(names(&site, query), wanted, "{query}");
    }
    let found = &asked(&site, "maison", "").body["data"][0];
    let metadata = &found["metadata"];
    assert_eq!((&metadata["locale"], &metadata["block"], &metadata["field"]), (&json!("fr"), &json!("b-one"), &json!("markdown")));
    assert_eq!((&metadata["snippet"], &found["content"]), (&json!("Une maison à Đà Nẵng"), &json!("Une maison à Đà Nẵng")));
    assert_eq!(asked(&site, "office", "").body["data"][0]["metadata"]["locale"], "en", "plain text is in the default language");
}

#[test]
fn what_was_changed_is_found_as_it_is_now_and_what_is_in_the_trash_is_not() {
    let site = Site::new();
    let made = site.make(&site.pages(), &json!({ "name": "Tides", "slug": "tides", "title": { "en": "Ebb", "fr": "Flux" } }));
    let path = format!("{}/{}", site.pages(), made["id"].as_str().unwrap());
    site.change(&path, &json!({ "name": "Waves", "title": { "fr": null } }));
    let all = ["tides", "waves", "ebb", "flux"].map(|query| names(&site, query).len());
    assert_eq!(all, [1, 1, 1, 0], "the slug is still that of before");
    assert_eq!(site.ask("DELETE", &path, None).status, 200);
    assert_eq!(names(&site, "waves"), [""; 0]);
    let count = || {
        site.raw()
            .query_row("SELECT count(*) FROM search_docs d JOIN entries e ON e.id = d.entry_id WHERE e.slug IS NOT NULL", [], |row| {
                row.get::<_, i64>(0)
            })
            .unwrap()
    };
    assert_eq!(count(), 0);
    let editor = Visitor::new(&site.server, &site.here, "Eddy Editor", Role::Editor);
    let page = format!("/o/acme/p/site/website/web/pages/{}", made["id"].as_str().unwrap());
    editor.post(&format!("{page}/restore"), &[("undo", "on")]).is(303);
    assert_eq!((names(&site, "waves"), count()), (vec!["Waves".to_owned()], 1));
}

#[test]
fn what_each_site_has_from_its_start_on_is_found_once_somebody_has_written_in_it() {
    let site = Site::new();
    assert_eq!(names(&site, "landing"), [""; 0]);
    let landing = format!("{}/apps/website/{}/landing", site.project(), site.here.app);
    site.change(&landing, &json!({ "name": "Front" }));
    assert_eq!((names(&site, "landing").len(), names(&site, "front").len()), (0, 1));
    let id = site.get(&landing).body["id"].clone();
    site.change(&landing, &json!({ "name": "Landing page" }));
    let target = |more: Value| {
        let mut body = json!({ "contentType": "website_landing", "contentId": id });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let section = site.ask("POST", &format!("{}/content/sections/insert", site.project()), Some(&target(json!({ "section": {} }))));
    assert_eq!(section.status, 200, "{}", section.body);
    let block = json!({ "type": "heading", "data": { "text": "Come in" }, "intoSectionId": section.body["section"]["id"] });
    let block = site.ask("POST", &format!("{}/content/blocks/insert", site.project()), Some(&target(block)));
    assert_eq!(block.status, 200, "{}", block.body);
    assert_eq!((names(&site, "landing").len(), names(&site, "come in").len()), (1, 1));
}

#[test]
fn what_answers_best_comes_first_and_says_how_well() {
    let site = Site::new();
    site.make(&site.pages(), &told("body", &json!("red and then a fox")));
    site.make(&site.pages(), &json!({ "name": "The red fox", "slug": "name" }));
    site.make(&site.pages(), &told("phrase", &json!("a red fox")));
    site.make(&site.pages(), &told("half", &json!("a red dog")));
    let found = asked(&site, "red fox", "").body;
    let similar =
        |found: &Value| found["data"].as_array().unwrap().iter().map(|item| item["similarity"].as_f64().unwrap()).collect::<Vec<_>>();
    assert_eq!(
        (named(&found["data"]), similar(&found)),
        (["The red fox", "phrase", "body"].map(str::to_owned).to_vec(), vec![1.0, 0.8, 0.6])
    );
    let some = asked(&site, "red cat", "").body;
    assert_eq!((some["meta"]["total"].as_u64(), similar(&some)[0]), (Some(4), 0.5), "where none holds all words");
    assert_eq!(named(&asked(&site, "red fox", "&similarity=0.7").body["data"]).len(), 2);
    assert_eq!(named(&asked(&site, "red fox", "&sort=similarity:asc").body["data"])[0], "body");
    let second = asked(&site, "red fox", "&limit=2&page=2").body;
    assert_eq!((named(&second["data"]), &second["meta"]["total"]), (vec!["body".to_owned()], &json!(3)));
    let id = found["data"][1]["sourceId"].as_str().unwrap();
    assert_eq!(named(&asked(&site, "red", &format!("&sourceId={id}")).body["data"]), ["phrase"]);
    for wrong in ["&similarity=2", "&limit=0", "&limit=201", "&sourceId=x", "&sort=name:asc", "&nope=1", "&page=0"] {
        assert_eq!(asked(&site, "red", wrong).status, 400, "{wrong}");
    }
}

#[test]
fn nothing_in_a_query_is_an_operator() {
    let site = Site::new();
    site.make(&site.pages(), &told("one", &json!("plain words, NOT \"quoted\" NEAR(a b) title:x")));
    let words = prop::sample::select(vec![
        "plain", "words", "AND", "OR", "NOT", "NEAR", "NEAR(", "title", "scope", "body", "é", "中文", "x", "rowid",
    ]);
    let marks =
        prop::sample::select(vec!["\"", "'", "*", "(", ")", ":", "^", "-", "+", "{", "}", ",", " ", "\t", "\\", ";", "%", "_", "\0", "/*"]);
    let query = prop::collection::vec(prop_oneof![words.prop_map(str::to_owned), marks.prop_map(str::to_owned), "\\PC{0,3}"], 1..12);
    TestRunner::new(ProptestConfig::with_cases(64))
        .run(&query, |parts| {
            let query = parts.concat();
            let answer = asked(&site, &query, "");
            let is_blank = query.trim().is_empty();
            prop_assert_eq!(answer.status, if is_blank { 400 } else { 200 }, "{:?}: {}", query, answer.body);
            let escaped: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
            let places = site.get(&format!("{}/content/search?query={escaped}", site.project()));
            prop_assert!(matches!(places.status, 200 | 400), "{:?}: {}", query, places.body);
            Ok(())
        })
        .unwrap();
    assert_eq!(names(&site, "\"plain\" AND quot*"), ["one"], "AND is a word that is nowhere, so those that hold some are shown");
    assert_eq!(names(&site, "scope:website"), [""; 0]);
}

#[test]
fn nobody_finds_what_they_may_not_read() {
    let site = Site::new();
    site.make(&site.pages(), &told("secret", &json!("wombat")));
    assert_eq!(names(&site, "wombat"), ["secret"]);
    let org = format!("/organizations/{}", site.here.org);
    let path = format!("{}/search?query=wombat", site.project());
    let other = format!("{org}/projects/{}", site.here.other);
    let nothing = json!(0);
    assert_eq!(site.get(&format!("{other}/search?query=wombat")).body["meta"]["total"], nothing, "in another project");
    // Another app of the project, and an app that is gone.
    let app =
        site.ask("POST", &format!("{}/apps", site.project()), Some(&json!({ "appType": "website", "name": "Second", "slug": "second" })));
    let second = format!("{}/apps/website/{}/pages", site.project(), app.body["id"].as_str().unwrap());
    site.make(&second, &told("second", &json!("wombat")));
    assert_eq!(names(&site, "wombat"), ["second", "secret"]);
    assert_eq!(site.ask("DELETE", &format!("{}/apps/{}", site.project(), app.body["id"].as_str().unwrap()), None).status, 200);
    assert_eq!(names(&site, "wombat"), ["secret"]);
    // A viewer reads; one of another project does not see it; nor does a key whose account is gone.
    let viewer = machine(&site.server, site.here.org, Role::Viewer, Access::Read, None);
    let token = site.server.token(&viewer.secret);
    let status = |token: &str, path: &str| site.server.ask("GET", path, Some(token), None).status;
    assert_eq!((status(&token, &path), status(&token, &format!("{}/content/search?query=wombat", site.project()))), (200, 200));
    let elsewhere = machine(&site.server, site.here.org, Role::Viewer, Access::Read, Some(vec![site.here.other]));
    assert_ne!(status(&site.server.token(&elsewhere.secret), &path), 200);
    assert_eq!(site.ask("DELETE", &format!("{org}/service-accounts/{}", viewer.account), None).status, 200);
    assert_eq!(status(&token, &path), 401, "a role that was taken away");
}

#[test]
fn places_are_told_with_block_field_language_and_a_piece() {
    let site = Site::new();
    let first = site.make(&site.pages(), &told("first", &json!({ "en": "Opening hours", "fr": "Heures d’ouverture" })));
    let draft = json!({ "name": "hours", "slug": "second", "status": "draft", "title": { "fr": "Nos heures" } });
    site.make(&site.posts(), &draft);
    let all = places(&site, "query=heures");
    assert_eq!((&all["count"], &all["total"], &all["truncated"]), (&json!(2), &json!(2), &json!(false)));
    let one = all["matches"].as_array().unwrap().iter().find(|one| one["contentType"] == "website_page").unwrap();
    let wanted = json!({
        "contentId": first["id"], "contentType": "website_page", "name": "first", "slug": "first",
        "sectionId": "s", "columnId": "c", "sectionRole": "hero", "blockId": "b-first", "blockType": "text",
        "matchIn": "block", "field": "markdown", "locale": "fr", "snippet": "Heures d’ouverture",
    });
    assert_eq!(*one, wanted);
    let post = &places(&site, "query=heures&contentTypes=website_post")["matches"][0];
    assert_eq!((&post["matchIn"], &post["field"], &post["blockId"]), (&json!("entry"), &json!("title"), &Value::Null));
    let blocks = places(&site, "blockTypes=text,quote");
    let (block, none) = (&blocks["matches"][0], &Value::Null);
    assert_eq!((&blocks["total"], &block["blockId"]), (&json!(1), &json!("b-first")));
    assert_eq!((&block["field"], &block["locale"], &block["snippet"]), (none, none, none));
    assert_eq!(places(&site, "query=hours&blockTypes=text")["total"], 1, "in blocks of the type alone");
    assert_eq!(places(&site, "query=hours")["total"], 2);
    let by_status = ["draft", "published", "scheduled"].map(|word| places(&site, &format!("query=hours&status={word}"))["total"].clone());
    assert_eq!(by_status, [json!(1), json!(1), json!(0)]);
    let short = places(&site, "query=hours&limit=1");
    assert_eq!((&short["count"], &short["total"], &short["truncated"]), (&json!(1), &json!(2), &json!(true)));
    for wrong in
        ["", "query=", "query=a&status=gone", "blockTypes=soup", "query=a&contentTypes=website_soup", "query=a&limit=x", "query=a&page=1"]
    {
        assert_eq!(site.get(&format!("{}/content/search?{wrong}", site.project())).status, 400, "{wrong}");
    }
}

#[test]
fn what_is_published_is_found_as_published() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Eddy Editor", Role::Editor);
    let mut draft = page("quiet");
    draft["slug"] = json!("elsewhere");
    draft["status"] = json!("draft");
    let made = site.make(&site.pages(), &draft);
    let of = |status: &str| places(&site, &format!("query=quiet&status={status}"))["total"].clone();
    assert_eq!([of("draft"), of("published")], [1, 0]);
    let page = format!("/o/acme/p/site/website/web/pages/{}", made["id"].as_str().unwrap());
    editor.post(&format!("{page}/status"), &[("version", "1"), ("status", "published")]).is(303);
    assert_eq!([of("draft"), of("published")], [0, 1]);
}
