//! SIGTERM: what is in flight finishes, what is in memory is written, and the program ends well.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::{Api, Home, Server, page};

/// A request whose head was sent and taken; the server waits for its body.
struct Begun {
    stream: BufReader<TcpStream>,
    body: String,
}

impl Begun {
    fn post(server: &Server, path: &str, token: &str, body: &Value) -> Self {
        let (host, body) = (server.address(), body.to_string());
        let mut stream = TcpStream::connect(&host).unwrap();
        let head = format!(
            "POST /api{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut stream = BufReader::new(stream);
        let mut told = String::new();
        stream.read_line(&mut told).unwrap();
        stream.read_line(&mut told).unwrap();
        assert!(told.starts_with("HTTP/1.1 100"), "{told:?}");
        Self { stream, body }
    }

    /// Sends the body; the whole answer.
    fn finish(mut self) -> String {
        self.stream.get_mut().write_all(self.body.as_bytes()).unwrap();
        let mut answer = String::new();
        self.stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

#[test]
fn requests_in_flight_finish_and_uses_of_keys_are_written() {
    let home = Home::new();
    let mut server = Server::sandbox(&home);
    let (admin, pages, api) = (server.token(), server.pages(), server.api.clone());
    let keys = server.account(&admin, "Stopped", "editor");
    let made = api.post(&keys, &admin, &json!({"name": "Stopped"})).unwrap();
    let token = api.exchange(made.text("key")).unwrap().token();
    let begun: Vec<_> = (0..3).map(|number| Begun::post(&server, &pages, &token, &page(&format!("in-flight-{number}")))).collect();
    let (told, heard) = channel();
    let acknowledged: Vec<Value> = std::thread::scope(|scope| {
        for writer in 0..3 {
            let (api, token, pages, told) = (&api, &token, &pages, told.clone());
            scope.spawn(move || {
                write(api, token, pages, writer, |page| told.send(page).unwrap());
            });
        }
        drop(told);
        let mut done: Vec<_> = heard.iter().take(20).collect();
        server.terminate();
        done.extend(heard);
        done
    });
    // The writers were turned away, so the server is stopping; these began before.
    for one in begun {
        let answer = one.finish();
        assert!(answer.contains("HTTP/1.1 201"), "{answer:?}");
    }
    assert_eq!(server.ended().code(), Some(0), "{}", home.logged());
    home.check();

    let server = Server::sandbox(&home);
    let admin = server.token();
    for page in &acknowledged {
        let found = server.api.get(&format!("{pages}/{}", page["id"].as_str().unwrap()), &admin).unwrap();
        assert_eq!(&found.body, page);
    }
    let found = server.api.get(&format!("{pages}?search=in-flight&lite=true"), &admin).unwrap();
    assert_eq!(found.body["meta"]["total"], 3, "{found:?}");
    let last_page = acknowledged.iter().map(|page| page["createdAt"].as_str().unwrap()).max().unwrap();
    let key = server.api.get(&format!("{}/api-keys/{}", server.org(), made.text("id")), &admin).unwrap();
    let used = key.text("lastUsedAt");
    // The requests in flight used the key after the last writer had its answer; both times are of one clock.
    assert!(used >= last_page, "used {used}, last page {last_page}");
}

#[test]
fn a_mail_server_that_does_not_answer_is_not_waited_for() {
    let home = Home::new();
    let mut sandbox = Server::sandbox(&home);
    sandbox.terminate();
    assert!(sandbox.ended().success());
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let smtp_url = format!("smtp://{}?tls=none", silent.local_addr().unwrap());
    let mut server = Server::serve_mailing(&home, &sandbox.told, &smtp_url);
    let token = server.token();
    let invited = json!({"email": "new@press.example", "role": "viewer"});
    let made = server.api.post(&format!("{}/invitations", server.org()), &token, &invited).unwrap();
    assert_eq!((made.status, &made.body["emailSent"]), (201, &json!(true)), "{made:?}");
    let (_held, _) = silent.accept().unwrap();
    let begun = now();
    server.terminate();
    assert!(server.ended().success(), "{}", home.logged());
    // It would be waited for for 20 seconds.
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[allow(clippy::disallowed_methods, reason = "how long the program takes to end is measured")]
fn now() -> Instant {
    Instant::now()
}

/// Makes pages until the server turns it away.
fn write(api: &Api, token: &str, pages: &str, writer: usize, mut told: impl FnMut(Value)) {
    for number in 0.. {
        let Some(made) = api.post(pages, token, &page(&format!("stop-w{writer}-{number}"))) else { return };
        assert_eq!(made.status, 201, "{made:?}");
        told(made.body);
    }
}
