//! Requests that are wrong beyond their fields: nesting, queries, ids, methods, paths; and the id that every answer has.

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use crate::support::{JsonAnswer, Site, page};

/// An id of nothing.
const NOTHING: &str = "0190f4a2-0000-7000-8000-000000000000";

#[track_caller]
fn fault(answer: &JsonAnswer) -> (u16, &str, &str) {
    let first = &answer.body["errors"][0];
    (answer.status, first["field"].as_str().unwrap_or_default(), first["code"].as_str().unwrap_or_default())
}

/// Sends a body as it is.
fn send(site: &Site, path: &str, body: impl Into<reqwest::blocking::Body>) -> (u16, Value) {
    let request = Client::new().post(format!("{}/api{path}", site.server.url)).bearer_auth(&site.token);
    let answer = request.header("Content-Type", "application/json").body(body).send().unwrap();
    (answer.status().as_u16(), answer.json().unwrap())
}

#[test]
fn a_tree_that_is_nested_too_deeply_is_refused_wherever_it_ends() {
    let site = Site::new();
    for levels in [33, 100, 126, 127, 128, 1_000, 100_000] {
        let deep = format!(r#"{}{}"#, "[".repeat(levels), "]".repeat(levels));
        let data = format!(r#"[{{"type":"section","columns":[{{"blocks":[{{"type":"text","data":{{"x":{deep}}}}}]}}]}}]"#);
        for content in [&deep, &data] {
            let (status, answer) = send(&site, &site.pages(), format!(r#"{{"name":"Deep","slug":"deep","content":{content}}}"#));
            assert_eq!((status, &answer["code"]), (400, &json!("BAD_REQUEST")), "{levels}: {answer}");
        }
    }
    let (_, answer) = send(&site, &site.pages(), format!(r#"{{"name":"a","content":{}"#, "[".repeat(100_000)));
    assert_eq!(answer["errors"][0]["code"], "too_deep", "{answer}");
    assert_eq!(site.items(&site.pages()).len(), 0);
}

#[test]
fn fields_of_a_wrong_type_are_named_in_every_noun() {
    let site = Site::new();
    let org = format!("/organizations/{}", site.here.org);
    let cases = [
        ("POST", site.pages(), json!({ "name": ["a"], "slug": "a" }), "name"),
        ("POST", site.pages(), json!({ "name": "a", "slug": 7 }), "slug"),
        ("POST", site.pages(), json!({ "name": "a", "slug": "a", "title": 7 }), "title"),
        ("POST", site.pages(), json!({ "name": "a", "slug": "a", "content": "text" }), "content"),
        ("POST", site.pages(), json!({ "name": "a", "slug": "a", "nothing": 1 }), "nothing"),
        ("PATCH", site.project(), json!({ "enabledLocales": "en" }), "enabledLocales"),
        ("PATCH", org.clone(), json!({ "policy": { "maxKeyDays": "10" } }), "policy.maxKeyDays"),
        ("POST", format!("{org}/service-accounts"), json!({ "name": "a", "role": "owner" }), "role"),
        ("POST", format!("{org}/service-accounts"), json!({ "name": "a", "role": 1 }), "role"),
        ("POST", format!("{org}/invitations"), json!({ "email": 1, "role": "viewer" }), "email"),
        ("POST", format!("{org}/members"), json!({ "userId": "me", "role": "viewer" }), "userId"),
        ("POST", format!("{org}/service-accounts/{}/api-keys", site.admin.account), json!({ "name": "a", "access": "all" }), "access"),
        ("POST", "/auth/token".to_owned(), json!({ "apiKey": 1 }), "apiKey"),
        ("POST", "/auth/token".to_owned(), json!({}), "apiKey"),
        ("POST", "/auth/token".to_owned(), json!({ "apiKey": "x", "format": "JWT" }), "format"),
    ];
    for (method, path, body, field) in cases {
        let answer = site.ask(method, &path, Some(&body));
        assert_eq!((answer.status, fault(&answer).1), (400, field), "{method} {path} {body}: {}", answer.body);
    }
}

#[test]
fn a_query_that_is_wrong_is_refused_in_lists_and_elsewhere() {
    let site = Site::new();
    let keys = format!("/organizations/{}/api-keys", site.here.org);
    for list in [site.pages(), keys, "/me/activities".to_owned()] {
        let cases = [
            ("page=0", "page"),
            ("page=-1", "page"),
            ("page=1.5", "page"),
            ("page=1000000000", "page"),
            ("page=99999999999999999999", "page"),
            ("page=", "page"),
            ("pageSize=201", "pageSize"),
            ("pageSize=1000000", "pageSize"),
            ("sort=content:asc", "sort"),
            ("sort=name:up", "sort"),
            ("nothing=1", "nothing"),
            ("page=1&page=2", "page"),
        ];
        for (query, field) in cases {
            let answer = site.get(&format!("{list}?{query}"));
            assert_eq!((answer.status, fault(&answer).1), (400, field), "{list}?{query}: {}", answer.body);
        }
        let last = site.get(&format!("{list}?page=1000&pageSize=1"));
        assert_eq!((last.status, last.body["data"].as_array().map(Vec::len)), (200, Some(0)), "{}", last.body);
    }
    for (method, path) in [("GET", "/whoami?nothing=1"), ("PATCH", &format!("{}?force=true", site.project()))] {
        let answer = site.ask(method, path, (method == "PATCH").then(|| json!({})).as_ref());
        assert_eq!((answer.status, fault(&answer).2), (400, "unknown_field"), "{path}: {}", answer.body);
    }
    let odd = site.get("/me/activities?search=%FF%FE");
    assert!(matches!(odd.status, 200 | 400), "{}", odd.body);
}

#[test]
fn an_encoded_id_is_the_plain_one_and_every_other_spelling_leads_nowhere() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("one"));
    let id = made["id"].as_str().unwrap();
    let encoded: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
    assert_eq!(site.get(&format!("{}/{encoded}", site.pages())).body, made);
    let changed = site.change(&format!("{}/{encoded}", site.pages()), &json!({ "name": "Two" }));
    assert_eq!((&changed["id"], &changed["name"]), (&made["id"], &json!("Two")));
    let long = "9".repeat(5_000);
    for odd in ["%00", "%FF%FE", "%2F", "%", "%zz", "%25", "-1", "null", &format!("{id}%00"), &format!("%20{id}"), &long, NOTHING] {
        let of_page = format!("{}/{odd}", site.pages());
        let of_project = format!("/organizations/{}/projects/{odd}", site.here.org);
        for path in [&of_page, &of_project, &format!("/organizations/{odd}")] {
            let answer = site.get(path);
            assert_eq!((answer.status, answer.reason()), (404, ""), "{path:.200}: {}", answer.body);
            assert!(answer.message().starts_with("There is no such"), "{}", answer.body);
        }
    }
    for odd in ["%00", "%FF", "a%2Fb", "%F0%9F%AA%A8"] {
        let path = format!("/organizations/by-slug/{odd}");
        assert_eq!(site.get(&path).status, 404, "{path}");
    }
}

#[test]
fn a_wrong_method_is_told_which_ones_are_right() {
    let site = Site::new();
    let one = format!("{}/{NOTHING}", site.pages());
    for (method, path, allow) in [
        ("DELETE", "/whoami", "GET, HEAD"),
        ("GET", "/auth/token", "POST"),
        ("PUT", &site.pages(), "GET, HEAD, POST"),
        ("POST", &one, "DELETE, GET, HEAD, PATCH"),
        ("OPTIONS", &site.pages(), "GET, HEAD, POST"),
    ] {
        let answer = site.ask(method, path, None);
        let mut allowed: Vec<_> = answer.header("allow").split(", ").collect();
        allowed.sort_unstable();
        assert_eq!((answer.status, allowed.join(", ").as_str()), (405, allow), "{method} {path}: {}", answer.body);
        assert_eq!(answer.body["code"], "METHOD_NOT_ALLOWED");
    }
}

/// The id in the header; and in the body, where there is one.
#[track_caller]
fn id(answer: Response, status: u16) -> String {
    let what = answer.url().to_string();
    assert_eq!(answer.status().as_u16(), status, "{what}");
    let header = answer.headers().get("x-request-id").unwrap_or_else(|| panic!("{what} {status} has no id")).to_str().unwrap().to_owned();
    let body: Value = serde_json::from_str(&answer.text().unwrap()).unwrap_or_default();
    if let Some(said) = body.get("requestId") {
        assert_eq!(said, &json!(header), "{what}");
    }
    header
}

#[test]
fn every_answer_has_an_id_of_its_own() {
    let site = Site::new();
    let made = site.make(&site.pages(), &page("one"));
    let url = |path: &str| format!("{}{path}", site.server.url);
    let client = Client::new();
    let get = |path: &str| client.get(url(path)).bearer_auth(&site.token);
    let post = |path: &str| client.post(url(path)).bearer_auth(&site.token);
    let (pages, one) = (format!("/api{}", site.pages()), format!("/api{}/{}", site.pages(), made["id"].as_str().unwrap()));
    let tag = site.get(&one[4..]).header("etag").to_owned();
    let json = |path: &str, body: &'static str| post(path).header("Content-Type", "application/json").body(body);
    let asked = [
        (get("/api/whoami"), 200),
        (json(&pages, r#"{"name":"Two","slug":"two"}"#), 201),
        (get(&one).header("If-None-Match", &tag), 304),
        (json(&pages, "{"), 400),
        (client.get(url("/api/whoami")), 401),
        (json("/api/me/api-keys", r#"{"organizationId":"0190f4a2-0000-7000-8000-000000000000","name":"x"}"#), 403),
        (get(&format!("{pages}/{NOTHING}")), 404),
        (get("/api/nothing"), 404),
        (get("/nothing"), 404),
        (post("/sandbox/reset"), 404),
        (client.put(url(&pages)).bearer_auth(&site.token), 405),
        (json(&pages, r#"{"name":"One","slug":"one"}"#), 409),
        (client.patch(url(&one)).bearer_auth(&site.token).header("If-Match", "\"999\"").json(&json!({ "name": "Three" })), 412),
        (json(&pages, "").body(vec![b' '; 2 * 1024 * 1024 + 1]), 413),
        (post(&pages).body("{}"), 415),
        (get("/oauth/jwks"), 200),
        (client.post(url("/oauth/token")).form(&[("grant_type", "password")]), 400),
        (client.post(url("/oauth/introspect")).form(&[("token", "x")]), 401),
        (client.post(url("/oauth/revoke")).form(&[("token", "x")]), 401),
        (client.get(url("/.well-known/oauth-authorization-server")), 404),
        (client.get(url("/.well-known/oauth-protected-resource")), 404),
    ];
    let mut ids: Vec<String> = asked.into_iter().map(|(request, status)| id(request.send().unwrap(), status)).collect();
    let total = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), total, "no two answers share an id");
}

#[test]
fn of_eight_that_take_one_address_of_a_page_exactly_one_gets_it() {
    let site = Site::new();
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let ask = || site.ask("POST", &site.pages(), Some(&page("raced"))).status;
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(site.items(&site.pages()).len(), 1);
}
