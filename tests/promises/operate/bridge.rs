//! `stele mcp`: an agent that starts a program works with an instance as one that calls its address does.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdin, ChildStdout, Stdio},
    thread::JoinHandle,
};

use serde_json::{Value, json};

use crate::support::{Home, Server, program};

/// An agent that has started the program.
struct Agent {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Agent {
    fn start(args: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = program();
        command.arg("mcp").args(args).envs(environment.iter().copied());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (to, from) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, to, from }
    }

    fn of(server: &Server, key: &str) -> Self {
        Self::start(&["--url", &format!("http://{}", server.address())], &[("STELE_KEY", key)])
    }

    fn write(&mut self, line: &str) {
        writeln!(self.to.as_mut().unwrap(), "{line}").unwrap();
    }

    fn read(&mut self) -> Value {
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.write(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string());
        self.read()
    }

    /// Closes its end: whether the program ended well, and all that it had said beside the answers that were read.
    fn end(mut self) -> (bool, String, String) {
        drop(self.to.take());
        let (mut out, mut err) = (String::new(), String::new());
        self.from.read_to_string(&mut out).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().success(), out, err)
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// As a client of the old revisions begins.
fn hello() -> Value {
    json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "agent", "version": "7" } })
}

/// What goes along with each method since the new revision.
fn meta() -> Value {
    json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "agent", "version": "8" },
        "io.modelcontextprotocol/clientCapabilities": {},
    })
}

#[test]
fn both_eras_pass_and_nothing_else_is_printed() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let mut old = Agent::of(&server, server.text("serviceKey"));
    assert_eq!(old.ask("initialize", &hello())["result"]["serverInfo"]["name"], "stele");
    old.write(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
    let tools = old.ask("tools/list", &json!({}))["result"]["tools"].clone();
    assert_eq!(tools.as_array().unwrap().len(), 21);
    old.write("no message");
    assert_eq!(old.read()["error"]["code"], -32700);
    // Calls at once, each with its own answer.
    let ids: Vec<_> = (0..40).map(|n| format!("call {n}")).collect();
    for id in &ids {
        old.write(
            &json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": "overview", "arguments": {} } }).to_string(),
        );
    }
    let mut answered: Vec<_> = ids.iter().map(|_| old.read()).collect();
    assert!(answered.iter().all(|answer| answer["result"]["isError"] == false), "{answered:?}");
    answered.sort_by_key(|answer| ids.iter().position(|id| answer["id"] == *id));
    assert!(answered.iter().zip(&ids).all(|(answer, id)| answer["id"] == *id));
    assert_eq!(old.end(), (true, String::new(), String::new()));

    let mut new = Agent::of(&server, server.text("serviceKey"));
    assert_eq!(new.ask("server/discover", &json!({ "_meta": meta() }))["result"]["resultType"], "complete");
    assert_eq!(new.ask("tools/list", &json!({ "_meta": meta() }))["result"]["tools"], tools);
    let palette = new.ask("resources/read", &json!({ "uri": "stele://blocks", "_meta": meta() }));
    assert!(palette["result"]["contents"][0]["text"].is_string(), "{palette}");
    assert_eq!(new.ask("tools/forget", &json!({ "_meta": meta() }))["error"]["code"], -32601, "the answer to a status that is no 200");
    assert_eq!(new.end(), (true, String::new(), String::new()));
}

#[test]
fn a_key_that_dies_is_told_in_words_to_the_agent_and_to_the_person() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let token = server.token();
    let made = server.api.post(&server.account(&token, "Agent", "editor"), &token, &json!({ "name": "Agent", "access": "write" })).unwrap();
    let mut agent = Agent::of(&server, made.text("key"));
    agent.ask("initialize", &hello());
    let call = json!({ "name": "overview", "arguments": {} });
    assert_eq!(agent.ask("tools/call", &call)["result"]["isError"], false);
    let path = format!("{}/api-keys/{}/revoke", server.org(), made.text("id"));
    assert_eq!(server.api.post(&path, &token, &json!({})).unwrap().status, 201);
    let refused = agent.ask("tools/call", &call);
    let words = refused["error"]["message"].as_str().unwrap();
    assert!(words.contains("The API key was revoked. Use another key."), "{refused}");
    assert_eq!(agent.ask("tools/call", &call), refused, "the program is still there to say so");
    let (well, rest, told) = agent.end();
    assert!(!well && rest.is_empty());
    assert_eq!(told.matches(words).count(), 1, "{told}");
    assert!(!told.contains(made.text("key")));
}

#[test]
fn what_cannot_work_is_told_in_words() {
    let home = Home::new();
    let server = Server::sandbox(&home);
    let (url, key) = (format!("http://{}", server.address()), server.text("serviceKey"));
    let at_once = |args: &[&str], environment: &[(&str, &str)]| {
        let (well, out, told) = Agent::start(args, environment).end();
        assert!(!well && out.is_empty(), "{out}");
        told
    };
    assert!(at_once(&["--url", &url], &[]).contains("put one into the environment as STELE_KEY"));
    let told = at_once(&["--url", &url], &[("STELE_KEY", &key[..40])]);
    assert!(told.contains("STELE_KEY holds no complete API key") && !told.contains(&key[..40]), "{told}");
    assert!(at_once(&["--url", "press.example"], &[("STELE_KEY", key)]).contains("an address such as https://"));
    assert!(at_once(&["--url", &url, "--key-file", "nowhere"], &[]).contains("cannot read the key in nowhere"));

    let other = Server::sandbox(&Home::new());
    let told = at_once(&["--url", &url], &[("STELE_KEY", other.text("serviceKey"))]);
    assert!(told.contains("This API key is not known here"), "at the start, before anything is asked: {told}");
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut agent = Agent::start(&[], &[("STELE_URL", &format!("http://{gone}")), ("STELE_KEY", key)]);
    let answer = agent.ask("initialize", &hello());
    assert!(answer["error"]["message"].as_str().unwrap().contains("cannot be reached"), "{answer}");
    assert!(agent.end().2.contains("Is the address right, and does the instance run?"));

    std::fs::write(home.path().join("key"), format!("{key}\n")).unwrap();
    let mut agent = Agent::start(&["--key-file", home.path().join("key").to_str().unwrap()], &[("STELE_URL", &format!("{url}/mcp"))]);
    assert_eq!(agent.ask("initialize", &hello())["result"]["serverInfo"]["name"], "stele");
    assert!(agent.end().0);
}

/// An instance that gives these answers, one after the other; what it was sent, each as head and body.
fn scripted(answers: Vec<(&'static str, String)>) -> (String, JoinHandle<Vec<(String, String)>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let serve = |(head, body): (&str, String)| {
            let mut visitor = listener.accept().unwrap().0;
            let sent = request(&mut visitor);
            let length = body.len();
            write!(visitor, "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}").unwrap();
            sent
        };
        answers.into_iter().map(serve).collect()
    });
    (url, serving)
}

fn request(visitor: &mut TcpStream) -> (String, String) {
    let mut reader = BufReader::new(visitor);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0);
    }
    let head = head.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}

#[test]
fn a_token_is_renewed_before_it_ends_and_when_it_is_dead() {
    let home = Home::new();
    let key = Server::sandbox(&home).text("serviceKey").to_owned();
    let token = |name: &str, seconds: u32| ("200 OK", json!({ "token": name, "expiresIn": seconds }).to_string());
    let done = || ("200 OK", json!({ "jsonrpc": "2.0", "id": 1, "result": {} }).to_string().replace(',', ",\n"));
    let dead = ("401 Unauthorized", json!({ "message": "expired" }).to_string());
    let moved = ("307 Temporary Redirect\r\nlocation: https://other.example/mcp", String::new());
    let page = ("502 Bad Gateway", "<html>".to_owned());
    let answers = vec![token("one", 20), token("two", 900), done(), dead, token("three", 900), done(), moved, page];
    let (url, serving) = scripted(answers);
    let mut agent = Agent::start(&["--url", &url], &[("STELE_KEY", &key)]);
    let message = r#"{"jsonrpc":"2.0",  "id":1,"method":"tools/call","params":{"name":"overview","x":1.50}}"#;
    let mut told = Vec::new();
    for _ in 0..4 {
        agent.write(message);
        told.push(agent.read());
    }
    assert!(told[0]["result"].is_object() && told[1]["result"].is_object(), "{told:?}");
    assert!(told[2]["error"]["message"].as_str().unwrap().contains("leads elsewhere, to https://other.example/mcp"), "{told:?}");
    assert!(told[3]["error"]["message"].as_str().unwrap().contains("answers 502"), "{told:?}");
    drop(agent);
    let sent = serving.join().unwrap();
    let paths: Vec<_> = sent.iter().map(|(head, _)| head.split(' ').nth(1).unwrap()).collect();
    assert_eq!(paths, ["/api/auth/token", "/api/auth/token", "/mcp", "/mcp", "/api/auth/token", "/mcp", "/mcp", "/mcp"]);
    for (at, token) in [(2, "two"), (3, "two"), (5, "three")] {
        let (head, body) = &sent[at];
        assert!(head.contains(&format!("authorization: bearer {token}\r\n")) && head.contains("mcp-name: overview\r\n"), "{head}");
        assert_eq!(body, message, "as it was written");
    }
    assert_eq!(sent[0].1, json!({ "apiKey": key }).to_string());
    assert!(sent.iter().filter(|(head, _)| head.contains(" /mcp ")).all(|(head, body)| !head.contains("gct_") && !body.contains("gct_")));
}

#[test]
fn a_sandbox_of_its_own_is_gone_afterwards() {
    let temporary = tempfile::tempdir().unwrap();
    let mut agent = Agent::start(&["--sandbox"], &[("TMPDIR", temporary.path().to_str().unwrap())]);
    agent.ask("initialize", &hello());
    let overview = agent.ask("tools/call", &json!({ "name": "overview", "arguments": {} }));
    let text = overview["result"]["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("You may read and write"), "{text}");
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 1);
    let (well, out, told) = agent.end();
    assert!(well && out.is_empty(), "{out} {told}");
    assert!(told.contains("/sandbox/sign-in"), "{told}");
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0, "nothing is left");
}
