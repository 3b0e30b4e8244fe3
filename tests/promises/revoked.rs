//! A revoked key is dead, with every token of it: from the reply on, for everybody, and after a kill.

use std::sync::{
    Barrier,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Api, Home, Reply, Server};

/// A key and a token of each format.
struct LiveKey {
    id: String,
    account: String,
    key: String,
    tokens: Vec<String>,
}

/// A new service account with one key, exchanged for tokens that work.
fn live_key(server: &Server, admin: &str, name: &str) -> LiveKey {
    let keys = server.account(admin, name, "editor");
    let made = server.api.post(&keys, admin, &json!({"name": name})).unwrap();
    let key = made.text("key").to_owned();
    let exchange = |format: &str| {
        let wish = json!({"apiKey": key, "format": format});
        server.api.call(Method::POST, "/auth/token", None, Some(&wish)).unwrap().token()
    };
    let tokens: Vec<_> = ["paseto", "jwt"].map(exchange).into();
    for token in &tokens {
        assert_eq!(ask(&server.api, token).status, 200);
    }
    let account = keys.trim_end_matches("/api-keys").to_owned();
    LiveKey { id: made.text("id").to_owned(), account, tokens, key }
}

fn ask(api: &Api, token: &str) -> Reply {
    api.get("/me", token).unwrap()
}

/// Every way to end a key: what is asked, and the reason that its tokens get from then on.
fn ends(server: &Server, held: &LiveKey) -> Vec<(Method, String, Option<Value>, &'static str)> {
    let key = format!("{}/api-keys/{}", server.org(), held.id);
    vec![
        (Method::POST, format!("{key}/revoke"), Some(json!({"reason": "lost"})), "key_revoked"),
        (Method::POST, format!("{key}/regenerate"), Some(json!({})), "key_revoked"),
        (Method::PATCH, held.account.clone(), Some(json!({"disabled": true})), "owner_inactive"),
        (Method::DELETE, held.account.clone(), None, "key_revoked"),
    ]
}

fn dead(server: &Server, held: &LiveKey, reason: &str) {
    for token in &held.tokens {
        assert_eq!(ask(&server.api, token).refusal(), (401, reason));
    }
    assert_eq!(server.api.exchange(&held.key).unwrap().refusal(), (401, reason));
}

fn served() -> (Home, Server) {
    let home = Home::new();
    let told = std::mem::take(&mut Server::sandbox(&home).told);
    let server = Server::serve(&home, &told);
    (home, server)
}

#[test]
fn a_key_that_was_ended_right_before_a_kill_stays_dead() {
    let (home, mut server) = served();
    for way in 0..4 {
        let admin = server.token();
        let (gone, other) = (live_key(&server, &admin, &format!("Gone {way}")), live_key(&server, &admin, &format!("Other {way}")));
        let (method, path, body, reason) = ends(&server, &gone).swap_remove(way);
        let done = server.api.call(method, &path, Some(&admin), body.as_ref()).unwrap();
        server.kill();
        assert!(matches!(done.status, 200 | 201), "{done:?}");
        home.check();
        server = Server::serve(&home, &server.told);
        dead(&server, &gone, reason);
        // It is the end of the key that kills the tokens, not the start of the server.
        for token in &other.tokens {
            assert_eq!(ask(&server.api, token).status, 200);
        }
        assert_eq!(server.api.exchange(&other.key).unwrap().status, 200);
    }
}

#[test]
fn no_request_that_begins_after_the_reply_is_answered() {
    let (_home, server) = served();
    let admin = server.token();
    for way in (0..4).cycle().take(12) {
        let gone = live_key(&server, &admin, "Raced");
        let (method, path, body, reason) = ends(&server, &gone).swap_remove(way);
        let (replied, begun) = (AtomicBool::new(false), Barrier::new(gone.tokens.len() * 2 + 1));
        std::thread::scope(|scope| {
            for token in gone.tokens.iter().chain(&gone.tokens) {
                scope.spawn(|| race(&server.api, token, &begun, &replied, reason));
            }
            begun.wait();
            let done = server.api.call(method, &path, Some(&admin), body.as_ref()).unwrap();
            replied.store(true, SeqCst);
            assert!(matches!(done.status, 200 | 201), "{done:?}");
        });
        dead(&server, &gone, reason);
    }
}

/// Asks until ten requests that began after the reply were refused. Before it, both answers are right.
fn race(api: &Api, token: &str, begun: &Barrier, replied: &AtomicBool, reason: &str) {
    assert_eq!(ask(api, token).status, 200);
    begun.wait();
    let mut refused = 0;
    while refused < 10 {
        let late = replied.load(SeqCst);
        let reply = ask(api, token);
        assert!(reply.status == 200 || reply.refusal() == (401, reason), "{reply:?}");
        assert!(!late || reply.status == 401, "a request after the reply was answered: {reply:?}");
        refused += usize::from(late);
    }
}
