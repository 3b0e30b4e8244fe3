//! What is compressed, what is made once, and what never is: an answer that holds a secret.

use std::io::Read;

use reqwest::{blocking::Client, header::HeaderMap};
use serde_json::{Value, json};
use stele::{domain::content::KINDS, http::api::routes};

use crate::support::{Browser, Site, Visitor};

fn ask(site: &Site, path: &str, token: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap, Vec<u8>) {
    let mut request = Client::new().get(format!("{}/api{path}", site.server.url));
    request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let answer = request.bearer_auth(token).send().unwrap();
    (answer.status().as_u16(), answer.headers().clone(), answer.bytes().unwrap().to_vec())
}

fn unpacked(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    match coding {
        "br" => drop(brotli::Decompressor::new(body, 4096).read_to_end(&mut text).unwrap()),
        _ => drop(flate2::read::GzDecoder::new(body).read_to_end(&mut text).unwrap()),
    }
    text
}

fn coding(headers: &HeaderMap) -> &str {
    headers.get("content-encoding").map_or("", |value| value.to_str().unwrap())
}

#[test]
fn the_openapi_document_is_compressed_and_sent_again_only_when_it_changed() {
    let site = Site::new();
    let ask = |accept, known: &str| ask(&site, "/openapi.json", "", &[("Accept-Encoding", accept), ("If-None-Match", known)]);
    let (status, plain, text) = ask("identity", "");
    assert_eq!((status, coding(&plain)), (200, ""));
    let tag = plain["etag"].to_str().unwrap().to_owned();
    assert!(serde_json::from_slice::<Value>(&text).unwrap()["paths"].is_object() && tag.starts_with('"'));
    for (accept, name) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")] {
        let (status, headers, body) = ask(accept, "\"other\"");
        assert_eq!((status, coding(&headers), headers["etag"].to_str().unwrap()), (200, name, format!("W/{tag}").as_str()));
        assert!(headers.get_all("vary").iter().any(|value| value.to_str().unwrap().contains("Accept-Encoding")));
        assert!(body.len() < text.len() / 5, "{name}: {} of {}", body.len(), text.len());
        assert!(unpacked(name, &body) == text, "{name}");
        for known in [&tag, &format!("W/{tag}"), &format!("\"other\", W/{tag}")] {
            let (status, headers, body) = ask(accept, known);
            assert_eq!((status, headers["etag"].to_str().unwrap(), body.len()), (304, format!("W/{tag}").as_str(), 0));
        }
    }
}

#[test]
fn long_texts_are_compressed_and_their_weak_tags_are_preconditions() {
    let site = Site::new();
    let long = json!({ "name": "Long", "slug": "long", "content": [{ "type": "note", "text": "x ".repeat(1000) }] });
    let made = site.server.ask("POST", &site.pages(), Some(&site.token), Some(&long));
    assert_eq!(made.status, 201, "{}", made.body);
    let path = format!("{}/{}", site.pages(), made.body["id"].as_str().unwrap());
    let (_, plain, text) = ask(&site, &path, &site.token, &[]);
    let tag = plain["etag"].to_str().unwrap();
    let weak = format!("W/{tag}");
    assert!(coding(&plain).is_empty() && tag.starts_with("\"1-"), "{tag}");
    for name in ["br", "gzip"] {
        let (status, headers, body) = ask(&site, &path, &site.token, &[("Accept-Encoding", name)]);
        assert_eq!((status, coding(&headers), headers["etag"].to_str().unwrap()), (200, name, weak.as_str()));
        assert!(body.len() < text.len() / 4 && unpacked(name, &body) == text);
        let (status, ..) = ask(&site, &path, &site.token, &[("Accept-Encoding", name), ("If-None-Match", weak.as_str())]);
        assert_eq!(status, 304);
    }
    let write =
        |tag| site.server.ask_with("PATCH", &path, Some(&site.token), Some(&json!({ "name": "Longer" })), &[("If-Match", tag)]).status;
    assert_eq!((write(weak.as_str()), write(weak.as_str())), (200, 412));
    // What is short is not worth it.
    let (_, headers, _) = ask(&site, "/whoami", &site.token, &[("Accept-Encoding", "br")]);
    assert_eq!(coding(&headers), "");
}

#[test]
fn every_route_that_answers_with_a_secret_says_so() {
    let mut secret: Vec<_> = routes::all(KINDS).into_iter().filter(|route| route.secret).map(|route| route.id).collect();
    secret.sort_unstable();
    let members = ["add_app_member", "add_organization_member", "add_project_member"];
    let made = [
        "create_content_preview",
        "create_my_api_key",
        "create_organization_invitation",
        "create_project_webhook",
        "create_service_account_api_key",
        "exchange_token",
    ];
    let again =
        ["regenerate_my_api_key", "regenerate_organization_api_key", "resend_organization_invitation", "rotate_project_webhook_secret"];
    assert_eq!(secret, [&members[..], &made, &again].concat());
}

#[test]
fn no_page_that_shows_a_secret_is_compressed() {
    let site = Site::new();
    let owner = Visitor::owner(&site.server, &site.here);
    let mut browser = Browser::new(&site.server);
    browser.session = owner.cookie.strip_prefix("stele=").map(str::to_owned);
    let packed = [("Accept-Encoding", "gzip, br"), ("Sec-Fetch-Site", "same-origin")];
    let get = |path: &str| coding(&browser.send("GET", path, &[], &packed).headers).to_owned();
    assert_eq!((get("/o/acme"), get("/sign-in")), ("br".into(), "br".into()));
    let invited = owner.post("/o/acme/settings/invitations/new", &[("email", "new@acme.example"), ("role", "viewer")]).is(303);
    let link = owner.get(&invited.to).is(200);
    let (_, token) = link.text.split_once("/invitations/accept?token=").unwrap();
    let accept = format!("/invitations/accept?token={}", token.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap());
    assert_eq!(browser.get(&accept).status, 200);
    assert_eq!((get(&invited.to), get(&accept)), (String::new(), String::new()));
    let page = format!("/o/acme/settings/accounts/{}/keys/new", site.admin.account);
    let once = owner.get(&page).is(200).hidden("once");
    let form = [("once", once.as_str()), ("name", "Shown"), ("expiry", "90"), ("access", "read"), ("reach", "all")];
    let shown = browser.send("POST", &page, &form, &packed);
    assert!(shown.status == 200 && shown.body.contains("id=\"key\""), "it is plain text");
}

#[test]
fn no_answer_that_holds_a_secret_is_compressed() {
    let site = Site::new();
    let packed = [("Accept-Encoding", "gzip, br")];
    let all = format!("/organizations/{}/projects", site.here.org);
    let projects: Vec<_> = (0..20).map(|number| site.make(&all, &json!({ "name": format!("Project {number}") }))["id"].clone()).collect();
    let keys = format!("/organizations/{}/service-accounts/{}/api-keys", site.here.org, site.admin.account);
    let made = site.server.ask_with("POST", &keys, Some(&site.token), Some(&json!({ "name": "Long", "projects": projects })), &packed);
    assert!(made.status == 201 && made.body["key"].is_string(), "{}", made.body);
    assert!(made.header("content-encoding").is_empty() && made.body.to_string().len() > 1024, "{}", made.body);
}
