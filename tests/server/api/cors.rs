//! Which pages of other sites a browser lets ask.

use reqwest::{Method, blocking::Client, header::HeaderMap};
use stele::config::Config;

use crate::support::{Server, Site};

const OURS: &str = "https://app.example.com";
const THEIRS: &str = "https://evil.example.com";

/// Status and headers of an answer to a page of this origin.
fn ask(server: &Server, method: &str, path: &str, origin: &str, preflight: Option<&str>) -> (u16, HeaderMap) {
    let mut request = Client::new().request(method.parse::<Method>().unwrap(), format!("{}{path}", server.url)).header("Origin", origin);
    if let Some(asks) = preflight {
        request = request
            .header("Access-Control-Request-Method", asks)
            .header("Access-Control-Request-Headers", "authorization, content-type, if-match, idempotency-key, traceparent");
    }
    let answer = request.send().unwrap();
    (answer.status().as_u16(), answer.headers().clone())
}

fn allowed(headers: &HeaderMap) -> Option<&str> {
    assert!(!headers.contains_key("access-control-allow-credentials"));
    headers.get("access-control-allow-origin").map(|value| value.to_str().unwrap())
}

#[test]
fn public_documents_are_for_pages_of_every_site() {
    let site = Site::new();
    for path in [
        "/api/openapi.json",
        "/api/health/echo",
        "/oauth/jwks",
        "/.well-known/paseto-keys",
        "/.well-known/oauth-authorization-server/oauth",
    ] {
        let (status, headers) = ask(&site.server, "GET", path, THEIRS, None);
        assert_eq!((status, allowed(&headers)), (200, Some("*")), "{path}");
        let (status, headers) = ask(&site.server, "OPTIONS", path, THEIRS, Some("GET"));
        assert_eq!((status, allowed(&headers)), (200, Some("*")), "{path}");
    }
    for path in ["/api/whoami", "/oauth/token", "/sign-in"] {
        for (method, preflight) in [("GET", None), ("POST", None), ("OPTIONS", Some("POST"))] {
            let (status, headers) = ask(&site.server, method, path, OURS, preflight);
            assert_eq!(allowed(&headers), None, "{method} {path}");
            assert!(preflight.is_none() || status >= 400, "{method} {path}: {status}");
        }
    }
}

#[test]
fn the_api_is_open_to_named_origins_alone() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { cors_origins: vec![OURS.into()], ..Config::default() };
    let server = Server::start_as(&dir.path().join("stele.db"), config);
    for path in ["/api/whoami", "/api/nowhere", "/oauth/token"] {
        let (status, headers) = ask(&server, "OPTIONS", path, OURS, Some("PATCH"));
        assert_eq!((status, allowed(&headers)), (200, Some(OURS)), "{path}");
        let names = headers["access-control-allow-headers"].to_str().unwrap().to_ascii_lowercase();
        assert!(["authorization", "content-type", "if-match", "idempotency-key"].iter().all(|name| names.contains(name)), "{names}");
        assert!(headers["access-control-allow-methods"].to_str().unwrap().contains("PATCH"));
        // A refusal is read by the page as well.
        let (_, headers) = ask(&server, "POST", path, OURS, None);
        assert_eq!(allowed(&headers), Some(OURS), "{path}");
        for other in [THEIRS, "null", "https://app.example.com.evil.example", "http://app.example.com"] {
            let (_, headers) = ask(&server, "POST", path, other, None);
            assert_eq!(allowed(&headers), None, "{other} {path}");
            assert!(headers.get_all("vary").iter().any(|value| value.to_str().unwrap().contains("Origin")), "{path}");
            assert_eq!(allowed(&ask(&server, "OPTIONS", path, other, Some("PATCH")).1), None, "{other} {path}");
        }
    }
    for path in ["/sign-in", "/oauth/revoke", "/oauth/introspect"] {
        assert_eq!(allowed(&ask(&server, "POST", path, OURS, None).1), None, "{path}");
    }
}
