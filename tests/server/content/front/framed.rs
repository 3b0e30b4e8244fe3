//! What stands around an entry in its preview: that of its own, of its layout, or of the default layout of its website.

use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::support::{Site, page};

fn tree(blocks: Value) -> Value {
    json!([{ "columns": [{ "blocks": blocks }] }])
}

fn text(words: &str) -> Value {
    tree(json!([{ "type": "text", "data": { "markdown": words } }]))
}

fn web(site: &Site, segment: &str) -> String {
    format!("{}/apps/website/{}/{segment}", site.project(), site.here.app)
}

/// Makes something that stands around pages; its id.
fn part(site: &Site, segment: &str, mut body: Value) -> Value {
    body["name"] = json!(segment);
    site.make(&web(site, segment), &body)["id"].clone()
}

/// The preview of an entry.
fn shown(site: &Site, kind: &str, entry: &Value) -> String {
    let wanted = json!({ "contentType": kind, "contentId": entry["id"] });
    let made = site.ask("POST", &format!("{}/content/previews", site.project()), Some(&wanted));
    let at = format!("{}/preview/{}", site.server.url, made.body["token"].as_str().unwrap());
    Client::new().get(at).header("accept", "text/html").send().unwrap().text().unwrap()
}

/// The words in this part of a page; nothing where the page has no such part.
fn within<'a>(page: &'a str, element: &str) -> &'a str {
    let inside =
        page.split_once(&format!("<{element} class=\"content frame\"")).and_then(|(_, rest)| rest.split_once(&format!("</{element}>")));
    inside.map_or("", |(inside, _)| inside)
}

#[test]
fn a_page_has_its_own_frame_or_that_of_its_layout_or_of_the_default_one() {
    let site = Site::new();
    let [top, other, foot] = ["Top", "Other", "Foot"]
        .map(|words| part(&site, if words == "Foot" { "footers" } else { "headers" }, json!({ "content": text(words) })));
    let sidebar = part(&site, "sidebars", json!({ "content": text("Beside") }));
    let beside = tree(
        json!([{ "type": "layoutSidebar", "data": { "sidebarId": sidebar } }, { "type": "text", "data": { "markdown": "Not this" } }]),
    );
    let layout = part(&site, "layouts", json!({ "headerId": top, "footerId": foot, "content": beside }));
    let make = |slug: &str, more: Value| {
        let mut body = page(slug);
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        site.make(&site.pages(), &body)
    };
    let frame = |entry: &Value| {
        let page = shown(&site, "website_page", entry);
        assert!(page.contains("<main class=\"content\"") && !page.contains("Not this"), "{page}");
        ["header", "footer", "aside"].map(|element| {
            let inside = within(&page, element);
            ["Top", "Other", "Foot", "Beside"].into_iter().find(|words| inside.contains(words)).unwrap_or("")
        })
    };
    let bare = make("bare", json!({}));
    assert_eq!(frame(&bare), ["", "", ""]);
    assert_eq!(frame(&make("own", json!({ "headerId": other }))), ["Other", "", ""]);
    assert_eq!(frame(&make("laid-out", json!({ "layoutId": layout }))), ["Top", "Foot", "Beside"]);
    assert_eq!(frame(&make("both", json!({ "layoutId": layout, "headerId": other }))), ["Other", "Foot", "Beside"]);

    let settings = json!({ "settings": { "defaultLayoutId": layout } });
    site.change(&format!("{}/apps/{}/settings", site.project(), site.here.app), &settings);
    assert_eq!(frame(&bare), ["Top", "Foot", "Beside"]);
    let landing = site.get(&web(&site, "landing")).body;
    assert!(within(&shown(&site, "website_landing", &landing), "header").contains("Top"));

    // An article has the frame of the website that it names, one that names none has none.
    let help = site.make(&format!("{}/apps", site.project()), &json!({ "appType": "knowledgeBase", "name": "Help" }));
    let articles = format!("{}/apps/kb/{}/articles", site.project(), help["id"].as_str().unwrap());
    for (slug, website, wanted) in [("alone", Value::Null, false), ("framed", json!(site.here.app), true)] {
        let article = site.make(&articles, &json!({ "name": slug, "slug": slug, "websiteAppId": website }));
        assert_eq!(within(&shown(&site, "kb_article", &article), "header").contains("Top"), wanted, "{slug}");
    }

    // What is in the trash frames nothing.
    site.ask("DELETE", &format!("{}/{}", web(&site, "headers"), top.as_str().unwrap()), None);
    assert_eq!(frame(&bare), ["", "Foot", "Beside"]);
    site.ask("DELETE", &format!("{}/{}", web(&site, "layouts"), layout.as_str().unwrap()), None);
    assert_eq!(frame(&bare), ["", "", ""]);
}

#[test]
fn a_film_from_elsewhere_is_a_link_in_a_preview_and_plays_on_a_site() {
    let site = Site::new();
    let film = json!({ "url": "https://films.example/fold.mp4", "title": "How a sheet is folded" });
    let mut body = page("film");
    body["content"] =
        tree(json!([{ "type": "video", "data": film }, { "type": "video", "data": { "url": "/own.mp4", "title": "Our own" } }]));
    let made = site.make(&site.pages(), &body);
    let preview = shown(&site, "website_page", &made);
    assert!(preview.contains("<a href=\"https://films.example/fold.mp4\">How a sheet is folded</a>"), "{preview}");
    assert!(preview.matches("<video").count() == 1 && preview.contains("src=\"/own.mp4\""), "{preview}");
    let html = site.get(&format!("{}/{}?render=html", site.pages(), made["id"].as_str().unwrap())).body["html"].clone();
    assert_eq!(html.as_str().unwrap().matches("<video").count(), 2, "{html}");
}
