//! HEAD: what GET would answer, without its body.

use reqwest::{
    Method,
    blocking::Client,
    header::{HeaderMap, HeaderValue},
};

use crate::support::{Site, page};

/// Status, headers but for those that tell one request from another, and body.
fn asked(site: &Site, method: Method, path: &str, token: Option<&str>) -> (u16, Vec<(String, String)>, String) {
    let mut request = Client::new().request(method, format!("{}{path}", site.server.url));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().unwrap();
    let (status, headers) = (answer.status().as_u16(), kept(answer.headers()));
    (status, headers, answer.text().unwrap())
}

fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    // What each answer has for itself: its time, its id, its nonce.
    let own = ["date", "x-request-id", "content-security-policy"];
    let mut kept: Vec<_> = headers.iter().filter(|(name, _)| !own.contains(&name.as_str())).collect();
    kept.sort_by_key(|(name, _)| name.as_str());
    // Of which limit least is left, and how much, may be another a moment later; that it is told is compared.
    let told =
        |name: &str, value: &HeaderValue| if name.starts_with("ratelimit") { String::new() } else { value.to_str().unwrap().to_owned() };
    kept.into_iter().map(|(name, value)| (name.to_string(), told(name.as_str(), value))).collect()
}

#[test]
fn head_answers_as_get_does_on_every_route() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("one"));
    let (pages, one) = (format!("/api{}", site.pages()), format!("/api{}/{}", site.pages(), made["id"].as_str().unwrap()));
    let org = format!("/api/organizations/{}", site.here.org);
    let own = [org.clone(), format!("{org}/api-keys"), format!("{pages}?search=one"), pages, one, "/api/whoami".into()];
    let open = [
        "/api/health/echo",
        "/api/openapi.json",
        "/oauth/jwks",
        "/.well-known/paseto-keys",
        "/.well-known/oauth-authorization-server/oauth",
        "/sign-in",
        "/",
        "/nowhere",
        "/api/nowhere",
        "/api/auth/token",
        "/oauth/token",
    ];
    let paths = own.iter().map(String::as_str).chain(open);
    for path in paths {
        for token in [Some(site.token.as_str()), None] {
            let (head, full) = (asked(&site, Method::HEAD, path, token), asked(&site, Method::GET, path, token));
            // A refusal names its request, whose ids differ in length now and then.
            let differs = |name: &str| full.0 >= 400 && name == "content-length";
            let headers = |all: &[(String, String)]| all.iter().filter(|(name, _)| !differs(name)).cloned().collect::<Vec<_>>();
            assert_eq!((head.0, headers(&head.1), head.2.as_str()), (full.0, headers(&full.1), ""), "{path}");
        }
    }
}

#[test]
fn whoever_asks_with_another_method_is_told_of_head_wherever_get_answers() {
    let site = Site::new();
    let open = ["/oauth/jwks", "/.well-known/paseto-keys", "/.well-known/oauth-authorization-server/oauth", "/static/mark.svg"];
    for path in open.into_iter().chain(["/sign-in", "/help", "/api/whoami", "/api/openapi.json", "/api/health/echo"]) {
        let answer = Client::new().delete(format!("{}{path}", site.server.url)).header("Sec-Fetch-Site", "same-origin").send().unwrap();
        let allowed = answer.headers().get("allow").map_or("", |value| value.to_str().unwrap());
        assert_eq!(answer.status().as_u16(), 405, "{path}");
        assert!(allowed.starts_with("GET, HEAD"), "{path}: {allowed:?}");
    }
}
