//! Commands while a server has the database, after it was killed, and without one: each takes effect at once.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::Value;

use super::{ran, refused, served};
use crate::support::Server;

/// Keys of the documents that are published for those who verify tokens.
fn kids(server: &Server) -> Vec<String> {
    let url = format!("http://{}/oauth/jwks", server.address());
    let told: Value = reqwest::blocking::get(url).unwrap().json().unwrap();
    told["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn commands_that_write_reach_the_server_and_those_that_read_read_beside_it() {
    let (home, server) = served();
    let user = ["user", "create", "--email", "ops@press.example", "--name", "Olga Ops"];
    assert!(refused(&home, &user, "with olga ops in it\n").contains("your name or your e-mail address"));
    assert!(ran(&home, &user, "a long passphrase\n").ends_with("ops@press.example"));
    assert!(refused(&home, &user, "a long passphrase\n").contains("already a user"), "the same answer as on the file");
    assert!(ran(&home, &["user", "list"], "").contains("Olga Ops"));
    let reset = ["user", "reset-password", "--email", "ops@press.example"];
    assert!(refused(&home, &reset, "ops@press.example\n").contains("your name or your e-mail address"));
    assert!(ran(&home, &reset, "another passphrase\n").contains("new password"));
    let remove = ["user", "operator", "remove", "--email", "ada@northwind.example"];
    assert!(refused(&home, &remove, "").contains("is the last operator"));
    assert!(ran(&home, &["user", "operator", "add", "--email", "ops@press.example"], "").ends_with("is an operator"));
    assert!(ran(&home, &["user", "list"], "").contains("Olga Ops  (operator)"));
    assert!(ran(&home, &remove, "").ends_with("is no operator"));
    let told = reqwest::blocking::get(format!("http://{}/password/forgot", server.address())).unwrap().text().unwrap();
    let printed =
        told.split_once("<code>stele ").unwrap().1.split_once("</code>").unwrap().0.replace("you@example.com", "ops@press.example");
    let printed: Vec<_> = printed.split(' ').collect();
    assert!(ran(&home, &printed, "a third passphrase\n").contains("new password"), "what the page says works");
    let org = ran(&home, &["org", "create", "--name", "Harbour", "--owner", "ops@press.example"], "");
    assert!(org.contains("harbour") && ran(&home, &["org", "list"], "").contains("Harbour"));
    let made = home.stele_told(&["keys", "create", "--org", "harbour", "--account", "Crane", "--role", "admin"], "");
    let (key, note) = (String::from_utf8(made.stdout).unwrap(), String::from_utf8(made.stderr).unwrap());
    let key = key.trim_end().to_owned();
    assert!(note.contains("belongs to Crane, and ends 20") && note.contains(" UTC."), "{note}");
    let token = server.api.exchange(&key).unwrap().token();
    assert_eq!(server.api.get("/me", &token).unwrap().status, 200);
    let listed = ran(&home, &["keys", "list", "--org", "harbour"], "");
    let (_, ends) = listed.rsplit_once("  ends 20").unwrap();
    assert!(ends.ends_with(" UTC") && ends.len() == "26-12-31 12:34 UTC".len(), "{listed}");
    let id = listed.split_whitespace().next().unwrap().to_owned();
    assert!(ran(&home, &["keys", "revoke", "--org", "harbour", "--id", &id], "").contains("is revoked"));
    assert_eq!(server.api.get("/me", &token).unwrap().refusal(), (401, "key_revoked"), "on the next request");
    assert_eq!(server.api.exchange(&key).unwrap().refusal(), (401, "key_revoked"));
}

#[test]
fn an_operator_says_that_a_name_is_good_and_it_is_served_at_once() {
    let (home, server) = served();
    let token = server.token();
    let project = format!("{}/projects/{}", server.org(), server.text("projectId"));
    let verify = ["domain", "verify", "Journal.Example.org"];
    assert!(refused(&home, &verify, "").contains("no such domain"), "nobody wants it yet");
    let made = server.api.post(&format!("{project}/domains"), &token, &serde_json::json!({ "hostname": "journal.example.org" })).unwrap();
    assert_eq!(made.status, 201);
    let there =
        || reqwest::blocking::Client::new().get(format!("http://{}/sign-in", server.address())).header("Host", "journal.example.org");
    assert_eq!(there().send().unwrap().status(), 200);
    assert!(ran(&home, &verify, "").starts_with("journal.example.org is served"));
    assert_eq!(there().send().unwrap().status(), 404, "the console is not at the names of projects");
    let one = server.api.get(&format!("{project}/domains/{}", made.text("id")), &token).unwrap();
    assert_eq!(one.text("verificationStatus"), "active");
}

#[test]
fn signing_keys_that_are_rotated_sign_from_then_on_and_the_old_ones_still_verify() {
    let (home, server) = served();
    let (before, token) = (kids(&server), server.token());
    let made = ran(&home, &["keys", "rotate-signing"], "");
    let after = kids(&server);
    let new: Vec<_> = after.iter().filter(|kid| !before.contains(kid)).collect();
    assert!(new.len() == 1 && made.contains(new[0].as_str()), "{before:?} {after:?} {made}");
    assert!(before.iter().all(|kid| after.contains(kid)), "those who verify still find the old one");
    assert_eq!(server.api.get("/me", &token).unwrap().status, 200);
    let asked = serde_json::json!({"apiKey": server.text("serviceKey"), "format": "jwt"});
    let jwt = server.api.call(reqwest::Method::POST, "/auth/token", None, Some(&asked)).unwrap().token();
    let head = jwt.split('.').next().unwrap();
    let head = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, head).unwrap();
    assert!(String::from_utf8(head).unwrap().contains(new[0].as_str()));
}

#[test]
fn the_socket_is_for_its_owner_and_one_that_a_kill_left_is_no_obstacle() {
    let (home, mut server) = served();
    let socket = home.path().join("stele.db.sock");
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    server.kill();
    assert!(socket.exists());
    let create =
        |name: &str| ran(&home, &["user", "create", "--email", &format!("{name}@press.example"), "--name", name], "a long passphrase\n");
    create("without");
    let mut server = Server::serve(&home, &server.told);
    create("within");
    let listed = ran(&home, &["user", "list"], "");
    assert!(listed.contains("without@press.example") && listed.contains("within@press.example"));
    server.terminate();
    server.ended();
    assert!(!socket.exists(), "it goes with the server");
}
