//! Content as HTML over the API: in a language, with links that lead to what readers may see.

use serde_json::{Value, json};

use crate::support::{Site, page};

fn tree(blocks: Value) -> Value {
    json!([{ "columns": [{ "blocks": blocks }] }])
}

fn html(site: &Site, entry: &Value, more: &str) -> Value {
    let found = site.get(&format!("{}/{}?render=html{more}", site.pages(), entry["id"].as_str().unwrap()));
    assert_eq!(found.status, 200, "{}", found.body);
    found.body
}

#[test]
fn a_page_is_told_as_html_when_that_is_asked_for() {
    let site = Site::new();
    let blocks = json!([
        { "id": "h", "type": "heading", "data": { "text": { "en": "Tides", "fr": "Marées" } } },
        { "id": "t", "type": "text", "data": { "markdown": { "en": "High **and** low <b>", "fr": "Hautes" } } },
    ]);
    let made = site.make(&site.pages(), &json!({ "name": "Tides", "slug": "tides", "content": tree(blocks) }));
    let told = html(&site, &made, "");
    assert!(told["html"].as_str().unwrap().contains("<p>High <strong>and</strong> low &lt;b&gt;</p>"), "{told}");
    assert_eq!(told["toc"], json!([{ "level": 2, "id": "h", "text": "Tides" }]));
    assert_eq!((&told["content"], &told["name"]), (&made["content"], &made["name"]), "beside all that it says otherwise");
    assert_eq!(html(&site, &made, "&locale=fr")["toc"][0]["text"], "Marées");
    let plain = site.get(&format!("{}/{}", site.pages(), made["id"].as_str().unwrap()));
    assert!(plain.body.get("html").is_none());
    assert_eq!(site.get(&format!("{}/{}?render=pdf", site.pages(), made["id"].as_str().unwrap())).status, 400);
}

#[test]
fn links_lead_to_what_readers_may_see_and_lists_show_it() {
    let site = Site::new();
    let draft = site.make(&site.posts(), &page("draft"));
    let post = json!({ "name": "News", "slug": "news", "title": { "fr": "Nouvelles" }, "status": "published", "tags": ["sea"], "excerpt": "Short" });
    let post = site.make(&site.posts(), &post);
    let link =
        |entry: &Value| json!({ "type": "button", "data": { "label": "Go", "link": format!("entry:{}", entry["id"].as_str().unwrap()) } });
    let list = json!({ "type": "entries", "data": { "kind": "website_post", "tags": ["sea"] } });
    let made = site.make(&site.pages(), &json!({ "name": "P", "slug": "p", "content": tree(json!([link(&post), link(&draft), list])) }));
    let told = html(&site, &made, "&locale=fr")["html"].as_str().unwrap().to_owned();
    assert_eq!(told.matches("href=\"/blog/news\"").count(), 2, "{told}");
    assert!(told.contains(">Nouvelles</a>") && told.contains("<p>Short</p>") && !told.contains("draft"), "{told}");
    let taken = site.ask("DELETE", &format!("{}/{}", site.posts(), post["id"].as_str().unwrap()), None);
    assert_eq!(taken.status, 200);
    assert!(!html(&site, &made, "")["html"].as_str().unwrap().contains("/blog/news"), "what is in the trash is not led to");
}

#[test]
fn a_list_of_entries_looks_behind_the_newest_ones_for_names_tags_and_categories() {
    let site = Site::new();
    let made = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": "Help", "slug": "help" }));
    let kb = format!("{}/apps/kb/{}", site.project(), made["id"].as_str().unwrap());
    let category = site.make(&format!("{kb}/categories"), &json!({ "name": "Boats", "slug": "boats" }));
    let article = |slug: &str, more: Value| {
        let mut body = json!({ "name": slug, "slug": slug, "status": "published" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        site.make(&format!("{kb}/articles"), &body);
    };
    article("a-first", json!({ "tags": ["old"], "categoryIds": [category["id"]] }));
    for at in 0..205 {
        article(&format!("b-{at}"), json!({}));
    }
    let shown = |data: Value| {
        let blocks = json!([{ "type": "entries", "data": data }]);
        let slug = format!("z-{}", site.items(&format!("{kb}/articles?search=z-&status=draft")).len());
        let list = site.make(&format!("{kb}/articles"), &json!({ "name": slug, "slug": slug, "status": "draft", "content": tree(blocks) }));
        let told = site.get(&format!("{kb}/articles/{}?render=html", list["id"].as_str().unwrap())).body;
        let html = told["html"].as_str().unwrap().to_owned();
        html.split("href=\"/articles/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(shown(json!({ "tags": ["old"], "order": "newest" })), ["a-first"]);
    assert_eq!(shown(json!({ "categoryId": category["id"] })), ["a-first"]);
    assert_eq!(shown(json!({ "kind": "kb_article", "limit": 2, "order": "name" })), ["a-first", "b-0"]);
    assert_eq!(shown(json!({ "kind": "kb_article", "limit": 2, "order": "oldest" })), ["a-first", "b-0"]);
    assert_eq!(shown(json!({ "kind": "kb_article", "limit": 1, "order": "newest" })), ["b-204"]);
}
