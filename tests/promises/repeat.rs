//! A creation under an `Idempotency-Key` is made once, whenever the program is killed: what was acknowledged is there and is
//! answered alike, and what got no answer is made by its repeat or was made already, never twice.

use std::sync::mpsc::{Sender, channel};

use serde_json::{Value, json};

use crate::support::{Api, Home, Reply, Server, rounds};

const ROUNDS: usize = 25;
const WRITERS: usize = 3;

/// A request, and its answer if it got one.
struct NamedRequest {
    path: String,
    name: String,
    answer: Option<Reply>,
}

impl NamedRequest {
    /// Nothing in it is unique but the name of the request, so that a second one would be made, too.
    fn body(&self) -> Value {
        if self.path.ends_with("/service-accounts") {
            return json!({"name": self.name, "role": "viewer"});
        }
        json!({"name": self.name})
    }

    fn send(&self, api: &Api, token: &str) -> Option<Reply> {
        api.post_named(&self.path, token, &self.body(), &self.name)
    }
}

#[test]
fn what_is_repeated_after_a_kill_is_there_once() {
    let home = Home::new();
    let mut first = Server::sandbox(&home);
    let (told, token) = (first.told.clone(), first.token());
    let keys = first.account(&token, "Keys", "viewer");
    let paths = [keys, format!("{}/service-accounts", first.org()), format!("{}/projects", first.org())];
    first.terminate();
    assert!(first.ended().success());
    let (mut acknowledged, mut unanswered) = (0, 0);
    for round in 0..rounds(ROUNDS) {
        let mut server = Server::serve(&home, &told);
        let asked = ask_until_killed(&mut server, &paths, round);
        home.check();
        let mut server = Server::serve(&home, &told);
        let (api, token) = (server.api.clone(), server.token());
        for one in &asked {
            match &one.answer {
                Some(_) => acknowledged += 1,
                None => unanswered += 1,
            }
            once(&api, &token, one);
        }
        server.kill();
    }
    assert!(acknowledged > ROUNDS && unanswered > 0, "{acknowledged} {unanswered}");
}

/// Creates from several threads, and kills the server when it has answered as often as this round wants.
fn ask_until_killed(server: &mut Server, paths: &[String; WRITERS], round: usize) -> Vec<NamedRequest> {
    let enough = 1 + round * 7 % 19;
    let (token, api) = (server.token(), server.api.clone());
    let (tell, heard) = channel();
    std::thread::scope(|scope| {
        for (writer, path) in paths.iter().enumerate() {
            let (api, token, tell) = (&api, &token, tell.clone());
            scope.spawn(move || ask(api, token, path, &format!("r{round}-w{writer}"), &tell));
        }
        drop(tell);
        let mut asked: Vec<_> = heard.iter().take(enough).collect();
        server.kill();
        asked.extend(heard);
        asked
    })
}

/// Creates until the server is gone; the last one gets no answer.
fn ask(api: &Api, token: &str, path: &str, name: &str, tell: &Sender<NamedRequest>) {
    for number in 0.. {
        let mut one = NamedRequest { path: path.to_owned(), name: format!("{name}-{number}."), answer: None };
        one.answer = one.send(api, token);
        let gone = one.answer.is_none();
        tell.send(one).unwrap();
        if gone {
            return;
        }
    }
}

/// Repeats a request, twice, and looks for what it made.
fn once(api: &Api, token: &str, one: &NamedRequest) {
    let [again, third] = [(); 2].map(|()| one.send(api, token).unwrap());
    assert_eq!((again.status, third.status), (201, 201), "{again:?} {third:?}");
    let id = again.text("id");
    assert_eq!(third.text("id"), id);
    if let Some(answer) = &one.answer {
        assert_eq!((answer.status, answer.text("id")), (201, id), "{answer:?}");
        let mut expected = answer.body.clone();
        if expected.get("key").is_some() {
            // It was told once, and no repeat tells it again.
            expected["key"] = Value::Null;
        }
        assert_eq!(again.body, expected);
    }
    let found = api.get(&format!("{}?search={}", one.path, one.name), token).unwrap();
    let ids: Vec<_> = found.body["data"].as_array().unwrap().iter().map(|found| found["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [id], "{}: {found:?}", one.name);
}
