//! What the server answers to requests that are wrong.

use serde_json::{Value, json};
use stele::domain::access::{Access, Role};

use crate::support::{Browser, JsonAnswer, Server, Tenant, Visitor, machine, tenant};

fn start() -> (tempfile::TempDir, Server, Tenant, String) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = machine(&server, here.org, Role::Admin, Access::Full, None);
    let token = server.token(&admin.secret);
    (dir, server, here, token)
}

fn projects(here: &Tenant) -> String {
    format!("/organizations/{}/projects", here.org)
}

/// The first wrong field and its word.
fn fault(answer: &JsonAnswer) -> (&str, &str) {
    let first = &answer.body["errors"][0];
    (first["field"].as_str().unwrap_or_default(), first["code"].as_str().unwrap_or_default())
}

#[test]
fn a_refused_body_names_the_field_and_leaves_nothing_behind() {
    let (_dir, server, here, token) = start();
    let path = projects(&here);
    let total = || server.ask("GET", &path, Some(&token), None).body["meta"]["total"].clone();
    let before = total();
    let bad: [(Value, &str); 7] = [
        (json!({}), "name"),
        (json!({ "name": 7 }), "name"),
        (json!({ "name": "" }), "name"),
        (json!({ "name": "x".repeat(10_000) }), "name"),
        (json!({ "name": "a\u{0}b" }), "name"),
        (json!({ "name": "a\u{202e}b" }), "name"),
        (json!({ "name": "New", "nmae": 1 }), "nmae"),
    ];
    for (body, field) in bad {
        let answer = server.ask("POST", &path, Some(&token), Some(&body));
        assert_eq!((answer.status, fault(&answer).0), (400, field), "{}", answer.body);
        assert!(answer.body["requestId"].is_string());
    }
    let taken = server.ask("POST", &path, Some(&token), Some(&json!({ "name": "Site", "slug": "site" })));
    assert_eq!((taken.status, fault(&taken).0), (409, "slug"), "{}", taken.body);
    assert_eq!(total(), before);
}

#[test]
fn letters_of_every_script_come_back_unchanged() {
    let (_dir, server, here, token) = start();
    for (at, name) in ["שלום\u{200f} עולם", "𝔖𝔱𝔢𝔩𝔢 🪨", "Größe"].into_iter().enumerate() {
        let made = server.ask("POST", &projects(&here), Some(&token), Some(&json!({ "name": name, "slug": format!("n{at}") })));
        assert_eq!((made.status, &made.body["name"]), (201, &json!(name)), "{}", made.body);
    }
}

#[test]
fn wrong_list_parameters_are_refused() {
    let (_dir, server, here, token) = start();
    for query in ["page=0", "page=-1", "page=x", "page=1000000000", "pageSize=1000000", "pageSize=0", "sort=nothing:asc", "nothing=1"] {
        let answer = server.ask("GET", &format!("{}?{query}", projects(&here)), Some(&token), None);
        assert_eq!(answer.status, 400, "{query}: {}", answer.body);
        let name = query.split('=').next().unwrap();
        assert_eq!(fault(&answer).0, name, "{}", answer.body);
    }
}

#[test]
fn of_eight_that_take_one_slug_exactly_one_gets_it() {
    let (_dir, server, here, token) = start();
    let body = json!({ "name": "Raced", "slug": "raced" });
    let path = projects(&here);
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| server.ask("POST", &path, Some(&token), Some(&body)).status)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

#[test]
fn a_missing_route_a_wrong_method_and_a_wrong_id_are_told_apart() {
    let (_dir, server, here, token) = start();
    let missing = server.ask("GET", "/nothing", Some(&token), None);
    assert_eq!((missing.status, missing.reason()), (404, "no_route"));
    assert_eq!(server.ask("PUT", &projects(&here), Some(&token), None).status, 405);
    let odd = server.ask("GET", &format!("{}/by-slug/a%2Fb", projects(&here)), Some(&token), None);
    assert_eq!((odd.status, odd.reason()), (404, ""), "{}", odd.body);
    let encoded = format!("/organizations/{}", here.org.to_string().replace('-', "%2D"));
    assert_eq!(server.ask("GET", &encoded, Some(&token), None).status, 200);
}

#[test]
fn a_body_over_two_megabytes_is_too_large() {
    let (_dir, server, here, token) = start();
    let body = json!({ "name": "x".repeat(2 * 1024 * 1024) });
    assert_eq!(server.ask("POST", &projects(&here), Some(&token), Some(&body)).status, 413);
}

#[test]
fn a_body_of_too_many_values_is_refused_and_many_faults_are_told_up_to_a_hundred() {
    let (_dir, server, here, token) = start();
    let body = json!({ "name": "x", "locales": vec![0; 50_000] });
    let refused = server.ask("POST", &projects(&here), Some(&token), Some(&body));
    assert_eq!((refused.status, refused.body["errors"][0]["code"].as_str()), (400, Some("too_many_values")));
    let sections: Vec<_> = (0..150).map(|_| json!({ "columns": 1 })).collect();
    let pages = format!("{}/{}/apps/website/{}/pages", projects(&here), here.project, here.app);
    let body = json!({ "name": "x", "slug": "x", "content": sections });
    let refused = server.ask("POST", &pages, Some(&token), Some(&body));
    assert_eq!((refused.status, refused.body["errors"].as_array().map(Vec::len)), (400, Some(100)), "{}", refused.body);
}

/// Sends a body as it is, and its type.
fn send(server: &Server, path: &str, token: &str, kind: Option<&str>, body: Vec<u8>) -> (u16, Value) {
    let mut request = reqwest::blocking::Client::new().post(format!("{}/api{path}", server.url)).bearer_auth(token).body(body);
    if let Some(kind) = kind {
        request = request.header("Content-Type", kind);
    }
    let answer = request.send().unwrap();
    let (status, id) = (answer.status().as_u16(), answer.headers()["x-request-id"].to_str().unwrap().to_owned());
    let body: Value = answer.json().unwrap();
    assert!(status < 400 || body["requestId"] == json!(id), "{body}");
    (status, body)
}

#[test]
fn a_body_that_is_no_json_object_is_refused() {
    let (_dir, server, here, token) = start();
    let deep = format!(r#"{{"name":"a","x":{}{}}}"#, "[".repeat(500), "]".repeat(500));
    let bodies: [(&[u8], &str); 8] = [
        (b"{", "not_json"),
        (b"name=a", "not_json"),
        (b"[]", "wrong_type"),
        (b"null", "wrong_type"),
        (br#"{"name": "\ud800"}"#, "not_json"),
        (br#"{"name": "a", "name": "b"}"#, "repeated"),
        (b"{\"name\": \"\xff\"}", "not_json"),
        (deep.as_bytes(), "unknown_field"),
    ];
    for (body, code) in bodies {
        let (status, answer) = send(&server, &projects(&here), &token, Some("application/json"), body.to_vec());
        assert_eq!((status, &answer["errors"][0]["code"]), (400, &json!(code)), "{}: {answer}", String::from_utf8_lossy(body));
    }
}

#[test]
fn a_body_of_another_type_is_refused() {
    let (_dir, server, here, token) = start();
    let body = || br#"{"name": "New"}"#.to_vec();
    for kind in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application/jsonx")] {
        assert_eq!(send(&server, &projects(&here), &token, kind, body()).0, 415, "{kind:?}");
    }
    assert_eq!(send(&server, &projects(&here), &token, Some("application/json; charset=utf-8"), body()).0, 201);
}

#[test]
fn a_wrong_method_names_the_right_ones_and_every_answer_has_an_id() {
    let (_dir, server, here, token) = start();
    let wrong = server.ask("PUT", &projects(&here), Some(&token), None);
    assert_eq!((wrong.status, wrong.header("allow")), (405, "GET, HEAD, POST"));
    assert_eq!(wrong.message(), "PUT is not possible here. Allowed: GET, HEAD, POST.");
    let missing = server.ask("GET", "/organizations/x/nothing", Some(&token), None);
    assert!(missing.message().starts_with("There is no such route: GET /api/organizations/x/nothing"), "{}", missing.message());
    let good = server.ask("GET", &projects(&here), Some(&token), None);
    for answer in [&wrong, &missing, &good, &server.ask("GET", "/whoami", None, None)] {
        assert!(!answer.header("x-request-id").is_empty());
        assert!(answer.status == 200 || answer.body["requestId"] == answer.header("x-request-id"));
    }
}

#[test]
fn an_id_that_is_none_leads_nowhere_however_it_is_written() {
    let (_dir, server, here, token) = start();
    let org = here.org.to_string();
    for odd in ["%00", "%FF%FE", "%2F", "..%2F..", &org.replace('-', ""), &format!("{{{org}}}"), &format!("{org}%20")] {
        let answer = server.ask("GET", &format!("/organizations/{odd}/projects"), Some(&token), None);
        assert_eq!(answer.status, 404, "{odd}: {}", answer.body);
    }
}

#[test]
fn what_is_looked_for_with_nul_in_it_is_not_there() {
    let (_dir, server, here, token) = start();
    let project = format!("{}/{}", projects(&here), here.project);
    for path in [
        format!("{project}/search?query=a%00b&sourceTypes=%00"),
        format!("{project}/search?query=%00"),
        format!("{project}/apps?search=a%00b"),
        format!("{}?name=%00", projects(&here)),
        format!("{}?slug_like=%00", projects(&here)),
        "/organizations/by-slug/a%00".into(),
    ] {
        let answer = server.ask("GET", &path, Some(&token), None);
        assert!(matches!(answer.status, 200 | 400 | 404), "{path}: {}", answer.body);
    }
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    for path in [
        "/o/acme/search?search=a%00b",
        "/o/a%00b",
        "/o/acme/p/%00",
        "/o/acme/settings/activity?actor=%00&action=%00",
        "/account/keys?search=%00",
    ] {
        assert!(matches!(admin.get(path).status, 200 | 400 | 404 | 422), "{path}");
    }
    assert_eq!(Browser::new(&server).post("/sign-in", &[("email", "a\0@b.example"), ("password", "x\0"), ("next", "")]).status, 422);
    assert_eq!(Browser::new(&server).post("/password/forgot", &[("email", "\0")]).status, 303);
}
