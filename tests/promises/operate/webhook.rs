//! Whatever was acknowledged is told, whenever the program is killed: at least once.

use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::support::{Home, Server, page};

/// Longer than a message takes that was on its way when the program was killed: nobody takes it in hand for twenty seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that takes what it is told: its address, and the ids of what messages are about.
fn receiver() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let (tell, told) = channel();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let mut reader = BufReader::new(connection);
            let lines: Vec<String> = reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let length = lines.iter().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            let mut body = vec![0; length.unwrap_or(0)];
            // The program may be killed in the middle.
            if reader.read_exact(&mut body).is_err() {
                continue;
            }
            let said: Value = serde_json::from_slice(&body).unwrap_or_default();
            let _ = tell.send(said["data"]["id"].as_str().unwrap_or_default().to_owned());
            let _ = reader.get_mut().write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
        }
    });
    (url, told)
}

/// A form that asks for a message; its id.
pub fn form(server: &Server, token: &str) -> String {
    let apps = format!("{}/projects/{}/apps", server.org(), server.text("projectId"));
    let app = server.api.post(&apps, token, &json!({ "name": "Forms", "appType": "forms" })).unwrap();
    let asks = json!([{ "type": "textField", "data": { "label": "Message", "name": "message", "required": true } }]);
    let body = json!({ "name": "Contact", "slug": "contact", "content": [{ "columns": [{ "blocks": asks }] }] });
    let made = server.api.post(&format!("{apps}/forms/{}/forms", app.text("id")), token, &body).unwrap();
    assert_eq!(made.status, 201, "{made:?}");
    made.text("id").to_owned()
}

/// What a visitor sends who is thanked for it; its id.
pub fn submitted(server: &Server, form: &str, message: &str) -> String {
    let client = reqwest::blocking::Client::new();
    let sent = client.post(format!("http://{}/f/{form}", server.address())).json(&json!({ "message": message })).send();
    let answer: Value = sent.unwrap().json().unwrap();
    answer["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[test]
fn what_was_acknowledged_is_told_though_the_program_was_killed() {
    let (home, (url, told)) = (Home::new(), receiver());
    let mut server = Server::sandbox(&home);
    let token = server.token();
    let hooks = server.pages().split("/apps/").next().unwrap().to_owned() + "/webhooks";
    let made = server.api.post(&hooks, &token, &json!({ "url": url, "events": ["entry.created", "form.submitted"] })).unwrap();
    assert_eq!(made.status, 201, "{made:?}");
    let form = form(&server, &token);
    let mut awaited = HashSet::new();
    for round in 0..5 {
        let token = server.token();
        for number in 0..=round * 7 {
            let made = server.api.post(&server.pages(), &token, &page(&format!("round-{round}-{number}"))).unwrap();
            awaited.insert(made.text("id").to_owned());
        }
        for number in 0..=round * 4 {
            awaited.insert(submitted(&server, &form, &format!("Number {number}")));
        }
        server.kill();
        server = Server::sandbox(&home);
    }
    while !awaited.is_empty() {
        let id = told.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{} were never told", awaited.len()));
        awaited.remove(&id);
    }
}
