//! The real program as a child process, as an operator starts it.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use super::{Browser, PASSWORD};

/// `stele serve` on a file; it ends with the test.
pub struct Program {
    child: Child,
    pub url: String,
    /// The set-up address that it printed, while nobody is set up.
    pub set_up: Option<String>,
    log: Arc<Mutex<String>>,
}

impl Program {
    /// Starts it on this file with these further arguments, and waits until it serves.
    pub fn start(file: &Path, args: &[&str]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_stele")), file, args)
    }

    /// The same on a system whose roots of trust are those in a file.
    pub fn trusting(roots: &Path, file: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stele"));
        command.env("SSL_CERT_FILE", roots);
        Self::run(command, file, args)
    }

    fn run(mut command: Command, file: &Path, args: &[&str]) -> Self {
        command.env_remove("STELE_LOG").args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(file).args(args);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let (log, mut set_up, mut address) = (Arc::new(Mutex::new(String::new())), None, None);
        for line in lines.by_ref() {
            set_up = set_up.or(line.split([' ', '"']).find(|word| word.contains("/set-up?token=")).map(str::to_owned));
            address = served_at(&line);
            log.lock().unwrap().push_str(&format!("{line}\n"));
            if address.is_some() {
                break;
            }
        }
        let kept = log.clone();
        // The rest is read too, or the program would wait for somebody to do so.
        std::thread::spawn(move || lines.for_each(|line| kept.lock().unwrap().push_str(&format!("{line}\n"))));
        let address = address.unwrap_or_else(|| panic!("no start: {}", log.lock().unwrap()));
        Self { child, url: format!("http://{address}"), set_up, log }
    }

    /// What it has said so far.
    pub fn logged(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The secret of the set-up address.
    pub fn set_up_token(&self) -> &str {
        self.set_up.as_deref().and_then(|address| address.split_once("token=")).expect("nobody is set up").1
    }

    /// Sets it up: the first owner's browser, in the organization `acme`.
    pub fn owner(&self, email: &str) -> Browser<'_> {
        let mut owner = Browser::at(&self.url);
        let token = self.set_up_token();
        let form = [("token", token), ("name", "Paula Person"), ("email", email), ("password", PASSWORD), ("organization", "Acme")];
        let done = owner.post("/set-up", &form);
        assert_eq!((done.status, done.to()), (303, "/o/acme"), "{}", done.body);
        owner.session = done.session();
        owner
    }
}

/// The address in the line that says that it serves, in either format.
fn served_at(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("Stele serves")?.1.split_once("address")?;
    rest.trim_start_matches(['=', '"', ':']).split([' ', '"']).next().map(str::to_owned)
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
