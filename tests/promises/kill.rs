//! What was acknowledged is stored, whenever the program is killed.

use std::sync::mpsc::{Sender, channel};

use serde_json::{Value, json};

use crate::support::{Api, Home, Reply, Server, page, rounds};

const ROUNDS: usize = 50;
const WRITERS: usize = 3;

/// Something that the server has answered for.
enum Done {
    /// A page was made, as the answer shows it.
    Page(Value),
    /// A key was made and left alone.
    Made(String),
    /// A key was revoked.
    Revoked(String),
}

#[test]
fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    let mut all_pages = Vec::new();
    for round in 0..rounds(ROUNDS) {
        let done = write_until_killed(&mut server, round);
        home.check();
        server = Server::sandbox(&home);
        let token = server.token();
        for one in &done {
            kept(&server, &token, one);
        }
        all_pages.extend(done.into_iter().filter(|one| matches!(one, Done::Page(_))));
    }
    // And what an early round wrote, no later kill took away.
    let token = server.token();
    for one in all_pages.iter().step_by(7) {
        kept(&server, &token, one);
    }
}

#[test]
fn what_a_sandbox_that_was_killed_has_left_goes_when_the_next_one_starts() {
    let home = Home::new();
    let left = || {
        let folders = std::fs::read_dir(home.temporary()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        folders.collect::<Vec<_>>()
    };
    let mut killed = Server::sandbox(&home);
    let first = left();
    killed.kill();
    assert_eq!((left(), first.len()), (first.clone(), 1));
    let mut next = Server::sandbox(&home);
    let second = left();
    assert!(second.len() == 1 && second != first, "{second:?}");
    let other = Home::new();
    let beside = Server::sandbox_in(&other, &home.temporary());
    assert!(left().len() == 2 && left().contains(&second[0]), "one that runs keeps its own: {:?}", left());
    drop(beside);
    next.terminate();
    assert!(next.ended().success() && !left().contains(&second[0]), "{:?}", left());
}

/// Writes from several threads, and kills the server when it has answered for as many writes as this round wants.
fn write_until_killed(server: &mut Server, round: usize) -> Vec<Done> {
    let enough = 1 + round * 13 % 37;
    let token = server.token();
    let keys = server.account(&token, &format!("Round {round}"), "editor");
    let (pages, org, api) = (server.pages(), server.org(), server.api.clone());
    let (told, heard) = channel();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (api, token, pages, told) = (&api, &token, &pages, told.clone());
            scope.spawn(move || make_pages(api, token, pages, &format!("r{round}-w{writer}"), &told));
        }
        let (api, token, keys, org) = (&api, &token, &keys, &org);
        scope.spawn(move || make_keys(api, token, keys, org, &told));
        let mut done: Vec<_> = heard.iter().take(enough).collect();
        server.kill();
        // Answers that came between the count and the kill bind as well.
        done.extend(heard);
        assert!(done.len() >= enough, "the writers gave up early");
        done
    })
}

/// Makes pages until the server is gone.
fn make_pages(api: &Api, token: &str, pages: &str, name: &str, told: &Sender<Done>) {
    for number in 0.. {
        let Some(made) = api.post(pages, token, &page(&format!("{name}-{number}"))) else { return };
        told.send(Done::Page(good(made, 201).body)).unwrap();
    }
}

/// Makes keys and revokes every second one until the server is gone.
fn make_keys(api: &Api, token: &str, keys: &str, org: &str, told: &Sender<Done>) {
    for number in 0.. {
        let Some(made) = api.post(keys, token, &json!({"name": format!("Key {number}")})) else { return };
        let made = good(made, 201);
        let secret = made.text("key").to_owned();
        if number % 2 == 0 {
            told.send(Done::Made(secret)).unwrap();
            continue;
        }
        let Some(gone) = api.post(&format!("{org}/api-keys/{}/revoke", made.text("id")), token, &json!({})) else { return };
        good(gone, 201);
        told.send(Done::Revoked(secret)).unwrap();
    }
}

fn good(reply: Reply, status: u16) -> Reply {
    assert_eq!(reply.status, status, "{reply:?}");
    reply
}

fn kept(server: &Server, token: &str, one: &Done) {
    match one {
        Done::Page(page) => {
            let found = server.api.get(&format!("{}/{}", server.pages(), page["id"].as_str().unwrap()), token).unwrap();
            assert_eq!((found.status, &found.body), (200, page));
        }
        Done::Made(secret) => assert_eq!(server.api.exchange(secret).unwrap().status, 200),
        Done::Revoked(secret) => assert_eq!(server.api.exchange(secret).unwrap().refusal(), (401, "key_revoked")),
    }
}
