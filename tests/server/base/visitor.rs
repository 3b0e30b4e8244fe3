//! Addresses for visitors that lead nowhere: a page for people, in their language, and JSON for programs.

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};
use stele::service::project::domain;

use crate::support::Site;

const NAME: &str = "journal.example.org";
/// What a browser asks for when somebody follows a link.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn asked(site: &Site, host: &str, path: &str, accept: &str, language: &str) -> Response {
    let request = Client::new().get(format!("{}{path}", site.server.url)).header("Host", host);
    request.header("Accept", accept).header("Accept-Language", language).send().unwrap()
}

#[test]
fn a_browser_gets_a_page_where_nothing_is_and_a_program_json() {
    let site = Site::new();
    site.make(&format!("{}/domains", site.project()), &json!({ "hostname": NAME }));
    site.server.write(|tx| domain::verify_as_operator(tx, NAME, None).map(drop));
    let gone = "0190f4a2-0000-7000-8000-000000000000";
    let (form, file) = (format!("/f/{gone}"), format!("/files/{gone}/a.txt"));
    for (host, path) in [
        ("stele.test", form.as_str()),
        ("stele.test", "/f/nothing"),
        ("stele.test", &file),
        ("stele.test", "/preview/x"),
        (NAME, &form),
        (NAME, &file),
        (NAME, "/"),
        (NAME, "/sign-in"),
    ] {
        for (language, words) in [("en-GB,en;q=0.8", "There is nothing here"), ("de,fr-CH;q=0.8,en;q=0.5", "Il n’y a rien ici")] {
            let shown = asked(&site, host, path, BROWSER, language);
            let head = |name: &str| shown.headers()[name].to_str().unwrap().to_owned();
            assert_eq!((shown.status().as_u16(), head("content-type").as_str()), (404, "text/html; charset=utf-8"), "{host}{path}");
            assert!(head("content-security-policy").starts_with("default-src 'none'") && head("cache-control") == "no-store");
            let (number, page) = (head("x-request-id"), shown.text().unwrap());
            assert!(page.contains(&format!("<h1 class=\"title\">{words}</h1>")) && page.contains(&number), "{host}{path}: {page}");
            assert!(!page.contains("<script"), "{page}");
        }
        for accept in ["*/*", "application/json", "image/avif,image/webp,*/*"] {
            let told: Value = asked(&site, host, path, accept, "fr").json().unwrap();
            assert_eq!(told["code"], "NOT_FOUND", "{host}{path} {accept}");
        }
    }
    let asked_for = asked(&site, "stele.test", &format!("{form}?locale=fr"), BROWSER, "en").text().unwrap();
    assert!(asked_for.contains("<html lang=\"fr\""), "the address says more than the browser: {asked_for}");
}
