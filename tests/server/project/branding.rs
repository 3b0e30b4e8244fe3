//! Brandings over the API: made, told, worn by apps and their previews, and gone.

use serde_json::{Value, json};

use crate::{
    file::Form,
    support::{Site, Visitor, machine, page, tenant},
};
use stele::domain::access::{Access, Role};

fn brandings(site: &Site) -> String {
    format!("{}/brandings", site.project())
}

fn one(site: &Site, branding: &Value) -> String {
    format!("{}/{}", brandings(site), branding["id"].as_str().expect("an id"))
}

fn app(site: &Site) -> String {
    format!("{}/apps/{}", site.project(), site.here.app)
}

/// What a preview of a page is dressed in: the addresses of its stylesheets.
fn worn(site: &Site, page: &Value) -> Vec<String> {
    let text = preview(site, page);
    text.split("rel=\"stylesheet\" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn preview(site: &Site, page: &Value) -> String {
    let asked = json!({ "contentType": "website_page", "contentId": page["id"] });
    let link = site.ask("POST", &format!("{}/content/previews", site.project()), Some(&asked));
    let address = link.body["url"].as_str().expect("an address").split_once("/preview/").expect("a path").1.to_owned();
    let shown = reqwest::blocking::get(format!("{}/preview/{address}", site.server.url)).expect("an answer");
    assert!(shown.headers()["content-security-policy"].to_str().unwrap().contains("font-src 'self'"));
    shown.text().expect("text")
}

#[test]
fn a_branding_is_made_told_with_what_is_usual_changed_and_deleted() {
    let site = Site::new();
    let made =
        site.make(&brandings(&site), &json!({ "name": " Journal ", "colorPrimary": "#C9772B", "logoUrl": "/logo.svg", "fontScale": 1.1 }));
    for (name, value) in [
        ("name", json!("Journal")),
        ("colorPrimary", json!("#c9772b")),
        ("logoUrl", json!("/logo.svg")),
        ("fontScale", json!(1.1)),
        ("buttonStyle", json!("rounded")),
        ("borderRadius", json!(10)),
        ("createdBy", json!(site.admin.account.to_string())),
        ("contrastWarnings", json!([{ "field": "colorPrimary", "on": "backgroundLight", "ratio": 3.41, "required": 4.5 }])),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    assert!(made.get("faviconUrl").is_none() && made.get("voiceDesignBrief").is_none(), "{made}");
    let changed = site.change(&one(&site, &made), &json!({ "colorPrimary": null, "logoUrl": null, "cardStyle": "flat" }));
    assert_eq!((&changed["colorPrimary"], &changed["cardStyle"], changed.get("logoUrl")), (&json!("#1f5fae"), &json!("flat"), None));
    assert_eq!(changed["contrastWarnings"], json!([]));
    assert_eq!(site.get(&one(&site, &made)).body, changed);
    let again = site.ask("POST", &brandings(&site), Some(&json!({ "name": "JOURNAL" })));
    assert_eq!((again.status, again.reason()), (409, "taken"));
    let wrong =
        json!({ "name": "", "colorPrimary": "red", "borderRadius": "6", "buttonStyle": "round", "hue": 7, "logoUrl": "javascript:x" });
    let refused = site.ask("POST", &brandings(&site), Some(&wrong));
    let faults: Vec<_> =
        refused.body["errors"].as_array().unwrap().iter().map(|it| (it["field"].as_str().unwrap(), it["code"].as_str().unwrap())).collect();
    assert_eq!(
        faults,
        [
            ("name", "required"),
            ("colorPrimary", "malformed"),
            ("borderRadius", "wrong_type"),
            ("buttonStyle", "unknown"),
            ("hue", "unknown_field"),
            ("logoUrl", "malformed"),
        ]
    );
    site.make(&brandings(&site), &json!({ "name": "Press" }));
    let names = |query: &str| site.items(&format!("{}{query}", brandings(&site))).iter().map(|it| it["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names(""), ["Press", "Journal"]);
    assert_eq!(names("?search=JOUR"), ["Journal"]);
    assert_eq!(names("?sort=name:asc"), ["Journal", "Press"]);
    assert_eq!(names(&format!("?createdBy={}", site.here.app)), Vec::<Value>::new());
    assert_eq!(site.ask("DELETE", &one(&site, &made), None).body, json!({ "success": true }));
    assert_eq!(site.get(&one(&site, &made)).status, 404);
    let told: Vec<_> = ["branding.created", "branding.updated", "branding.deleted"]
        .map(|action| site.count("SELECT COUNT(*) FROM activities WHERE action = ?1", action))
        .into();
    assert_eq!(told, [2, 1, 1]);
}

#[test]
fn an_app_wears_what_it_is_bound_to_or_else_the_first() {
    let site = Site::new();
    let shown = site.make(&site.pages(), &page("about"));
    assert_eq!(worn(&site, &shown).len(), 1, "nothing is worn where there is nothing");
    let first = site.make(&brandings(&site), &json!({ "name": "First" }));
    let second = site.make(&brandings(&site), &json!({ "name": "Second" }));
    let wears = |branding: &Value| worn(&site, &shown)[1].starts_with(&format!("/brandings/{}.css?v=", branding["id"].as_str().unwrap()));
    assert!(wears(&first));
    assert_eq!(site.change(&app(&site), &json!({ "brandingId": second["id"] }))["brandingId"], second["id"]);
    assert!(wears(&second));
    assert_eq!(site.change(&app(&site), &json!({ "name": "Web" }))["brandingId"], second["id"], "what is left out stays");
    // Another look has another address, so that nobody sees the old one.
    let before = worn(&site, &shown)[1].clone();
    site.change(&one(&site, &second), &json!({ "colorPrimary": "#004400" }));
    assert_ne!(worn(&site, &shown)[1], before);
    // Its icon is in the tab, where it is on this server; who is shown the page is shown that of a private file, too.
    let icon = site.ask("POST", &format!("{}/files/save", site.project()), Some(&json!({ "filename": "i.txt", "content": "icon" }))).body;
    let icon = format!("file:{}", icon["id"].as_str().unwrap());
    for (stored, address) in [("/icon.svg", Some("/icon.svg")), (icon.as_str(), Some("/files/")), ("https://example.org/i.svg", None)] {
        site.change(&one(&site, &second), &json!({ "faviconUrl": stored }));
        let text = preview(&site, &shown);
        let told = text.split("<link rel=\"icon\" href=\"").nth(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
        assert_eq!(told.is_some(), address.is_some(), "{stored}");
        let Some((told, address)) = told.zip(address) else { continue };
        assert!(told.starts_with(address), "{told}");
        if stored.starts_with("file:") {
            assert_eq!(reqwest::blocking::get(format!("{}{told}", site.server.url)).unwrap().text().unwrap(), "icon");
        }
    }
    // Its logo is above a page that has nothing else there.
    assert!(!preview(&site, &shown).contains("class=\"mark\""));
    site.change(&one(&site, &second), &json!({ "logoUrl": "/logo.svg", "logoDarkUrl": "https://example.org/dark.svg" }));
    let text = preview(&site, &shown);
    assert!(text.contains("<img src=\"/logo.svg\" alt=") && !text.contains("example.org"), "{text}");
    // Whoever was bound to one that goes wears the first.
    assert_eq!(site.ask("DELETE", &one(&site, &second), None).status, 200);
    assert_eq!(site.get(&app(&site)).body["brandingId"], Value::Null);
    assert!(wears(&first));
    let gone = site.ask("PATCH", &app(&site), Some(&json!({ "brandingId": second["id"] })));
    assert_eq!((gone.status, gone.body["errors"][0]["code"].as_str()), (400, Some("unknown_reference")));
    site.change(&app(&site), &json!({ "brandingId": first["id"] }));
    assert_eq!(site.change(&app(&site), &json!({ "brandingId": null }))["brandingId"], Value::Null);
}

#[test]
fn its_stylesheet_is_for_every_page_and_is_sent_once() {
    let site = Site::new();
    let made = site.make(&brandings(&site), &json!({ "name": "Journal", "colorPrimary": "#1d4e89", "fontBody": "inter" }));
    let id = made["id"].as_str().unwrap();
    let api = format!("{}/api{}.css", site.server.url, one(&site, &made));
    let own = format!("{}/brandings/{id}.css", site.server.url);
    let client = reqwest::blocking::Client::new();
    let ask = |address: &str, tag: Option<&str>| {
        let request = client.get(address).header("Origin", "https://site.example");
        let request = if let Some(tag) = tag { request.header("If-None-Match", tag) } else { request };
        request.send().expect("an answer")
    };
    for address in [&api, &own] {
        let answer = ask(address, None);
        assert_eq!(answer.status(), 200, "{address}");
        let header = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        assert_eq!(header("content-type"), "text/css; charset=utf-8");
        assert_eq!(header("access-control-allow-origin"), "*");
        assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
        assert!(header("cache-control").starts_with("public, max-age=60"), "{}", header("cache-control"));
        let tag = header("etag");
        let css = answer.text().unwrap();
        assert!(css.contains("--brand-primary: light-dark(#1d4e89, #"), "{css}");
        let known = ask(address, Some(&tag));
        assert_eq!((known.status().as_u16(), known.text().unwrap().len()), (304, 0));
        // The fonts that it names are there, for pages of other sites, too.
        for font in css.split("url(\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let font = ask(&format!("{}{font}", site.server.url), None);
            assert_eq!(
                (font.status().as_u16(), &font.headers()["access-control-allow-origin"]),
                (200, &reqwest::header::HeaderValue::from_static("*"))
            );
        }
        site.change(&one(&site, &made), &json!({ "borderRadius": 3 }));
        assert_eq!(ask(address, Some(&tag)).status(), 200);
        site.change(&one(&site, &made), &json!({ "borderRadius": null }));
    }
    for nowhere in [format!("{own}x"), own.replace(id, "none"), own.replace(id, &site.here.app.to_string())] {
        assert_eq!(ask(&nowhere, None).status(), 404, "{nowhere}");
    }
    // With its project it is gone.
    assert_eq!(site.ask("DELETE", &site.project(), None).status, 200);
    assert_eq!((ask(&own, None).status().as_u16(), ask(&api, None).status().as_u16()), (404, 404));
}

#[test]
fn nobody_reaches_a_branding_of_another_project() {
    let site = Site::new();
    let made = site.make(&brandings(&site), &json!({ "name": "Journal" }));
    let id = made["id"].as_str().unwrap();
    let other = tenant(&site.server, "elsewhere");
    let admin = machine(&site.server, other.org, Role::Admin, Access::Full, None);
    let token = site.server.token(&admin.secret);
    let theirs = format!("/organizations/{}/projects/{}", other.org, other.project);
    let ask = |method: &str, path: &str, body: Option<&Value>| site.server.ask(method, path, Some(&token), body);
    for (method, body) in [("GET", None), ("PATCH", Some(json!({ "name": "Taken" }))), ("DELETE", None)] {
        assert_eq!(ask(method, &format!("{theirs}/brandings/{id}"), body.as_ref()).status, 404, "{method}");
        assert_eq!(ask(method, &one(&site, &made), body.as_ref()).status, 404, "{method}");
    }
    assert_eq!(ask("GET", &format!("{theirs}/brandings"), None).body["data"], json!([]));
    assert_eq!(ask("GET", &format!("{theirs}/brandings/{id}.css"), None).status, 404);
    let bound = ask("PATCH", &format!("{theirs}/apps/{}", other.app), Some(&json!({ "brandingId": id })));
    assert_eq!((bound.status, bound.body["errors"][0]["code"].as_str()), (400, Some("unknown_reference")));
    assert_eq!(site.get(&one(&site, &made)).body, made);
}

#[test]
fn a_font_is_a_public_file_that_is_one() {
    let site = Site::new();
    let branding = site.make(&brandings(&site), &json!({ "name": "House" }));
    let bytes = [b"wOF2\0\x01\0\0".as_slice(), &[0; 3_000]].concat();
    let send = |public: &str, name: &str, bytes: &[u8]| {
        let sent = site.upload(&Form::default().field("isPublic", public).file(name, "font/woff2", bytes)).remove(0);
        (format!("file:{}", sent["id"].as_str().unwrap()), sent)
    };
    let (font, told) = send("true", "own.woff2", &bytes);
    assert_eq!(told["mimeType"], "font/woff2");
    let refused = |value: &str| {
        let refused = site.ask("PATCH", &one(&site, &branding), Some(&json!({ "fontBody": value })));
        assert_eq!(refused.status, 400, "{}", refused.body);
        refused.body["errors"][0]["code"].as_str().unwrap().to_owned()
    };
    let lie = send("true", "lie.woff2", &[1; 3_000]).0;
    let long = send("true", "long.woff2", &[&bytes[..], &vec![0; 2 << 20]].concat()).0;
    let private = send("false", "own.woff2", &bytes).0;
    for (value, code) in [
        (lie.as_str(), "not_a_font"),
        (&long, "too_large"),
        (&private, "not_public"),
        ("file:0190f4a2-0000-7000-8000-000000000000", "unknown_reference"),
        ("file:x", "unknown"),
        ("comic", "unknown"),
    ] {
        assert_eq!(refused(value), code, "{value}");
    }
    let changed = site.change(&one(&site, &branding), &json!({ "fontBody": font, "fontHeading": font }));
    assert_eq!(changed["fontBody"], font.as_str());
    let css = site.fetch(&format!("http://stele.test/brandings/{}.css", branding["id"].as_str().unwrap()), &[]).text().unwrap();
    let address = css.split("url(\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(css.matches("@font-face").count(), 1, "the same for both is loaded once: {css}");
    assert!(css.contains(&format!("--brand-body: \"{}\", system-ui", told["id"].as_str().unwrap())), "{css}");
    let there = site.fetch(&format!("http://stele.test{address}"), &[("origin", "https://example.org")]);
    assert_eq!((there.status().as_u16(), &there.headers()["access-control-allow-origin"]), (200, &"*".parse().unwrap()));
    assert_eq!(there.bytes().unwrap().as_ref(), &bytes[..]);
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    let page = admin.get(&format!("/o/acme/p/site/branding/{}", branding["id"].as_str().unwrap())).is(200).text;
    assert!(page.contains(&format!("<option value=\"{font}\" selected>own.woff2</option>")), "the editor offers it");
    // What was a font when it was chosen may be gone: the branding stays as it is, and can be changed.
    site.ask("DELETE", &format!("{}/{}", site.files(), told["id"].as_str().unwrap()), None);
    site.change(&one(&site, &branding), &json!({ "fontScale": 1.1 }));
}
