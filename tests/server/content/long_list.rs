//! Lists that are too long for one piece: what they say, also while entries change and keys end.

use std::io::Read;

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use crate::support::Site;

/// An entry with so many kilobytes of content.
fn long(slug: &str, kilobytes: usize) -> Value {
    let parts = kilobytes.div_ceil(40);
    let text = format!("é\"{}", "x".repeat(kilobytes * 1024 / parts));
    let blocks = vec![json!({ "type": "text", "data": { "markdown": text } }); parts];
    let title = json!({ "en": format!("Title of {slug}"), "fr": format!("Titre de {slug}") });
    let content = json!([{ "columns": [{ "blocks": blocks }] }]);
    json!({ "name": slug, "slug": slug, "title": title, "content": content })
}

fn asked(site: &Site, method: &str, path: &str) -> Response {
    let request = Client::new().request(method.parse().unwrap(), format!("{}/api{path}", site.server.url));
    request.bearer_auth(&site.token).send().unwrap()
}

fn is_streamed(answer: &Response) -> bool {
    answer.headers().get("transfer-encoding").is_some_and(|value| value == "chunked")
}

/// A list of which the first bytes were read: so long that the rest does not fit between server and client.
fn begun(site: &Site) -> (Vec<String>, Response) {
    for at in 0..24 {
        site.make(&site.pages(), &long(&format!("p{at}"), 1000));
    }
    let ids = site.items(&format!("{}?lite=true", site.pages())).iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    let mut answer = asked(site, "GET", &site.pages());
    answer.read_exact(&mut [0; 9]).unwrap();
    (ids, answer)
}

#[test]
fn a_long_list_says_what_a_short_one_would() {
    let site = Site::new();
    let made: Vec<_> = (0..7).map(|at| site.make(&site.pages(), &long(&format!("p{at}"), 100))).collect();
    for more in ["", "locale=fr"] {
        let one = |made: &Value| asked(&site, "GET", &format!("{}/{}?{more}", site.pages(), made["id"].as_str().unwrap())).text().unwrap();
        let items: Vec<_> = made.iter().rev().map(one).collect();
        let whole = format!("{{\"data\":[{}],\"meta\":{{\"total\":7,\"page\":1,\"pageSize\":25,\"pageCount\":1}}}}", items.join(","));
        let path = format!("{}?{more}", site.pages());
        let (head, full) = (asked(&site, "HEAD", &path), asked(&site, "GET", &path));
        assert!(is_streamed(&head) && is_streamed(&full));
        assert_eq!(head.text().unwrap(), "");
        assert_eq!(full.headers().get("content-language").is_some(), !more.is_empty());
        assert!(full.text().unwrap() == whole, "{more}");
    }
    let lite = asked(&site, "GET", &format!("{}?lite=true", site.pages()));
    assert!(!is_streamed(&lite) && lite.headers().contains_key("content-length"));
}

#[test]
fn a_list_that_changes_while_it_is_told_stays_whole() {
    let site = Site::new();
    let (ids, mut answer) = begun(&site);
    let one = |at: usize| format!("{}/{}", site.pages(), ids[at]);
    assert_eq!(site.ask("DELETE", &one(23), None).status, 200);
    site.change(&one(22), &json!({ "name": "changed meanwhile" }));
    site.make(&site.pages(), &long("new", 1));
    for sql in
        ["DELETE FROM versions WHERE entry_id = ?1", "DELETE FROM search_docs WHERE entry_id = ?1", "DELETE FROM entries WHERE id = ?1"]
    {
        site.alter(sql, [&ids[21]]);
    }
    let mut text = "{\"data\":[".to_owned();
    answer.read_to_string(&mut text).unwrap();
    let list: Value = serde_json::from_str(&text).unwrap();
    let told: Vec<_> = list["data"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    let there: Vec<_> = ids.iter().filter(|id| **id != ids[21]).collect();
    assert!(told.iter().eq(there), "what was on the page, but for what is gone altogether");
    assert_eq!((&list["meta"]["total"], &list["data"][21]["name"]), (&json!(24), &json!("changed meanwhile")));
}

#[test]
fn a_list_ends_with_the_key_of_its_reader() {
    let site = Site::new();
    let (_, mut answer) = begun(&site);
    let key = &site.admin.secret;
    assert_eq!(site.server.oauth("revoke", &[("token", key), ("client_secret", key)]), 200);
    let mut rest = Vec::new();
    assert!(answer.read_to_end(&mut rest).is_err(), "nobody takes a part for the whole");
    assert!(rest.len() < 22 << 20);
}
