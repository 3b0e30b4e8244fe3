//! A secret is shown once: afterwards it is in no file and no log, even when it was put where it does not belong.

use std::fs;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Api, Home, Reply, Server};

/// What nobody may find afterwards: the random part of each key, and each token.
#[derive(Default)]
struct Secrets(Vec<String>);

impl Secrets {
    /// Keeps a key's 43 random characters; an altered key, with another prefix or checksum, would show as well.
    fn key(&mut self, made: &Reply) -> String {
        let key = made.text("key").to_owned();
        let random = &key[key.len() - 49..key.len() - 6];
        assert!(random.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{made:?}");
        self.0.push(random.to_owned());
        key
    }

    fn token(&mut self, made: &Reply) -> String {
        let token = made.token();
        // The signed part without the format's name; claims are no secret, the signature at the end is what counts.
        let end = token.rsplit('.').find(|part| part.len() > 60).unwrap();
        self.0.push(end[end.len() - 60..].to_owned());
        token
    }

    /// Looks through the folder: database, WAL, shared memory and the log.
    fn nowhere(&self, home: &Home, name: &str) {
        let mut seen = Vec::new();
        let mut named = false;
        for file in fs::read_dir(home.path()).unwrap() {
            let path = file.unwrap().path();
            if !path.is_file() {
                continue; // the socket for commands
            }
            let bytes = fs::read(&path).unwrap();
            let found = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
            named |= found(name);
            for secret in &self.0 {
                assert!(!found(secret), "{} holds a secret", path.display());
            }
            seen.push(path.file_name().unwrap().to_owned());
        }
        assert!(seen.iter().any(|file| file == "stele.db") && seen.iter().any(|file| file == "log"), "{seen:?}");
        assert!(named, "the name of a key should be found: {seen:?}");
    }
}

#[test]
fn no_secret_is_kept_anywhere() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    let mut secrets = Secrets::default();
    let (admin, api) = (server.token(), server.api.clone());
    let keys = server.account(&admin, "Once", "editor");
    for number in 0..6 {
        let made = api.post(&keys, &admin, &json!({"name": format!("Shown once {number}")})).unwrap();
        let key = secrets.key(&made);
        let token = secrets.token(&api.exchange(&key).unwrap());
        api.get("/me", &token).unwrap();
        misuse(&server, &key, &token);
        let one = format!("{}/api-keys/{}", server.org(), made.text("id"));
        let renewed = api.post(&format!("{one}/regenerate"), &admin, &json!({"grace": "1h"})).unwrap();
        let renewed_key = secrets.key(&renewed);
        secrets.token(&api.exchange(&renewed_key).unwrap());
        let again = api.get(&one, &admin).unwrap().body.to_string();
        assert!(!secrets.0.iter().any(|secret| again.contains(secret.as_str())), "shown twice");
        api.post(&format!("{one}/revoke"), &admin, &json!({"reason": "done"})).unwrap();
        // Dead ones are refused, and the refusal writes nothing either.
        misuse(&server, &key, &token);
    }
    secrets.nowhere(&home, "Shown once 3");
    server.terminate();
    assert!(server.ended().success());
    secrets.nowhere(&home, "Shown once 3");
}

/// Puts a key and a token where they do not belong; whatever the answer, nothing may remember them.
fn misuse(server: &Server, key: &str, token: &str) {
    let (api, org): (&Api, _) = (&server.api, server.org());
    for secret in [key, token] {
        let bodies = [
            json!({"apiKey": secret, "extra": secret}),
            json!({"apiKey": [secret]}),
            json!({"apiKey": format!("{secret}x")}),
            json!({"apiKey": secret, "format": secret}),
            json!({secret: true}),
            Value::String(secret.to_owned()),
        ];
        for body in &bodies {
            assert!(api.call(Method::POST, "/auth/token", None, Some(body)).unwrap().status >= 400);
        }
        let paths = [
            format!("/me?key={secret}"),
            format!("/me?{secret}=1"),
            format!("/{secret}"),
            format!("{org}/api-keys/{secret}"),
            format!("{org}/projects?search={secret}"),
            format!("{}?sort={secret}", server.pages()),
        ];
        for path in &paths {
            api.call(Method::GET, path, Some(secret), None).unwrap();
            api.call(Method::PUT, path, Some(token), Some(&bodies[0])).unwrap();
        }
        assert_eq!(api.get("/me", &format!("{secret}x")).unwrap().status, 401);
    }
}
