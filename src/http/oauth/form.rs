//! The form that a client sends, with its credentials, and the refusal of one (RFC 6749 2.3, 3.2, 5.2).

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::{
    domain::{
        Error,
        id::{KeyId, UserId},
    },
    http::base::{bearer::call::ApiCall, error, router::Params, state::State, transport::media::Transport},
};

/// A refusal in the form of RFC 6749 5.2.
pub struct Refusal {
    word: &'static str,
    message: String,
    status: u16,
    /// The word by which it is counted.
    reason: &'static str,
    /// Seconds after which another try is worth while.
    wait: Option<u32>,
}

impl Refusal {
    /// A request that is wrong.
    pub fn new(word: &'static str, message: impl Into<String>) -> Self {
        Self { word, message: message.into(), status: 400, reason: word, wait: None }
    }

    /// A client that did not authenticate.
    pub fn client(message: impl Into<String>) -> Self {
        Self { word: "invalid_client", message: message.into(), status: 401, reason: "invalid_client", wait: None }
    }

    /// The answer. `challenge` is whether the client may be asked for Basic credentials.
    pub fn answer(&self, challenge: bool) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        // The form allows neither quotes nor backslashes, nor anything beyond ASCII.
        let plain = |c: char| if matches!(c, ' '..='~') && c != '\\' && c != '"' { c } else { '\'' };
        let description: String = self.message.chars().map(plain).collect();
        let mut answer = HttpResponse::build(status).json(json!({ "error": self.word, "error_description": description }));
        error::mark(&mut answer, self.reason);
        let headers = answer.headers_mut();
        if challenge && self.status == 401 {
            headers.insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Basic realm=\"stele\""));
        }
        error::retry_after(&mut answer, self.wait);
        answer
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let word = match &error {
            Error::Unauthenticated(reason) => return Self { reason: reason.word(), ..Self::client(reason.sentence()) },
            Error::Invalid(_) | Error::TooLarge(_) => "invalid_request",
            // A key that is restricted to other networks is a client that may not do this here (RFC 6749 5.2).
            Error::Denied(denial) => return Self { reason: error::word(&error), ..Self::new("unauthorized_client", denial.to_string()) },
            Error::Busy(_) | Error::Moved(_) | Error::RateLimited(_) => "temporarily_unavailable",
            _ => "server_error",
        };
        if let Error::Internal(cause) | Error::Busy(cause) = &error {
            tracing::warn!(%cause, "an OAuth request failed");
        }
        Self { word, status: error::status(&error), message: error.to_string(), reason: error::word(&error), wait: error.wait() }
    }
}

/// A form with the client's credentials, from Basic or from the body.
pub struct Form {
    /// The call that brought it.
    pub call: ApiCall,
    /// As whom the client presents itself.
    pub client_id: Option<String>,
    /// What it proves that with.
    pub secret: Option<String>,
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads a form.
    pub fn read(request: &HttpRequest, bytes: &[u8], state: &Arc<State>) -> Result<Self, Refusal> {
        let malformed = |what: &str| Refusal::new("invalid_request", format!("{what} is not well formed."));
        if !Transport::Form.is_named(request.headers()) {
            return Err(Refusal::new("invalid_request", "Send the parameters as application/x-www-form-urlencoded."));
        }
        if !request.query_string().is_empty() {
            return Err(Refusal::new("invalid_request", "Send the parameters in the body, none in the address: addresses are logged."));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("The form"))?;
        let fields = pairs(text).ok_or_else(|| malformed("The form"))?;
        for (at, (name, _)) in fields.iter().enumerate() {
            if fields[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(Refusal::new("invalid_request", "A parameter is given more than once."));
            }
        }
        let call = ApiCall::new(request, Params::new(), state, false).map_err(|_| malformed("The request"))?;
        let mut form = Self { call, client_id: None, secret: None, fields };
        (form.client_id, form.secret) = (form.field("client_id").map(str::to_owned), form.field("client_secret").map(str::to_owned));
        form.authorize(request)?;
        Ok(form)
    }

    /// The credentials of the `Authorization` header: one way to authenticate, never two (RFC 6749 2.3).
    fn authorize(&mut self, request: &HttpRequest) -> Result<(), Refusal> {
        let mut sent = request.headers().get_all(header::AUTHORIZATION);
        let Some(value) = sent.next() else { return Ok(()) };
        let twice = || Refusal::new("invalid_request", "Send the client's credentials once: by Basic or in the body, not both.");
        if sent.next().is_some() || self.secret.is_some() {
            return Err(twice());
        }
        let malformed = || Refusal::client("The Basic credentials are not well formed.");
        let (id, secret) = value.to_str().ok().and_then(basic).ok_or_else(malformed)?;
        let id = Some(id).filter(|id| !id.is_empty());
        if id.is_some() && self.client_id.is_some() && id != self.client_id {
            return Err(twice());
        }
        self.client_id = id.or_else(|| self.client_id.take());
        self.secret = Some(secret).filter(|secret| !secret.is_empty());
        Ok(())
    }

    /// A parameter; one without a value counts as left out (RFC 6749 3.2).
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A parameter that must be given.
    pub fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.field(name).ok_or_else(|| Refusal::new("invalid_request", format!("{name} is required.")))
    }

    /// The client's secret, which must be given.
    pub fn secret(&self) -> Result<&str, Refusal> {
        self.secret.as_deref().ok_or_else(|| Refusal::client("Authenticate: the client secret is an API key."))
    }

    /// Whether the client presents itself as what it proved to be: this key, or its owner.
    pub fn is_named(&self, key: KeyId, owner: UserId) -> Result<(), Refusal> {
        let known = |id: &str| [key.to_string(), owner.to_string()].iter().any(|known| known == id.trim());
        match self.client_id.as_deref() {
            Some(id) if !known(id) => Err(Refusal::client("client_id is the id of the key or of its owner.")),
            _ => Ok(()),
        }
    }
}

/// Whether a body names a client, be it without a value.
pub fn names_client(bytes: &[u8]) -> bool {
    let fields = std::str::from_utf8(bytes).ok().and_then(pairs).unwrap_or_default();
    fields.iter().any(|(name, _)| matches!(name.as_str(), "client_id" | "client_secret"))
}

fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    web::Query::<Vec<(String, String)>>::from_query(text).ok().map(web::Query::into_inner)
}

/// Both halves are form-decoded, always, and parted at the first colon: some clients encode even `_`.
fn basic(value: &str) -> Option<(String, String)> {
    let (scheme, encoded) = value.split_once(' ')?;
    let bytes = STANDARD.decode(encoded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |half: &str| pairs(&format!("x={half}")).and_then(|pairs| pairs.into_iter().next()).map(|(_, value)| value);
    Some((decode(id)?, decode(secret)?))
}
