//! The program as a child process, and a small client of its API.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, ExitStatus, Output, Stdio},
    sync::mpsc::{Sender, channel},
};

use reqwest::{Method, blocking::Client};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A running sandbox or server; killed when dropped.
pub struct Server {
    child: Child,
    /// What the sandbox told at its start.
    pub told: Value,
    pub api: Api,
}

impl Server {
    /// A sandbox with one project and an empty website, on this file.
    pub fn sandbox(home: &Home) -> Self {
        Self::sandbox_in(home, &home.temporary())
    }

    /// The same, with this folder for what is temporary.
    pub fn sandbox_in(home: &Home, temporary: &Path) -> Self {
        let data = home.data();
        let mut command = program();
        command.args(["sandbox", "--empty", "--print", "json", "--listen", "127.0.0.1:0", "--data"]).arg(&data);
        command.env("TMPDIR", temporary);
        let mut child = command.stdout(Stdio::piped()).stderr(home.log()).spawn().unwrap();
        let line = first_line(child.stdout.take().unwrap());
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no start: {line:?} {}", home.logged()));
        let api = Api::new(told["apiUrl"].as_str().unwrap());
        Self { child, told, api }
    }

    /// A sandbox whose log nobody takes: this end of the pipe is closed, or stays open and is never read.
    pub fn sandbox_unheard(home: &Home, level: &str) -> (Self, ChildStderr) {
        let mut command = program();
        command.env("STELE_LOG", level).args(["sandbox", "--empty", "--print", "json", "--listen", "127.0.0.1:0", "--data"]);
        let mut child = command.arg(home.data()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let told: Value = serde_json::from_str(&first_line(child.stdout.take().unwrap())).unwrap();
        let (api, unheard) = (Api::new(told["apiUrl"].as_str().unwrap()), child.stderr.take().unwrap());
        (Self { child, told, api }, unheard)
    }

    /// A sandbox that may open so many files.
    pub fn sandbox_within(home: &Home, files: u32) -> Self {
        let mut command = clean(Command::new("sh"));
        command.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_stele")]);
        command.args(["sandbox", "--empty", "--print", "json", "--listen", "127.0.0.1:0", "--data"]).arg(home.data());
        command.env("TMPDIR", home.temporary());
        let mut child = command.stdout(Stdio::piped()).stderr(home.log()).spawn().unwrap();
        let line = first_line(child.stdout.take().unwrap());
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no start: {line:?} {}", home.logged()));
        let api = Api::new(told["apiUrl"].as_str().unwrap());
        Self { child, told, api }
    }

    /// Memory that it holds, in bytes, without the parts of its file that were read.
    pub fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    /// A server on a file that a sandbox made. Its address changes with each start, the one it is reached by does not,
    /// so that tokens outlive a start.
    pub fn serve(home: &Home, told: &Value) -> Self {
        Self::run(program(), home, told)
    }

    /// The same with a mail server.
    pub fn serve_mailing(home: &Home, told: &Value, smtp_url: &str) -> Self {
        let mut command = program();
        command.env("STELE_SMTP_URL", smtp_url).env("STELE_MAIL_FROM", "stele@press.example");
        Self::run(command, home, told)
    }

    /// The same, which makes backups in this folder.
    pub fn serve_backed_up(home: &Home, told: &Value, folder: &Path) -> Self {
        let mut command = program();
        command.env("STELE_BACKUP_DIR", folder);
        Self::run(command, home, told)
    }

    /// The same, whose files lie in this folder.
    pub fn serve_beside(home: &Home, told: &Value, folder: &Path) -> Self {
        let mut command = program();
        command.env("STELE_FILES_DIR", folder);
        Self::run(command, home, told)
    }

    /// The same on a disk that has no room: no file grows beyond so many blocks of 512 bytes (of 1024 in some shells). Unlike
    /// a small file system this needs no rights, so it is the same for everyone who runs the tests.
    pub fn serve_within(home: &Home, told: &Value, blocks: u32) -> Self {
        let mut command = clean(Command::new("sh"));
        // The soft limit only, so that room can be made; without the trap the system would end the program.
        let script = format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_stele")]);
        Self::run(command, home, told)
    }

    fn run(mut command: Command, home: &Home, told: &Value) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0", "--public-url", "http://stele.example", "--log-format", "json", "--data"]);
        let mut child = command.arg(home.data()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (stderr, log) = (child.stderr.take().unwrap(), home.log());
        let (tell, address) = channel();
        std::thread::spawn(move || keep_log(stderr, log, &tell));
        let address = address.recv().unwrap_or_else(|_| panic!("no start: {}", home.logged()));
        Self { child, told: told.clone(), api: Api::new(&format!("http://{address}/api")) }
    }

    /// Lets files grow again.
    pub fn make_room(&self) {
        let done = Command::new("prlimit").args(["--fsize=unlimited:", "--pid", &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    pub fn text(&self, name: &str) -> &str {
        self.told[name].as_str().unwrap()
    }

    /// Host and port.
    pub fn address(&self) -> String {
        self.api.base.trim_start_matches("http://").trim_end_matches("/api").to_owned()
    }

    /// The path of the organization.
    pub fn org(&self) -> String {
        format!("/organizations/{}", self.text("organizationId"))
    }

    /// The path of the website's pages.
    pub fn pages(&self) -> String {
        let app = self.told["apps"]["website"].as_str().unwrap();
        format!("{}/projects/{}/apps/website/{app}/pages", self.org(), self.text("projectId"))
    }

    /// Lets the sandbox's project keep blocks of any type.
    pub fn keep_unknown_blocks(&self, token: &str) {
        let path = format!("{}/projects/{}", self.org(), self.text("projectId"));
        let kept = self.api.call(Method::PATCH, &path, Some(token), Some(&json!({"unknownBlocks": "keep"}))).unwrap();
        assert_eq!(kept.status, 200, "{}", kept.body);
    }

    /// A token of the sandbox's service key.
    pub fn token(&self) -> String {
        self.api.exchange(self.text("serviceKey")).unwrap().token()
    }

    /// A new service account with this role; the path of its keys.
    pub fn account(&self, token: &str, name: &str, role: &str) -> String {
        let made = self.api.post(&format!("{}/service-accounts", self.org()), token, &json!({"name": name, "role": role})).unwrap();
        assert_eq!(made.status, 201, "{made:?}");
        format!("{}/service-accounts/{}/api-keys", self.org(), made.text("id"))
    }

    /// kill -9, and the wait for the end of it.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and does not wait.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.child.id())]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, with nothing of the environment of the tests that it would obey.
pub fn program() -> Command {
    clean(Command::new(env!("CARGO_BIN_EXE_stele")))
}

/// How often a test kills the program: as usual, or as often as `STELE_KILL_ROUNDS` says.
pub fn rounds(usual: usize) -> usize {
    std::env::var("STELE_KILL_ROUNDS").map_or(usual, |rounds| rounds.parse().unwrap())
}

fn clean(mut command: Command) -> Command {
    command.env_remove("STELE_SANDBOX_KEY").env_remove("STELE_LOG").stdin(Stdio::null());
    command
}

/// Copies the log of a server and tells its address.
fn keep_log(from: ChildStderr, mut log: File, tell: &Sender<String>) {
    for line in BufReader::new(from).lines().map_while(Result::ok) {
        writeln!(log, "{line}").unwrap();
        let said: Value = serde_json::from_str(&line).unwrap_or_default();
        if let Some(address) = said["fields"]["address"].as_str() {
            // Told once; nobody listens any more after that.
            let _ = tell.send(address.to_owned());
        }
    }
}

fn first_line(from: impl std::io::Read) -> String {
    let mut line = String::new();
    BufReader::new(from).read_line(&mut line).unwrap();
    line
}

/// A folder with a database and the log of all who served it.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Where sandboxes have what is gone with them, and is large where they were killed.
    pub fn temporary(&self) -> PathBuf {
        let path = self.path().join("tmp");
        std::fs::create_dir_all(&path).unwrap();
        path
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("stele.db")
    }

    fn log(&self) -> File {
        File::options().create(true).append(true).open(self.path().join("log")).unwrap()
    }

    pub fn logged(&self) -> String {
        std::fs::read_to_string(self.path().join("log")).unwrap_or_default()
    }

    /// Runs a command to its end.
    pub fn stele(&self, args: &[&str]) -> Output {
        program().args(args).current_dir(self.path()).output().unwrap()
    }

    /// The same, with this on its standard input.
    pub fn stele_told(&self, args: &[&str], input: &str) -> Output {
        let mut command = program();
        command.args(args).current_dir(self.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// `stele check` finds nothing wrong.
    pub fn check(&self) {
        let done = program().arg("check").arg("--data").arg(self.data()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    /// Seconds; empty where the answer does not say.
    pub retry_after: String,
    pub body: Value,
}

impl Reply {
    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_else(|| panic!("no {name}: {self:?}"))
    }

    pub fn token(&self) -> String {
        self.text("token").to_owned()
    }

    /// The status and the reason of a refusal.
    pub fn refusal(&self) -> (u16, &str) {
        (self.status, self.body["reason"].as_str().unwrap_or_default())
    }
}

/// A client. An answer is there whole or not at all: `None` when the server went away meanwhile.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base: String,
}

impl Api {
    pub fn new(base: &str) -> Self {
        Self { client: Client::builder().no_proxy().build().unwrap(), base: base.to_owned() }
    }

    pub fn call(&self, method: Method, path: &str, token: Option<&str>, body: Option<&Value>) -> Option<Reply> {
        self.call_named(method, path, token, body, None)
    }

    fn call_named(&self, method: Method, path: &str, token: Option<&str>, body: Option<&Value>, name: Option<&str>) -> Option<Reply> {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(name) = name {
            request = request.header("Idempotency-Key", name);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().ok()?;
        let status = answer.status().as_u16();
        let retry_after = answer.headers().get("retry-after").map_or("", |value| value.to_str().unwrap()).to_owned();
        Some(Reply { status, retry_after, body: serde_json::from_slice(&answer.bytes().ok()?).unwrap() })
    }

    pub fn get(&self, path: &str, token: &str) -> Option<Reply> {
        self.call(Method::GET, path, Some(token), None)
    }

    pub fn post(&self, path: &str, token: &str, body: &Value) -> Option<Reply> {
        self.call(Method::POST, path, Some(token), Some(body))
    }

    /// The same under an `Idempotency-Key`.
    pub fn post_named(&self, path: &str, token: &str, body: &Value, name: &str) -> Option<Reply> {
        self.call_named(Method::POST, path, Some(token), Some(body), Some(name))
    }

    pub fn exchange(&self, key: &str) -> Option<Reply> {
        self.call(Method::POST, "/auth/token", None, Some(&json!({"apiKey": key})))
    }
}

/// A page with content that names it.
pub fn page(slug: &str) -> Value {
    json!({"name": slug, "slug": slug, "tags": [slug], "content": content(&format!("The text of {slug}. ").repeat(40))})
}

/// A content tree of this text, which is longer than a block may be.
pub fn content(text: &str) -> Value {
    let characters: Vec<char> = text.chars().collect();
    let blocks: Vec<_> =
        characters.chunks(50_000).map(|part| json!({"type": "text", "data": {"markdown": part.iter().collect::<String>()}})).collect();
    json!([{"type": "section", "columns": [{"blocks": blocks}]}])
}
