//! Forms on pages of other sites: what the script is given to draw one, what a frame is told, and the scripts themselves.

use reqwest::blocking::Response;
use serde_json::{Value, json};

use super::{client, contact, forms};
use crate::support::Site;

const GOOD: [(&str, &str); 2] = [("name", "Ann"), ("email", "ann@example.org")];

/// A site with a form, and the form's address.
fn start(settings: &Value) -> (Site, Value, String) {
    let site = Site::new();
    let all = forms(&site);
    let mut body = contact();
    body["settings"] = settings.clone();
    let form = site.make(&all, &body);
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    (site, form, address)
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn the_script_is_given_the_form_as_its_own_page_shows_it() {
    let (site, form, address) = start(&json!({ "allowedOrigins": ["https://good.example"] }));
    let ask = |origin: &str| client().get(format!("{address}?part&locale=fr")).header("origin", origin).send().unwrap();
    let given = ask("https://good.example");
    assert_eq!((header(&given, "access-control-allow-origin"), header(&given, "vary")), ("https://good.example", "origin"));
    assert_eq!((header(&given, "cache-control"), header(&given, "access-control-allow-credentials")), ("no-store", ""));
    let given: Value = given.json().unwrap();
    let html = given["html"].as_str().unwrap();
    assert!(html.starts_with("<form method=\"post\"") && html.contains("Votre nom") && html.contains("name=\"stele.token\""), "{html}");
    assert!(html.contains(&format!("action=\"http://stele.test/f/{}\"", form["id"].as_str().unwrap())), "{html}");
    assert_eq!((&given["language"], &given["sent"], &given["redirect"]), (&json!("fr"), &json!(false), &Value::Null));
    assert_eq!(given["styles"], json!(["http://stele.test/content.v1.css"]));
    assert!(given["offline"].as_str().unwrap().contains("encore là"));
    assert_eq!(header(&ask("https://evil.example"), "access-control-allow-origin"), "");
    drop(site);
}

#[test]
fn what_the_script_sends_needs_no_preflight_and_is_answered_with_what_it_draws() {
    let (site, form, address) = start(&json!({
        "successMessage": "Thanks", "gcUrlRedirect": "/done", "hideFormOnComplete": true, "closeDialogOnComplete": true,
    }));
    let send = |fields: &[(&str, &str)]| {
        client().post(format!("{address}?part")).header("origin", "https://any.example").form(fields).send().unwrap()
    };
    let wrong = send(&[("name", "Ann"), ("email", "no address")]);
    assert_eq!((wrong.status().as_u16(), header(&wrong, "access-control-allow-origin")), (422, "*"));
    let wrong: Value = wrong.json().unwrap();
    let html = wrong["html"].as_str().unwrap();
    assert!(html.contains("id=\"form-summary\" tabindex=\"-1\" autofocus") && html.contains("value=\"no address\""), "{html}");
    assert_eq!((&wrong["sent"], &wrong["closeDialog"]), (&json!(false), &json!(false)));
    let sent = send(&GOOD);
    assert_eq!(sent.status().as_u16(), 201);
    let sent: Value = sent.json().unwrap();
    assert_eq!((&sent["sent"], &sent["closeDialog"], &sent["redirect"]), (&json!(true), &json!(true), &json!("/done")));
    assert!(sent["html"].as_str().unwrap().contains("<p>Thanks</p>"), "{sent}");
    assert_eq!(site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap()), 1);
}

#[test]
fn a_page_in_a_frame_has_a_script_of_ours_and_no_other() {
    let (site, form, address) = start(&json!({ "gcUrlRedirect": "https://example.org/a?b=\"c\"", "closeDialogOnComplete": true }));
    let framed = client().get(format!("{address}?frame")).send().unwrap();
    let policy = header(&framed, "content-security-policy").to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; img-src") && policy.ends_with("frame-ancestors *"), "{policy}");
    let page = framed.text().unwrap();
    let script = page.split("<script defer src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(page.contains(&format!("action=\"/f/{}?frame\"", form["id"].as_str().unwrap())) && !page.contains("data-sent"), "{page}");
    let found = client().get(format!("{}{script}", site.server.url)).send().unwrap();
    assert_eq!((found.status().as_u16(), header(&found, "cache-control")), (200, "public, max-age=31536000, immutable"));
    let sent = client().post(format!("{address}?frame")).form(&GOOD).send().unwrap();
    let to = header(&sent, "location").to_owned();
    assert!(sent.status().as_u16() == 303 && to.ends_with("?sent&locale=en&frame"), "{to}");
    let thanks = client().get(format!("{}{to}", site.server.url)).send().unwrap();
    assert_eq!(header(&thanks, "refresh"), "", "the page around it leads on");
    let thanks = thanks.text().unwrap();
    let told = format!(
        "data-sent=\"{}\" data-redirect=\"https://example.org/a?b=&quot;c&quot;\" data-close=\"yes\"",
        form["id"].as_str().unwrap()
    );
    assert!(thanks.contains(&told), "{thanks}");
    assert!(!client().get(&address).send().unwrap().text().unwrap().contains("<script"), "its own page needs none");
}

#[test]
fn the_script_is_small_and_loads_from_everywhere() {
    let (site, ..) = start(&json!({}));
    let script = client().get(format!("{}/form.v1.js", site.server.url)).header("accept-encoding", "gzip").send().unwrap();
    assert_eq!((header(&script, "content-encoding"), header(&script, "content-type")), ("gzip", "text/javascript; charset=utf-8"));
    assert_eq!((header(&script, "cross-origin-resource-policy"), header(&script, "access-control-allow-origin")), ("cross-origin", "*"));
    assert_eq!(header(&script, "cache-control"), "public, max-age=3600");
    let (tag, bytes) = (header(&script, "etag").to_owned(), script.bytes().unwrap());
    assert!(bytes.starts_with(&[0x1f, 0x8b]) && bytes.len() < 10 * 1024, "{}", bytes.len());
    let again = client().get(format!("{}/form.v1.js", site.server.url)).header("if-none-match", tag).send().unwrap();
    assert_eq!(again.status().as_u16(), 304);
}
