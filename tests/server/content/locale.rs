//! Writes in one language (`?locale=`): what they store, what they answer, and what they never touch.

use serde_json::{Map, Value, json};

use crate::support::{Site, page};

/// The members of an answer that an update takes.
const WRITTEN: &[&str] = &[
    "name",
    "slug",
    "title",
    "seo",
    "excerpt",
    "authorName",
    "featuredImageUrl",
    "publishDate",
    "tags",
    "layoutId",
    "headerId",
    "footerId",
];

fn of(path: &str, entry: &Value) -> String {
    format!("{path}/{}", entry["id"].as_str().unwrap())
}

fn taken(entry: &Value) -> Value {
    let members = entry.as_object().unwrap().iter().filter(|(name, _)| WRITTEN.contains(&name.as_str()));
    Value::Object(members.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>())
}

fn tides(site: &Site) -> Value {
    site.make(
        &site.posts(),
        &json!({
            "name": "Tides", "slug": "tides", "title": { "en": "Tides", "fr": "Marées" }, "excerpt": { "en": "High and low" },
            "tags": ["sea"], "seo": { "title": "Tides of the bay", "description": { "en": "All", "fr": "Toutes" }, "noindex": true },
        }),
    )
}

#[test]
fn what_is_read_in_a_language_and_sent_back_changes_nothing() {
    let site = Site::new();
    let made = tides(&site);
    let one = of(&site.posts(), &made);
    for locale in ["fr", "en"] {
        let read = site.get(&format!("{one}?locale={locale}"));
        assert_eq!(read.header("content-language"), locale);
        let sent = site.ask("PATCH", &format!("{one}?locale={locale}"), Some(&taken(&read.body)));
        assert_eq!((sent.status, sent.header("content-language")), (200, locale), "{}", sent.body);
        assert_eq!(sent.body, read.body, "it is answered in the language of the write");
        assert_eq!(site.get(&one).body, made, "every text of every language, the version and the time");
    }
}

#[test]
fn a_write_in_one_language_keeps_the_others() {
    let site = Site::new();
    let made = tides(&site);
    let one = of(&site.posts(), &made);
    let french =
        json!({ "title": "Les marées", "excerpt": "Haute et basse", "seo": { "title": "Marées de la baie", "description": null } });
    let sent = site.change(&format!("{one}?locale=fr"), &french);
    assert_eq!(
        (&sent["title"], &sent["excerpt"], &sent["seo"]["description"]),
        (&json!("Les marées"), &json!("Haute et basse"), &json!("All"))
    );
    let stored = site.get(&one).body;
    assert_eq!(stored["title"], json!({ "en": "Tides", "fr": "Les marées" }));
    assert_eq!(stored["excerpt"], json!({ "en": "High and low", "fr": "Haute et basse" }));
    let seo = json!({ "title": { "en": "Tides of the bay", "fr": "Marées de la baie" }, "description": { "en": "All" }, "noindex": true });
    assert_eq!(stored["seo"], seo);
    let sent = site.change(&format!("{one}?locale=fr"), &json!({ "title": "", "excerpt": null }));
    assert_eq!((&sent["title"], &sent["excerpt"]), (&json!("Tides"), &json!("High and low")));
    let stored = site.get(&one).body;
    assert_eq!((&stored["title"], &stored["excerpt"]), (&json!({ "en": "Tides" }), &json!({ "en": "High and low" })));
    let mixed = json!({ "title": { "en": "Ebb", "fr": "Reflux" }, "excerpt": "Clair" });
    let stored = site.change(&format!("{one}?locale=fr"), &mixed);
    assert_eq!((&stored["title"], &stored["excerpt"]), (&json!("Reflux"), &json!("Clair")));
    assert_eq!(site.get(&one).body["title"], mixed["title"]);
}

#[test]
fn an_entry_can_begin_in_any_language() {
    let site = Site::new();
    let tree = json!([{ "columns": [{ "blocks": [
        { "type": "quote", "data": { "text": "Bonjour", "link": "/a" } }, { "type": "text", "data": { "markdown": { "en": "Sea" } } },
    ] }] }]);
    let body = json!({ "name": "Marées", "slug": "marees", "title": "Marées", "seo": { "title": "M" }, "content": tree });
    let twice = site.ask("POST", &format!("{}?locale=fr&locale=en", site.pages()), Some(&body));
    assert_eq!((twice.status, twice.body["errors"][0]["code"].as_str()), (400, Some("repeated")), "{}", twice.body);
    let sent = site.ask("POST", &format!("{}?locale=fr", site.pages()), Some(&body));
    assert_eq!((sent.status, sent.header("content-language")), (201, "fr"), "{}", sent.body);
    assert_eq!(sent.body["title"], "Marées");
    let blocks = |body: &Value| body["content"][0]["columns"][0]["blocks"].clone();
    assert_eq!(blocks(&sent.body)[0]["data"], json!({ "text": "Bonjour", "link": "/a" }));
    let stored = site.get(&of(&site.pages(), &sent.body));
    assert_eq!((&stored.body["title"], &stored.body["seo"]), (&json!({ "fr": "Marées" }), &json!({ "title": { "fr": "M" } })));
    assert_eq!(blocks(&stored.body)[0]["data"], json!({ "text": { "fr": "Bonjour" }, "link": "/a" }));
    assert_eq!(blocks(&stored.body)[1]["data"], json!({ "markdown": { "en": "Sea" } }));
    assert_eq!(stored.header("content-language"), "");
}

#[test]
fn an_empty_text_falls_back_as_an_absent_one_does() {
    let site = Site::new();
    let made = site.make(&site.pages(), &json!({ "name": "x", "slug": "x", "title": { "en": "Tides", "fr": "" } }));
    let read = site.get(&format!("{}?locale=fr", of(&site.pages(), &made)));
    assert_eq!(read.body["title"], "Tides");
    let list = site.get(&format!("{}?locale=fr", site.pages()));
    assert_eq!((&list.body["data"][0]["title"], list.header("content-language")), (&json!("Tides"), "fr"));
}

#[test]
fn a_language_is_named_as_the_project_knows_it() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("x"));
    let one = of(&site.pages(), &made);
    for (asked, said) in [("fr-CA", "fr"), ("de", "en"), ("en", "en")] {
        assert_eq!(site.get(&format!("{one}?locale={asked}")).header("content-language"), said);
    }
    for (method, path) in [("PATCH", one), ("POST", site.pages())] {
        let refused = site.ask(method, &format!("{path}?locale=de"), Some(&page("y")));
        let fault = &refused.body["errors"][0];
        assert_eq!(
            (refused.status, &fault["field"], &fault["code"]),
            (400, &json!("locale"), &json!("unknown_locale")),
            "{}",
            refused.body
        );
    }
}
