//! The instance that the bridge leads to: it exchanges the key for a token, renews that, and posts messages with it.

use std::time::Duration;

use parking_lot::Mutex;
use serde_json::{Value, json};
use ureq::{
    Agent, Body, Error, Proxy,
    http::{Response, header},
    tls::TlsConfig,
};

use crate::{domain::key::secret::PlainKey, http::base::origin::Origin, outbound::roots, system};

use super::message::{self, Message};

/// How long the instance may take to be reached, and to answer.
const REACHED: Duration = Duration::from_secs(10);
const ANSWERED: Duration = Duration::from_secs(120);
/// A token is renewed so long before it ends: a call that takes its time is not cut off.
const EARLY: Duration = Duration::from_secs(30);
/// What a client accepts, of which the instance sends the first.
const ACCEPTED: &str = "application/json, text/event-stream";

/// A token, and when it is renewed.
struct Token {
    text: String,
    until: Duration,
}

/// What is known of the client, from what it said before.
#[derive(Default)]
struct Negotiated {
    revision: Option<String>,
    client: Option<String>,
}

/// An instance, with the key of whoever asks.
pub struct Instance {
    url: String,
    key: PlainKey,
    agent: Agent,
    ticks: Box<dyn Fn() -> Duration + Send + Sync>,
    token: Mutex<Option<Token>>,
    known: Mutex<Negotiated>,
}

impl Instance {
    /// The instance at this origin. Nothing is sent yet.
    pub fn new(origin: &Origin, key: PlainKey) -> Self {
        // What this machine asks itself goes through no proxy.
        let proxy = Proxy::try_from_env().filter(|_| !origin.is_loopback());
        let config = Agent::config_builder()
            .proxy(proxy)
            .http_status_as_error(false)
            // The key is for the named address, and for no other that this one leads to.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(REACHED))
            .timeout_global(Some(ANSWERED))
            .user_agent(concat!("stele/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots()).build())
            .build();
        let url = origin.to_string();
        Self { url, key, agent: config.into(), ticks: Box::new(system::ticks()), token: Mutex::default(), known: Mutex::default() }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Exchanges the key, unless there is a token that still lives.
    ///
    /// # Errors
    /// Why there is no token, as a sentence.
    pub fn enter(&self) -> Result<String, String> {
        // Those who wait here take the token that the first one gets.
        let mut token = self.token.lock();
        if let Some(token) = token.as_ref().filter(|token| (self.ticks)() < token.until) {
            return Ok(token.text.clone());
        }
        let body = json!({ "apiKey": self.key.reveal() }).to_string();
        let exchanged = self.agent.post(format!("{}/api/auth/token", self.url)).header(header::CONTENT_TYPE, "application/json").send(body);
        let (status, text) = self.read(exchanged)?;
        let read: Value = serde_json::from_str(&text).unwrap_or_default();
        match (read["token"].as_str(), read["expiresIn"].as_u64()) {
            (Some(fresh), Some(seconds)) if status == 200 => {
                let until = (self.ticks)() + Duration::from_secs(seconds).saturating_sub(EARLY);
                *token = Some(Token { text: fresh.to_owned(), until });
                Ok(fresh.to_owned())
            }
            _ => Err(self.refusal(status, &text)),
        }
    }

    /// Posts a message; the answer, as the instance wrote it, if there is one.
    ///
    /// # Errors
    /// Why there is no answer, as a sentence.
    pub fn post(&self, message: &Message) -> Result<Option<String>, String> {
        if let Some(client) = message.client() {
            self.known.lock().client = Some(client);
        }
        let token = self.enter()?;
        let (mut status, mut text) = self.send(message, &token)?;
        if status == 401 {
            // A token may be dead before its time, as after a start with other signing keys; nothing was done with it. If it is the key that
            // is dead, this exchange says so.
            self.forget(&token);
            (status, text) = self.send(message, &self.enter()?)?;
        }
        if status == 202 || (status == 200 && text.is_empty()) {
            return Ok(None);
        }
        if !message::is_answer(&text) {
            return Err(self.refusal(status, &text));
        }
        if let Some(revision) = message::settled_revision(&text).filter(|_| message.method() == Some("initialize")) {
            self.known.lock().revision = Some(revision);
        }
        // A line is a message. JSON has line ends only where a blank does as well.
        Ok(Some(text.replace(['\r', '\n'], " ")))
    }

    fn send(&self, message: &Message, token: &str) -> Result<(u16, String), String> {
        let known = self.known.lock();
        let revision = message.revision().map(str::to_owned).or_else(|| known.revision.clone());
        let said = [
            ("mcp-protocol-version", revision.filter(|_| message.method() != Some("initialize"))),
            ("mcp-method", message.method().map(str::to_owned)),
            ("mcp-name", message.about()),
            ("user-agent", known.client.as_ref().map(|client| format!("{client} (stele {})", env!("CARGO_PKG_VERSION")))),
        ];
        drop(known);
        let request = self.agent.post(format!("{}/mcp", self.url)).header(header::CONTENT_TYPE, "application/json");
        let request = request.header(header::ACCEPT, ACCEPTED).header(header::AUTHORIZATION, format!("Bearer {token}"));
        let said = said.into_iter().filter_map(|(name, value)| Some((name, value?)));
        self.read(said.fold(request, |request, (name, value)| request.header(name, value)).send(message.text()))
    }

    fn read(&self, answered: Result<Response<Body>, Error>) -> Result<(u16, String), String> {
        let mut answer = answered.map_err(|error| self.unreached(&error))?;
        let status = answer.status().as_u16();
        if let Some(to) = answer.headers().get(header::LOCATION).filter(|_| (300..400).contains(&status)) {
            return Err(format!("{} leads elsewhere, to {}. Name that address instead.", self.url, String::from_utf8_lossy(to.as_bytes())));
        }
        answer.body_mut().read_to_string().map(|text| (status, text)).map_err(|error| self.unreached(&error))
    }

    fn unreached(&self, error: &Error) -> String {
        format!("{} cannot be reached ({error}). Is the address right, and does the instance run?", self.url)
    }

    /// In the words of the instance, which say what to do.
    fn refusal(&self, status: u16, text: &str) -> String {
        let read: Value = serde_json::from_str(text).unwrap_or_default();
        match read["message"].as_str() {
            Some(sentence) => format!("{} refuses: {sentence}", self.url),
            None => format!("{} answers {status}, and not as an instance of Stele does. Is the address right?", self.url),
        }
    }

    /// Forgets a token that is dead, unless somebody has renewed it meanwhile.
    fn forget(&self, dead: &str) {
        self.token.lock().take_if(|token| token.text == dead);
    }
}
