//! Files in content: where readers find them, and what publishing says of those that they do not.

use image::ImageFormat;
use serde_json::{Value, json};

use super::{
    Form, PIXEL,
    picture::{four, written},
};
use crate::support::Site;

fn illustrated(site: &Site, file: &Value) -> Value {
    let link = format!("file:{}", file["id"].as_str().unwrap());
    let block = json!({ "type": "image", "data": { "file": link, "alt": "A dot" } });
    let text = json!({ "type": "text", "data": { "markdown": format!("[plan]({link})") } });
    let body = json!({
        "name": "One", "slug": "one", "featuredImageUrl": link, "seo": { "image": link },
        "content": [{ "columns": [{ "blocks": [block, text] }] }],
    });
    site.make(&site.posts(), &body)
}

fn lasting(file: &Value) -> String {
    format!("{}?v={}", file["url"].as_str().unwrap(), &file["hash"].as_str().unwrap()[..16])
}

#[test]
fn content_leads_to_files_where_they_are() {
    let site = Site::new();
    let file = site.saved(&json!({ "filename": "dot.png", "base64Content": PIXEL, "isPublic": true }));
    let post = illustrated(&site, &file);
    let path = format!("{}/{}", site.posts(), post["id"].as_str().unwrap());
    let link = format!("file:{}", file["id"].as_str().unwrap());
    assert_eq!(site.get(&path).body["featuredImageUrl"], link.as_str(), "as it is written");
    let shown = site.get(&format!("{path}?render=html")).body;
    assert_eq!((&shown["featuredImageUrl"], &shown["seo"]["image"]), (&json!(lasting(&file)), &json!(lasting(&file))));
    let html = shown["html"].as_str().unwrap();
    assert_eq!(html.matches(&lasting(&file)).count(), 2, "{html}");
    assert_eq!(site.fetch(&lasting(&file), &[]).status().as_u16(), 200);
    let counted =
        || [site.get(&format!("{}/{}", site.files(), file["id"].as_str().unwrap())).body, site.get(&site.files()).body["data"][0].clone()];
    assert_eq!(counted().map(|told| told["referenceCount"].clone()), [1, 1], "an entry counts once");
    site.ask("DELETE", &format!("{}/{}", site.files(), file["id"].as_str().unwrap()), None);
    let shown = site.get(&format!("{path}?render=html")).body;
    assert!(!shown["html"].as_str().unwrap().contains("/files/"), "what is gone leads nowhere: {}", shown["html"]);
    assert_eq!(shown["featuredImageUrl"], link.as_str());
}

#[test]
fn a_browser_has_a_choice_of_pictures_and_keeps_their_place() {
    let site = Site::new();
    let sent = [(700, 400), (3000, 1000), (90, 60)].map(|(width, height)| {
        let bytes = written(four(width, height), ImageFormat::Png);
        site.upload(&Form::default().field("isPublic", "true").file("a.png", "image/png", &bytes)).remove(0)
    });
    site.draw();
    let [photo, wide, tiny] = sent.map(|file| site.get(&format!("{}/{}", site.files(), file["id"].as_str().unwrap())).body);
    let link = |file: &Value| format!("file:{}", file["id"].as_str().unwrap());
    let gallery = json!({ "type": "gallery", "data": { "items": [{ "id": "a", "file": link(&wide), "alt": "" }, { "id": "b", "file": link(&tiny), "alt": "" }] } });
    let image = json!({ "type": "image", "data": { "file": link(&photo), "alt": "Four colours" } });
    let body = json!({ "name": "One", "slug": "one", "content": [{ "columns": [{ "blocks": [image, gallery] }] }] });
    let post = site.make(&site.posts(), &body);
    let html =
        site.get(&format!("{}/{}?render=html", site.posts(), post["id"].as_str().unwrap())).body["html"].as_str().unwrap().to_owned();
    let at = |file: &Value, name: &str| file["variants"][name]["url"].as_str().unwrap().replace('&', "&amp;");
    for part in [
        format!(
            "<img src=\"{}\" alt=\"Four colours\" width=\"700\" height=\"400\" srcset=\"{} 640w, {} 700w\" sizes=\"auto, 100vw\" loading=\"lazy\">",
            lasting(&photo),
            at(&photo, "small"),
            lasting(&photo)
        ),
        format!("srcset=\"{} 640w, {} 1280w, {} 2048w\"", at(&wide, "small"), at(&wide, "medium"), at(&wide, "large")),
        format!("<img src=\"{}\" alt=\"\" width=\"90\" height=\"60\" loading=\"lazy\">", lasting(&tiny)),
    ] {
        assert!(html.contains(&part), "{part} is not in {html}");
    }
    // A preview has addresses of private ones that are good for a while.
    site.change(&format!("{}/{}", site.files(), photo["id"].as_str().unwrap()), &json!({ "isPublic": false }));
    let about = json!({ "contentType": "website_post", "contentId": post["id"] });
    let made = site.ask("POST", &format!("{}/content/previews", site.project()), Some(&about));
    let page = site.fetch(made.body["url"].as_str().unwrap(), &[]).text().unwrap();
    let small = page.split("srcset=\"").nth(1).unwrap().split(' ').next().unwrap().replace("&amp;", "&");
    assert!(small.contains("&variant=small&until="), "{small}");
    let shown = site.fetch(&format!("http://stele.test{small}"), &[]);
    assert_eq!((shown.status().as_u16(), &shown.headers()["content-type"]), (200, &"image/webp".parse().unwrap()));
}

#[test]
fn publishing_says_which_files_readers_do_not_see_and_opens_them() {
    let site = Site::new();
    let file = site.saved(&json!({ "filename": "dot.png", "base64Content": PIXEL }));
    let post = illustrated(&site, &file);
    let publish = |body: Value| {
        let about = json!({ "contentType": "website_post", "contentId": post["id"] });
        let body: serde_json::Map<_, _> = [about, body].iter().flat_map(|one| one.as_object().unwrap().clone()).collect();
        let published = site.ask("POST", &format!("{}/content/publish", site.project()), Some(&body.into()));
        assert_eq!(published.status, 200, "{}", published.body);
        published.body
    };
    assert_eq!(publish(json!({}))["privateFiles"], json!([file["id"]]));
    assert_eq!(site.fetch(&lasting(&file), &[]).status().as_u16(), 404);
    let again = publish(json!({ "openFiles": true }));
    assert_eq!((&again["alreadyInState"], again.get("privateFiles")), (&json!(true), None));
    assert_eq!(site.fetch(&lasting(&file), &[]).status().as_u16(), 200);
    assert_eq!(publish(json!({})).get("privateFiles"), None);
}

#[test]
fn a_preview_shows_private_files_for_a_while() {
    let site = Site::new();
    let file = site.saved(&json!({ "filename": "dot.png", "base64Content": PIXEL }));
    let post = illustrated(&site, &file);
    let about = json!({ "contentType": "website_post", "contentId": post["id"] });
    let made = site.ask("POST", &format!("{}/content/previews", site.project()), Some(&about));
    assert!(made.status < 300, "{}", made.body);
    let page = site.fetch(made.body["url"].as_str().unwrap(), &[]).text().unwrap();
    let image = page.split("<img").nth(1).unwrap().split("src=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    assert!(image.starts_with(&format!("/files/{}/dot.png?v=", file["id"].as_str().unwrap())), "{image}");
    assert_eq!(site.fetch(&format!("http://stele.test{image}"), &[]).status().as_u16(), 200);
    let unsealed = image.split('&').next().unwrap();
    assert_eq!(site.fetch(&format!("http://stele.test{unsealed}"), &[]).status().as_u16(), 404);
}
