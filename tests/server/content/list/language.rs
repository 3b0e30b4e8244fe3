//! What lacks a language: lists say it of fields and of blocks, by what is stored with each entry.

use serde_json::{Value, json};
use stele::domain::access::Role;

use crate::support::{Site, Visitor};

const WEB: &str = "/o/acme/p/site/website/web";

/// The names in a list, in order, each with the words of its languages.
fn listed(visitor: &Visitor<'_>, path: &str) -> Vec<String> {
    let text = visitor.get(path).is(200).text;
    let rows = text.split_once("<tbody>").map_or("", |(_, rest)| rest.split("</tbody>").next().unwrap_or_default());
    let told = |row: &str| {
        let name = row.split("<b>").nth(1).unwrap().split('<').next().unwrap();
        let langs: Vec<_> = row.split("class=\"lang ").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        [&[name], &langs[..]].concat().join(" ")
    };
    let mut all: Vec<_> = rows.split("<tr>").skip(1).map(told).collect();
    all.sort();
    all
}

/// A page with a title in two languages and a block with these texts.
fn told(slug: &str, text: &Value) -> Value {
    let blocks = json!([{ "id": format!("b-{slug}"), "type": "heading", "data": { "text": text, "level": 2 } }]);
    let content = json!([{ "id": "s", "columns": [{ "id": "c", "blocks": blocks }] }]);
    json!({ "name": slug, "slug": slug, "title": { "en": "Title", "fr": "Titre" }, "content": content })
}

#[test]
fn an_entry_whose_block_lacks_a_language_lacks_it() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let lacking = site.make(&site.pages(), &told("lacking", &json!({ "en": "Tides" })));
    site.make(&site.pages(), &told("whole", &json!({ "en": "Tides", "fr": "Marées" })));
    site.make(&site.pages(), &told("plain", &json!("Tides")));
    let list = |query: &str| listed(&editor, &format!("{WEB}/pages?{query}"));
    assert_eq!(list(""), ["lacking full part", "plain full part", "whole full full"]);
    assert_eq!(list("language=lacks:fr"), ["lacking full part", "plain full part"]);
    assert_eq!(
        (list("language=fr"), list("language=lacks:en").len(), list("language=en").len()),
        (vec!["whole full full".to_owned()], 0, 3)
    );
    let page = editor.get(&format!("{WEB}/pages")).is(200).text;
    assert!(page.contains("Français: something is missing (2)") && page.contains("English: something is missing (0)"), "{page}");
    // The builder writes the text that was missing, and takes one away from another.
    let write = |id: &Value, block: &str, text: Value| {
        let body = json!({ "contentType": "website_page", "contentId": id, "blockId": block, "data": { "text": text } });
        let done = site.ask("POST", &format!("{}/content/blocks/update", site.project()), Some(&body));
        assert_eq!(done.status, 200, "{}", done.body);
    };
    write(&lacking["id"], "b-lacking", json!({ "fr": "Marées" }));
    assert_eq!(list("language=lacks:fr"), ["plain full part"]);
    site.change(&format!("{}/{}", site.pages(), lacking["id"].as_str().unwrap()), &json!({ "title": { "fr": null } }));
    assert_eq!(list("language=lacks:fr"), ["lacking full part", "plain full part"]);
    // What is plain is in the default language, whichever that is.
    let swapped = json!({ "defaultLocale": "fr", "enabledLocales": ["fr", "en"] });
    assert_eq!(site.ask("PATCH", &site.project(), Some(&swapped)).status, 200);
    assert_eq!(list("language=lacks:en"), ["plain full part"]);
    assert_eq!(list("language=lacks:fr"), ["lacking part full"]);
}

#[test]
fn every_kind_with_texts_says_what_it_lacks() {
    let site = Site::new();
    let editor = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let app = format!("{}/apps/website/{}", site.project(), site.here.app);
    let content = |text: Value| json!([{ "id": "s", "columns": [{ "id": "c", "blocks": [{ "id": "b", "type": "heading", "data": { "text": text, "level": 2 } }] }] }]);
    site.make(&format!("{app}/headers"), &json!({ "name": "empty" }));
    site.make(&format!("{app}/headers"), &json!({ "name": "english", "content": content(json!({ "en": "Menu" })) }));
    let headers = format!("{WEB}/headers");
    assert_eq!(listed(&editor, &headers), ["empty full full", "english full none"]);
    assert_eq!(listed(&editor, &format!("{headers}?language=lacks:fr")), ["english full none"]);
    // Where nothing is to be translated nothing is missing.
    site.make(&format!("{app}/layouts"), &json!({ "name": "plain" }));
    assert_eq!(listed(&editor, &format!("{WEB}/layouts")), ["plain full full"]);
    // The pages of which each site has one.
    let special = listed(&editor, &format!("{WEB}/special"));
    assert!(special.len() > 2 && special.iter().all(|row| row.ends_with("full full")), "{special:?}");
    // Categories, which stand below each other, are listed flat then, and cannot be dragged.
    let help = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": "Help", "slug": "help" }));
    let categories = format!("{}/apps/kb/{}/categories", site.project(), help["id"].as_str().unwrap());
    let above = site.make(&categories, &json!({ "name": "above", "slug": "above", "title": { "en": "Above", "fr": "Haut" } }));
    site.make(&categories, &json!({ "name": "below", "slug": "below", "title": { "en": "Below" }, "parentId": above["id"] }));
    let tree = |query: &str| editor.get(&format!("/o/acme/p/site/kb/help/categories?{query}")).is(200).text;
    let all = tree("");
    assert!(all.contains("<b>above</b>") && all.contains("<b>below</b>") && all.contains("class=\"grip"), "{all}");
    let lacking = tree("language=lacks:fr");
    assert!(!lacking.contains("<b>above</b>") && lacking.contains("<b>below</b>") && !lacking.contains("class=\"grip"), "{lacking}");
    assert_eq!(lacking.matches("<ul").count(), lacking.matches("</ul>").count(), "{lacking}");
    assert!(tree("language=lacks:en").contains("Nothing matches."));
    editor.get("/o/acme/p/site/kb/help/categories?language=de").is(400);
}
