//! The sandbox: `POST /sandbox/reset` brings the start back, with the same ids and keys. The program itself runs here.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use reqwest::{Method, blocking::Client};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A running sandbox; killed when dropped.
struct Sandbox {
    child: Child,
    _dir: TempDir,
    told: Value,
    client: Client,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Sandbox {
    fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_stele"));
        command.args(["sandbox", "--print", "json", "--listen", "127.0.0.1:0", "--data"]).arg(dir.path().join("stele.db"));
        command.env_remove("STELE_SANDBOX_KEY").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told = serde_json::from_str(&line).expect("the sandbox tells its start");
        Self { child, _dir: dir, told, client: Client::builder().no_proxy().build().unwrap() }
    }

    fn text(&self, name: &str) -> &str {
        self.told[name].as_str().unwrap()
    }

    fn org(&self) -> String {
        format!("/organizations/{}", self.text("organizationId"))
    }

    fn project(&self) -> String {
        format!("{}/projects/{}", self.org(), self.text("projectId"))
    }

    fn pages(&self) -> String {
        format!("{}/apps/website/{}/pages", self.project(), self.told["apps"]["website"].as_str().unwrap())
    }

    fn ask(&self, method: Method, path: &str, token: &str, body: Option<&Value>) -> (u16, Value) {
        let mut request = self.client.request(method, format!("{}{path}", self.text("apiUrl"))).bearer_auth(token);
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().unwrap();
        (answer.status().as_u16(), answer.json().unwrap())
    }

    fn get(&self, path: &str, token: &str) -> Value {
        let (status, body) = self.ask(Method::GET, path, token, None);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    fn post(&self, path: &str, token: &str, body: &Value) -> Value {
        let (status, answer) = self.ask(Method::POST, path, token, Some(body));
        assert_eq!(status, 201, "{path}: {answer}");
        answer
    }

    fn exchange(&self, key: &str) -> (u16, Value) {
        self.ask(Method::POST, "/auth/token", "none", Some(&json!({ "apiKey": key })))
    }

    fn token(&self, key: &str) -> String {
        let (status, body) = self.exchange(self.text(key));
        assert_eq!(status, 200, "{body}");
        body["token"].as_str().unwrap().to_owned()
    }

    fn reset(&self) {
        let answer = self.client.post(format!("{}/sandbox/reset", self.text("url"))).send().unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        assert!(!answer.headers()["x-request-id"].is_empty());
        assert_eq!(answer.json::<Value>().unwrap(), json!({ "success": true }));
    }

    /// All that a visitor sees of the demo, with every id; keys without their last use.
    fn seen(&self, token: &str) -> Vec<Value> {
        let org = self.org();
        let mut seen: Vec<Value> = [
            org.clone(),
            format!("{org}/projects"),
            format!("{org}/members"),
            format!("{org}/service-accounts"),
            format!("{org}/invitations"),
            format!("{}/apps", self.project()),
            format!("{}?pageSize=200", self.pages()),
            format!("{}/urls", self.project()),
        ]
        .iter()
        .map(|path| self.get(path, token))
        .collect();
        let mut keys = self.get(&format!("{org}/api-keys?status=all"), token);
        for key in keys["data"].as_array_mut().unwrap() {
            key["lastUsedAt"].take();
            key["lastUsedIp"].take();
        }
        seen.push(keys);
        seen
    }
}

#[test]
fn a_reset_brings_back_what_was_changed_and_takes_away_what_was_made() {
    let sandbox = Sandbox::start();
    let token = sandbox.token("serviceKey");
    let start = sandbox.seen(&token);
    let pages = start[6]["data"].as_array().unwrap().clone();
    assert!(pages.len() > 1, "the demo has pages");
    let of = |page: &Value| format!("{}/{}", sandbox.pages(), page["id"].as_str().unwrap());
    sandbox.post(&sandbox.pages(), &token, &json!({ "name": "New", "slug": "new" }));
    assert_eq!(sandbox.ask(Method::PATCH, &of(&pages[0]), &token, Some(&json!({ "name": "Changed" }))).0, 200);
    assert_eq!(sandbox.ask(Method::DELETE, &of(&pages[1]), &token, None).0, 200);
    assert_eq!(sandbox.ask(Method::PATCH, &sandbox.org(), &token, Some(&json!({ "name": "Renamed" }))).0, 200);
    // Read once more, so that what is remembered is what was changed.
    assert_ne!(sandbox.seen(&token), start);
    sandbox.reset();
    assert_eq!(sandbox.seen(&token), start, "a token of before the reset still counts");
    assert_eq!(sandbox.seen(&sandbox.token("serviceKey")), start);
    assert_eq!(sandbox.ask(Method::DELETE, &sandbox.project(), &token, None).0, 200);
    assert_eq!(sandbox.ask(Method::GET, &sandbox.pages(), &token, None).0, 404);
    sandbox.reset();
    assert_eq!(sandbox.seen(&token), start, "and so a second time");
}

#[test]
fn a_page_of_another_site_resets_nothing() {
    let sandbox = Sandbox::start();
    let token = sandbox.token("serviceKey");
    let page = json!({ "name": "Stays", "slug": "stays" });
    sandbox.post(&sandbox.pages(), &token, &page);
    let before = sandbox.seen(&token);
    let foreign = sandbox.client.post(format!("{}/sandbox/reset", sandbox.text("url"))).header("Sec-Fetch-Site", "cross-site");
    assert_eq!(foreign.send().unwrap().status(), 403);
    assert_eq!(sandbox.seen(&token), before);
}

#[test]
fn a_reset_brings_revoked_keys_back_and_ends_new_ones() {
    let sandbox = Sandbox::start();
    let (token, personal) = (sandbox.token("serviceKey"), sandbox.token("personalKey"));
    let me = sandbox.get("/whoami", &token);
    let keys = format!("{}/service-accounts/{}/api-keys", sandbox.org(), me["id"].as_str().unwrap());
    let made = sandbox.post(&keys, &token, &json!({ "name": "New" }));
    let key = made["key"].as_str().unwrap();
    assert!(key.starts_with("gct_test_sat_"), "{key:.20}");
    let new = sandbox.exchange(key).1["token"].as_str().unwrap().to_owned();
    assert_eq!(sandbox.get("/whoami", &new)["keyId"], made["id"]);
    sandbox.post(&format!("{}/api-keys/{}/revoke", sandbox.org(), me["keyId"].as_str().unwrap()), &personal, &json!({}));
    assert_eq!(sandbox.ask(Method::GET, "/whoami", &token, None).1["reason"], "key_revoked");
    sandbox.reset();
    assert_eq!(sandbox.get("/whoami", &token), me, "it lives again, with the same ids");
    assert_eq!(sandbox.get("/whoami", &sandbox.token("serviceKey"))["keyId"], me["keyId"]);
    let (status, refused) = sandbox.exchange(key);
    assert_eq!((status, &refused["reason"]), (401, &json!("key_unknown")));
    assert_eq!(sandbox.ask(Method::GET, "/whoami", &new, None).0, 401);
}

#[test]
fn a_sandbox_can_be_reset_while_it_is_read_and_written() {
    let sandbox = Sandbox::start();
    let token = sandbox.token("serviceKey");
    let start = sandbox.seen(&token);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (sandbox, token) = (&sandbox, &token);
            scope.spawn(move || {
                for at in 0..10 {
                    let new = json!({ "name": "New", "slug": format!("new-{thread}-{at}") });
                    let (status, answer) = sandbox.ask(Method::POST, &sandbox.pages(), token, Some(&new));
                    assert!(matches!(status, 201 | 503), "{answer}");
                    sandbox.get(&sandbox.pages(), token);
                }
            });
        }
        for _ in 0..5 {
            sandbox.reset();
        }
    });
    sandbox.reset();
    assert_eq!(sandbox.seen(&token), start);
}
