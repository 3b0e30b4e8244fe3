//! A mail server on this machine that keeps what it gets, can be down, can refuse, and can fall silent.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer};
use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer};

/// Longer than any e-mail takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// To such an address the server says nothing more, for as long as it is waited for.
pub const SILENT: &str = "silent@acme.example";
/// Nobody has such an address.
pub const UNKNOWN: &str = "unknown@acme.example";

/// An e-mail as it arrived, with its encodings undone.
#[derive(Debug)]
pub struct Email {
    pub to: String,
    /// The lines of its head, each with its continuations.
    pub head: Vec<String>,
    pub body: String,
}

impl Email {
    fn read(to: String, raw: &str) -> Self {
        let (head, body) = raw.split_once("\r\n\r\n").unwrap();
        let head: Vec<String> = head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect();
        let email = Self { to, head, body: String::new() };
        let body = match email.header("Content-Transfer-Encoding").as_str() {
            "base64" => String::from_utf8(STANDARD.decode(body.replace("\r\n", "")).unwrap()).unwrap(),
            "quoted-printable" => quoted(&body.replace("=\r\n", "")),
            _ => body.to_owned(),
        };
        Self { body: body.replace("\r\n", "\n"), ..email }
    }

    /// A header; empty where it is missing.
    pub fn header(&self, name: &str) -> String {
        let found = self.head.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        words(found.unwrap_or_default())
    }

    /// The one address in it.
    pub fn link(&self) -> &str {
        let mut found = self.body.split_whitespace().filter(|word| word.starts_with("http"));
        let link = found.next().unwrap_or_else(|| panic!("no link: {}", self.body));
        assert_eq!(found.next(), None, "{}", self.body);
        link
    }
}

/// What happened at the server.
#[derive(Debug)]
enum Event {
    Arrived(Email),
    Refused,
    /// It has fallen silent.
    Silent,
    /// Whoever it was silent to has gone.
    Left,
}

/// The server; its thread ends with the tests.
pub struct MailServer {
    pub url: String,
    events: Receiver<Event>,
    down: Arc<AtomicBool>,
}

impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        Self::on(listener, url, |visitor| visitor)
    }

    /// One that speaks TLS at once, with a certificate for `localhost` that an authority of its own vouches for; and the
    /// certificate of that authority.
    pub fn private() -> (Self, String) {
        let key = || rcgen::KeyPair::generate().unwrap();
        let (mut root, root_key, own_key) = (CertificateParams::new(Vec::new()).unwrap(), key(), key());
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let vouched = root.self_signed(&root_key).unwrap().pem();
        let issuer = Issuer::new(root, root_key);
        let own = CertificateParams::new(vec!["localhost".into()]).unwrap().signed_by(&own_key, &issuer).unwrap();
        let secret = PrivateKeyDer::try_from(own_key.serialize_der()).unwrap();
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![own.der().clone()], secret).unwrap();
        let (listener, config) = (TcpListener::bind("127.0.0.1:0").unwrap(), Arc::new(config));
        let url = format!("smtps://localhost:{}", listener.local_addr().unwrap().port());
        let server = Self::on(listener, url, move |visitor| StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), visitor));
        (server, vouched)
    }

    fn on<S: Read + Write + 'static>(listener: TcpListener, url: String, open: impl Fn(TcpStream) -> S + Clone + Send + 'static) -> Self {
        let (tell, events) = channel();
        let down = Arc::new(AtomicBool::new(false));
        let is_down = down.clone();
        thread::spawn(move || {
            for visitor in listener.incoming().map_while(Result::ok) {
                if is_down.load(Ordering::SeqCst) {
                    drop(visitor);
                    // Nobody listens after the test.
                    let _ = tell.send(Event::Refused);
                    continue;
                }
                let (tell, open) = (tell.clone(), open.clone());
                thread::spawn(move || talk(open(visitor), &tell));
            }
        });
        Self { url, events, down }
    }

    /// From now on every connection is broken off, or none.
    pub fn down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }

    /// The next e-mail.
    pub fn next(&self) -> Email {
        match self.events.recv_timeout(PATIENCE) {
            Ok(Event::Arrived(email)) => email,
            other => panic!("no e-mail arrived: {other:?}"),
        }
    }

    /// The next e-mail, once the server has also fallen silent on another.
    pub fn beside_silence(&self) -> Email {
        let mut events = [(); 2].map(|()| self.events.recv_timeout(PATIENCE).unwrap());
        if matches!(events[0], Event::Silent) {
            events.reverse();
        }
        match events {
            [Event::Arrived(email), Event::Silent] => email,
            other => panic!("{other:?}"),
        }
    }

    /// Waits for a try that found the server down, did not believe it, or wrote to nobody.
    pub fn refused(&self) {
        let event = self.events.recv_timeout(PATIENCE).unwrap();
        assert!(matches!(event, Event::Refused), "an e-mail arrived while the server was down");
    }

    /// Whether nothing more has come.
    pub fn is_empty(&self) -> bool {
        self.events.try_recv().is_err()
    }
}

/// As much of SMTP (RFC 5321) as a sender needs.
fn talk(visitor: impl Read + Write, tell: &Sender<Event>) {
    let mut visitor = BufReader::new(visitor);
    let (mut to, mut line) = (String::new(), String::new());
    say(&mut visitor, "220 here");
    let mut heard = visitor.read_line(&mut line);
    if heard.is_err() {
        // Whoever does not believe the certificate breaks off.
        let _ = tell.send(Event::Refused);
    }
    while heard.is_ok_and(|read| read > 0) {
        match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                if to == SILENT {
                    let _ = tell.send(Event::Silent);
                    let _ = visitor.read_to_end(&mut Vec::new());
                    let _ = tell.send(Event::Left);
                    return;
                }
                if to == UNKNOWN {
                    say(&mut visitor, "550 5.1.1 nobody is called so");
                    let _ = tell.send(Event::Refused);
                } else {
                    say(&mut visitor, "250 yes");
                }
            }
            "DATA" => {
                say(&mut visitor, "354 go on");
                let raw = data(&mut visitor);
                let _ = tell.send(Event::Arrived(Email::read(to.clone(), &raw)));
                say(&mut visitor, "250 kept");
            }
            "QUIT" => return say(&mut visitor, "221 bye"),
            _ => say(&mut visitor, "250 yes"),
        }
        line.clear();
        heard = visitor.read_line(&mut line);
    }
}

fn say<S: Read + Write>(visitor: &mut BufReader<S>, words: &str) {
    // A sender that is gone needs no answer.
    let _ = visitor.get_mut().write_all(format!("{words}\r\n").as_bytes());
}

/// The lines until the one that is a dot alone; a dot that was doubled at the start of a line is single again.
fn data(lines: &mut impl BufRead) -> String {
    let (mut raw, mut line) = (String::new(), String::new());
    while lines.read_line(&mut line).is_ok_and(|read| read > 0) && line != ".\r\n" {
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
        line.clear();
    }
    raw
}

/// Undoes quoted-printable (RFC 2045 6.7), soft line ends taken out before.
fn quoted(text: &str) -> String {
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

/// Undoes encoded words (RFC 2047): the blank between two of them belongs to neither.
fn words(text: &str) -> String {
    let (mut out, mut after_encoded) = (String::new(), true);
    for word in text.split(' ') {
        let encoded = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
        if !(after_encoded && (encoded.is_some() || out.is_empty())) {
            out.push(' ');
        }
        match encoded {
            Some(encoded) => out.push_str(&String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap()),
            None => out.push_str(word),
        }
        after_encoded = encoded.is_some();
    }
    out
}
