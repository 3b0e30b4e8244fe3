//! Forms: what a visitor was thanked for is there, with its files, whenever the program is killed; and no file is ever in memory.

use std::{
    io::{self, Cursor, Read},
    sync::mpsc::{Sender, channel},
};

use reqwest::blocking::{Body, Client, Response};
use serde_json::{Value, json};

use super::{MIB, Noise, rows};
use crate::support::{Home, Server, rounds};

const ROUNDS: usize = 6;

/// A form that asks for a name and some files: where visitors send it, and where the API has it.
fn form(server: &Server) -> (String, String) {
    let (token, project) = (server.token(), format!("{}/projects/{}", server.org(), server.text("projectId")));
    let app =
        server.api.post(&format!("{project}/apps"), &token, &json!({ "appType": "forms", "name": "Forms", "slug": "forms" })).unwrap();
    let all = format!("{project}/apps/forms/{}/forms", app.text("id"));
    let blocks = json!([
        { "type": "textField", "data": { "label": "Name", "name": "name", "required": true } },
        { "type": "fileField", "data": { "label": "Files", "name": "files", "maxFiles": 2, "maxSize": 50 } },
    ]);
    let made = json!({ "name": "Form", "slug": "form", "content": [{ "columns": [{ "blocks": blocks }] }] });
    let made = server.api.post(&all, &token, &made).unwrap();
    assert_eq!(made.status, 201, "{made:?}");
    (format!("/f/{}", made.text("id")), format!("{all}/{}/submissions", made.text("id")))
}

/// Sends a name and a file that is called by it; nothing, where the server is gone meanwhile.
fn send(address: &str, name: &str, many: usize) -> Option<Response> {
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n{name}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n"
    );
    let body = Cursor::new(head.into_bytes()).chain(Noise::new(name, many)).chain(Cursor::new(b"\r\n--edge--\r\n".to_vec()));
    let request = Client::builder().timeout(None).build().unwrap().post(address).header("accept", "application/json");
    request.header("content-type", "multipart/form-data; boundary=edge").body(Body::new(body)).send().ok()
}

/// Sends until the server is gone: answers alone and answers with a file by turns; tells each that it was thanked for.
fn send_until_killed(address: &str, name: &str, told: &Sender<(String, String, Option<usize>)>) {
    let client = Client::new();
    for number in 0.. {
        let name = format!("{name}-{number}");
        let many = (number % 2 == 1).then_some(300_000 + number * 1_000);
        let answer = match many {
            Some(many) => send(address, &name, many),
            None => client.post(address).json(&json!({ "name": name })).send().ok(),
        };
        let Some(answer) = answer else { return };
        // Too many of one address is no promise.
        if answer.status().as_u16() == 429 {
            continue;
        }
        assert_eq!(answer.status().as_u16(), 201);
        let Ok(made) = answer.json::<Value>() else { return };
        told.send((made["id"].as_str().unwrap().to_owned(), name, many)).unwrap();
    }
}

#[test]
fn every_answer_that_was_thanked_for_is_there_with_its_file_when_the_program_is_killed() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    let (path, submissions) = form(&server);
    let mut all = Vec::new();
    for round in 0..rounds(ROUNDS) {
        let address = format!("http://{}{path}", server.address());
        let (told, heard) = channel();
        std::thread::scope(|scope| {
            for writer in 0..3 {
                let (address, told) = (&address, told.clone());
                scope.spawn(move || send_until_killed(address, &format!("r{round}-w{writer}"), &told));
            }
            drop(told);
            all.extend(heard.iter().take(1 + round * 5 % 13));
            server.kill();
            all.extend(heard);
        });
        home.check();
        server = Server::sandbox(&home);
        let token = server.token();
        // The server lets go of what was coming in as it begins; until that is dropped it is asked for something.
        while rows(&home, "blobs WHERE hash IS NULL") > 0 {
            assert_eq!(server.api.get("/whoami", &token).unwrap().status, 200);
        }
        let strays = "blob_chunks c WHERE NOT EXISTS (SELECT 1 FROM submission_files f WHERE f.blob_id = c.blob_id)";
        assert_eq!(rows(&home, strays), 0, "round {round}");
        for (id, name, many) in &all {
            let one = server.api.get(&format!("{submissions}/{id}"), &token).unwrap();
            assert_eq!((one.status, one.body["data"]["name"].as_str()), (200, Some(name.as_str())), "{one:?}");
            let Some(many) = many else { continue };
            let file = format!("http://{}/api{submissions}/{id}/files/{}", server.address(), one.body["files"][0]["id"].as_str().unwrap());
            let there = Client::new().get(file).bearer_auth(&token).send().unwrap();
            assert_eq!(blake3::hash(&there.bytes().unwrap()).to_hex().as_str(), Noise::new(name, *many).hash(), "{name}");
        }
    }
    assert!(all.len() >= rounds(ROUNDS));
}

#[test]
fn a_long_file_of_a_visitor_is_never_in_memory() {
    const LONG: usize = 47 * MIB;
    let home = Home::new();
    let server = Server::sandbox(&home);
    let (path, submissions) = form(&server);
    let (address, token) = (format!("http://{}{path}", server.address()), server.token());
    assert_eq!(send(&address, "short", 2 * MIB).unwrap().status().as_u16(), 201);
    let before = server.memory();
    let made: Value = send(&address, "long", LONG).unwrap().json().unwrap();
    let one = server.api.get(&format!("{submissions}/{}", made["id"].as_str().unwrap()), &token).unwrap().body;
    let file = format!(
        "http://{}/api{submissions}/{}/files/{}",
        server.address(),
        one["id"].as_str().unwrap(),
        one["files"][0]["id"].as_str().unwrap()
    );
    let mut there = Client::builder().timeout(None).build().unwrap().get(file).bearer_auth(&token).send().unwrap();
    let mut hash_there = blake3::Hasher::new();
    assert_eq!(io::copy(&mut there, &mut hash_there).unwrap(), LONG as u64);
    assert_eq!(hash_there.finalize().to_hex().as_str(), Noise::new("long", LONG).hash());
    // One that no field takes is read to its end and kept nowhere.
    let refused = send(&address, "longer", 3 * LONG).unwrap();
    assert_eq!(refused.status().as_u16(), 400);
    let grown = server.memory().saturating_sub(before);
    assert!(grown < 32 * MIB, "{} MiB more than before", grown / MIB);
}
