//! What webhooks lead to: a program on this machine that keeps what it is told, and answers as it should, or not at all.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        mpsc::{self, Sender},
    },
    thread,
    time::Duration,
};

use serde_json::Value;

/// Longer than any message takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A message as it arrived.
#[derive(Debug)]
pub struct HookRequest {
    /// The first line of the request.
    pub line: String,
    headers: Vec<String>,
    pub text: String,
    pub body: Value,
}

impl HookRequest {
    /// A header; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        let of = |line: &'_ str| line.split_once(": ").is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        self.headers.iter().find(|line| of(line)).and_then(|line| line.split_once(": ")).map_or("", |(_, value)| value)
    }

    pub fn event(&self) -> &str {
        self.body["type"].as_str().expect("a type")
    }
}

pub struct Receiver {
    port: u16,
    answer: Arc<Mutex<Option<String>>>,
    told: mpsc::Receiver<HookRequest>,
}

impl Receiver {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let (tell, told) = mpsc::channel();
        let answer = Arc::new(Mutex::new(None));
        let answering = answer.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (tell, answer) = (tell.clone(), answering.clone());
                thread::spawn(move || hear(connection, &tell, &answer));
            }
        });
        let receiver = Self { port, answer, told };
        receiver.answers("204 No Content", &[], "");
        receiver
    }

    /// Under this host.
    pub fn url(&self, host: &str) -> String {
        format!("http://{host}:{}/hook", self.port)
    }

    /// From now on.
    pub fn answers(&self, status: &str, headers: &[&str], body: &str) {
        let mut head = vec![format!("HTTP/1.1 {status}"), format!("content-length: {}", body.len()), "connection: close".into()];
        head.extend(headers.iter().map(|line| (*line).to_owned()));
        *self.answer.lock().unwrap() = Some(format!("{}\r\n\r\n{body}", head.join("\r\n")));
    }

    /// From now on nothing is answered, for as long as whoever sends waits.
    pub fn hangs(&self) {
        *self.answer.lock().unwrap() = None;
    }

    /// The next message.
    pub fn next(&self) -> HookRequest {
        self.told.recv_timeout(PATIENCE).expect("a message arrives")
    }

    /// Whether nothing has arrived that was not asked for.
    pub fn is_quiet(&self) -> bool {
        self.told.try_recv().is_err()
    }
}

fn hear(connection: TcpStream, tell: &Sender<HookRequest>, answer: &Mutex<Option<String>>) {
    let mut reader = BufReader::new(connection);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let length = head.iter().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the body arrives");
    let text = String::from_utf8(body).expect("text");
    let answer = answer.lock().unwrap().clone();
    let told = HookRequest { line: head.remove(0), headers: head, body: serde_json::from_str(&text).unwrap_or_default(), text };
    // The test may be over.
    let _ = tell.send(told);
    match answer {
        Some(answer) => drop(reader.get_mut().write_all(answer.as_bytes())),
        None => drop(reader.read(&mut [0])),
    }
}
