//! OAuth for ordinary clients: client credentials (RFC 6749 4.4), token exchange (RFC 8693), revocation (RFC 7009),
//! introspection (RFC 7662), metadata (RFC 8414), and the published keys.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    domain::{Error, access::Access, secret::PlainKey, token::Format},
    service::token::{self, Wish},
};

use super::{
    call::Call,
    error,
    router::Params,
    server::{collect, finish, request_id},
    state::State,
};

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const KEY_TYPE: &str = "urn:stele:token-type:api-key";
const PASETO_TYPE: &str = "urn:stele:token-type:paseto";
const ACCESS_TYPE: &str = "urn:ietf:params:oauth:token-type:access_token";
const JWT_TYPE: &str = "urn:ietf:params:oauth:token-type:jwt";

/// Most bytes of a form.
const FORM_LIMIT: usize = 64 * 1024;

/// Mounts the endpoints. The metadata at the root is left out on purpose: several MCP clients drop a configured header
/// when they find OAuth metadata there.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>) {
    for (path, run) in [("/oauth/token", Endpoint::Token), ("/oauth/revoke", Endpoint::Revoke), ("/oauth/introspect", Endpoint::Introspect)]
    {
        let state = state.clone();
        let handler = move |request: HttpRequest, body: web::Payload| form(request, body, state.clone(), run);
        config.service(web::resource(path).route(web::post().to(handler)));
    }
    let published: [(&str, Published); 3] = [
        ("/oauth/jwks", |state| state.tokens.signer().jwks(state.store.now())),
        ("/.well-known/paseto-keys", |state| state.tokens.signer().paseto_keys(state.store.now())),
        ("/.well-known/oauth-authorization-server/oauth", metadata),
    ];
    for (path, make) in published {
        let state = state.clone();
        let handler = move || std::future::ready(publish(&state, make));
        config.service(web::resource(path).route(web::get().to(handler.clone())).route(web::head().to(handler)));
    }
}

/// Makes a published document.
type Published = fn(&State) -> Value;

#[derive(Debug, Clone, Copy)]
enum Endpoint {
    Token,
    Revoke,
    Introspect,
}

fn publish(state: &State, make: Published) -> HttpResponse {
    let mut answer = HttpResponse::Ok().json(make(state));
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("public, max-age=300"));
    finish(answer, &request_id(state))
}

fn metadata(state: &State) -> Value {
    let issuer = state.tokens.signer().issuer();
    json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "introspection_endpoint": format!("{issuer}/introspect"),
        "grant_types_supported": ["client_credentials", EXCHANGE],
        "response_types_supported": [],
        "scopes_supported": Access::ALL.map(Access::word),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    })
}

/// A refusal in the form of RFC 6749 5.2.
struct Refusal {
    word: &'static str,
    message: String,
    status: u16,
}

impl Refusal {
    fn new(word: &'static str, message: impl Into<String>) -> Self {
        Self { word, message: message.into(), status: 400 }
    }

    fn client(message: impl Into<String>) -> Self {
        Self { word: "invalid_client", message: message.into(), status: 401 }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Unauthenticated(reason) => Self::client(reason.sentence()),
            other => Self { word: "server_error", status: error::status(&other), message: other.to_string() },
        }
    }
}

async fn form(request: HttpRequest, payload: web::Payload, state: Arc<State>, endpoint: Endpoint) -> HttpResponse {
    let id = request_id(&state);
    let answer = match collect(payload, FORM_LIMIT).await {
        Err(error) => Err(Refusal::new("invalid_request", error.to_string())),
        Ok(bytes) => match Form::read(&request, &bytes, &state) {
            Err(refusal) => Err(refusal),
            Ok(form) => run(&form, endpoint).await,
        },
    };
    let basic = request.headers().contains_key(header::AUTHORIZATION);
    let mut answer = answer.map_or_else(|refusal| refused(&refusal, basic), |body| HttpResponse::Ok().json(body));
    answer.headers_mut().insert(header::PRAGMA, header::HeaderValue::from_static("no-cache"));
    finish(answer, &id)
}

fn refused(refusal: &Refusal, basic: bool) -> HttpResponse {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut answer = HttpResponse::build(status).json(json!({ "error": refusal.word, "error_description": refusal.message }));
    if basic && refusal.status == 401 {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Basic realm=\"stele\""));
    }
    answer
}

/// A form with the client's credentials, from Basic or from the body.
struct Form {
    call: Call,
    fields: Vec<(String, String)>,
    client_id: Option<String>,
    secret: Option<String>,
}

impl Form {
    fn read(request: &HttpRequest, bytes: &[u8], state: &Arc<State>) -> Result<Self, Refusal> {
        let malformed = |what: &str| Refusal::new("invalid_request", format!("{what} is not well formed."));
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
            return Err(Refusal::new("invalid_request", "Send the parameters as application/x-www-form-urlencoded."));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("The form"))?;
        let fields = pairs(text).ok_or_else(|| malformed("The form"))?;
        for (at, (name, _)) in fields.iter().enumerate() {
            if fields[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(Refusal::new("invalid_request", "A parameter is given more than once."));
            }
        }
        let call = Call::new(request, Params::new(), web::Bytes::new(), state).map_err(|_| malformed("The request"))?;
        let mut form = Self { call, client_id: None, secret: None, fields };
        (form.client_id, form.secret) = (form.field("client_id").map(str::to_owned), form.field("client_secret").map(str::to_owned));
        if let Some(value) = request.headers().get(header::AUTHORIZATION) {
            let (id, secret) =
                value.to_str().ok().and_then(basic).ok_or_else(|| Refusal::client("The Basic credentials are not well formed."))?;
            if form.secret.is_some() {
                return Err(Refusal::new("invalid_request", "Send the credentials by Basic or in the body, not both."));
            }
            (form.client_id, form.secret) = (Some(id).filter(|id| !id.is_empty()).or(form.client_id), Some(secret));
        }
        Ok(form)
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
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

async fn run(form: &Form, endpoint: Endpoint) -> Result<Value, Refusal> {
    match endpoint {
        Endpoint::Token => issue(form),
        Endpoint::Revoke => revoke(form).await,
        Endpoint::Introspect => introspect(form),
    }
}

fn issue(form: &Form) -> Result<Value, Refusal> {
    let exchange = match form.field("grant_type") {
        Some("client_credentials") => false,
        Some(EXCHANGE) => true,
        Some(_) => return Err(Refusal::new("unsupported_grant_type", "Use client_credentials or token exchange.")),
        None => return Err(Refusal::new("invalid_request", "grant_type is required.")),
    };
    let (key, format) = if exchange { subject(form)? } else { (form.secret.clone(), None) };
    let key = key.ok_or_else(|| Refusal::client("The client secret, an API key, is required."))?;
    let access = scope(form)?;
    let issued = match form.call.exchange(&key, Wish { format, access }) {
        Err(Error::Unauthenticated(reason)) if exchange => return Err(Refusal::new("invalid_request", reason.sentence())),
        other => other?,
    };
    let named = form.client_id.as_deref().filter(|_| !exchange);
    if named.is_some_and(|id| id != issued.claims.key.to_string() && id != issued.claims.subject.to_string()) {
        return Err(Refusal::client("client_id is the id of the key or of its owner."));
    }
    let expires_in = issued.claims.expires_at.seconds() - issued.claims.issued_at.seconds();
    let mut body =
        json!({ "access_token": issued.token, "token_type": "Bearer", "expires_in": expires_in, "scope": issued.claims.access.word() });
    if exchange {
        body["issued_token_type"] = if issued.format == Format::Jwt { JWT_TYPE } else { PASETO_TYPE }.into();
    }
    Ok(body)
}

/// The key and the wished format of a token exchange.
fn subject(form: &Form) -> Result<(Option<String>, Option<Format>), Refusal> {
    if !matches!(form.field("subject_token_type"), Some(KEY_TYPE | ACCESS_TYPE)) {
        return Err(Refusal::new("invalid_request", format!("subject_token_type must be {KEY_TYPE}.")));
    }
    let format = match form.field("requested_token_type") {
        None | Some(ACCESS_TYPE) => None,
        Some(JWT_TYPE) => Some(Format::Jwt),
        Some(PASETO_TYPE) => Some(Format::Paseto),
        Some(_) => return Err(Refusal::new("invalid_request", "requested_token_type is not known here.")),
    };
    let key = form.field("subject_token").ok_or_else(|| Refusal::new("invalid_request", "subject_token is required."))?;
    if !PlainKey::looks_like(key) {
        return Err(Refusal::new("invalid_request", "subject_token must be an API key: a token does not mint another."));
    }
    Ok((Some(key.to_owned()), format))
}

/// The one wished access; a scope never widens.
fn scope(form: &Form) -> Result<Option<Access>, Refusal> {
    let Some(scope) = form.field("scope") else { return Ok(None) };
    let one = Access::from_word(scope.trim());
    one.map(Some).ok_or_else(|| Refusal::new("invalid_scope", "scope must be one of full, write, read."))
}

/// Always answers 200 (RFC 7009 2.2): what is not known is as good as revoked.
async fn revoke(form: &Form) -> Result<Value, Refusal> {
    let text = form.field("token").ok_or_else(|| Refusal::new("invalid_request", "token is required."))?;
    let state = form.call.state();
    let held = state.store.read(|tx| token::held(&state.tokens, tx, text))?;
    if let Some(held) = held {
        state.store.write(move |tx| token::revoke_held(tx, &held)).await?;
    }
    Ok(json!({}))
}

fn introspect(form: &Form) -> Result<Value, Refusal> {
    let key = form.secret.as_deref().ok_or_else(|| Refusal::client("Authenticate with an API key as the client secret."))?;
    let text = form.field("token").ok_or_else(|| Refusal::new("invalid_request", "token is required."))?;
    let state = form.call.state();
    let found = state.store.read(|tx| {
        let asker = token::key_actor(tx, key)?;
        token::introspect(&state.tokens, tx, &asker, text)
    })?;
    let Some(claims) = found else { return Ok(json!({ "active": false })) };
    Ok(json!({
        "active": true,
        "scope": claims.access.word(),
        "client_id": claims.key.to_string(),
        "sub": claims.subject.to_string(),
        "iss": claims.issuer,
        "aud": claims.audience,
        "iat": claims.issued_at.seconds(),
        "exp": claims.expires_at.seconds(),
        "jti": claims.id.to_string(),
        "organization": claims.org.to_string(),
        "token_type": "Bearer",
    }))
}
