//! OAuth for ordinary clients: client credentials (RFC 6749 4.4), token exchange (RFC 8693), revocation (RFC 7009),
//! introspection (RFC 7662), metadata (RFC 8414), and the published keys.

pub(in crate::http) mod bearer;
mod form;
mod scope;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::{Value, json};

use crate::{
    domain::{
        Error,
        access::{Access, Actor},
        key::{secret::PlainKey, token::Format},
    },
    http::base::{
        bearer::rate_limit,
        compress::hold_secret,
        cors, error,
        observed::{meter::RouteMeter, observe::observed},
        state::State,
        transport::room::Caller,
    },
    service::key::token::{self, HeldToken, TokenRequest},
};
use form::{Form, Refusal, names_client};
use scope::Scope;

pub(in crate::http) const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
pub(in crate::http) const KEY_TYPE: &str = "urn:stele:token-type:api-key";
pub(in crate::http) const PASETO_TYPE: &str = "urn:stele:token-type:paseto";
pub(in crate::http) const ACCESS_TYPE: &str = "urn:ietf:params:oauth:token-type:access_token";
pub(in crate::http) const JWT_TYPE: &str = "urn:ietf:params:oauth:token-type:jwt";

/// Parameters that would make another token than this server makes, and the word of their refusal (RFC 8693 2.2.2, RFC 8707 2,
/// RFC 9396 5).
const NOT_SUPPORTED: [(&str, &str); 9] = [
    ("audience", "invalid_target"),
    ("resource", "invalid_target"),
    ("actor_token", "invalid_request"),
    ("actor_token_type", "invalid_request"),
    ("requested_subject", "invalid_request"),
    ("requested_actor", "invalid_request"),
    ("requested_issuer", "invalid_request"),
    ("authorization_details", "invalid_authorization_details"),
    ("dpop_jkt", "invalid_request"),
];

/// Most bytes of a form.
const FORM_LIMIT: usize = 64 * 1024;

/// Mounts the endpoints. The metadata at the root is left out on purpose: several MCP clients drop a configured header
/// when they find OAuth metadata there.
pub fn mount(config: &mut web::ServiceConfig, state: &Arc<State>, origins: &[String]) {
    for (path, run) in [("/oauth/token", Endpoint::Token), ("/oauth/revoke", Endpoint::Revoke), ("/oauth/introspect", Endpoint::Introspect)]
    {
        let (sent, shared, meter) = (state.clone(), state.clone(), state.meters.route("POST", path));
        let handler = move |request: HttpRequest, body: web::Payload| form(request, body, sent.clone(), run, meter.clone());
        let (reading, reads) = (state.clone(), matches!(run, Endpoint::Introspect));
        let other = move |request: HttpRequest| not_here(request, shared.clone(), reads);
        let origins = if matches!(run, Endpoint::Token) { origins } else { &[] };
        let mut resource = web::resource(path).route(web::post().to(handler)).default_service(web::to(other));
        if reads {
            let meter = state.meters.route("GET", path);
            let own = move |request: HttpRequest| bearer::introspect(request, reading.clone(), meter.clone());
            resource = resource.route(web::get().to(own.clone())).route(web::head().to(own));
        }
        config.service(resource.wrap(cors::allow(origins)));
    }
    let published: [(&str, Published); 3] = [
        ("/oauth/jwks", |state| state.tokens.signer().jwks(state.store.now())),
        ("/.well-known/paseto-keys", |state| state.tokens.signer().paseto_keys(state.store.now())),
        ("/.well-known/oauth-authorization-server/oauth", metadata),
    ];
    for (path, make) in published {
        let (state, meter) = (state.clone(), state.meters.route("GET", path));
        let handler = move |request: HttpRequest| publish(request, state.clone(), make, meter.clone());
        let resource = web::resource(path).route(web::get().to(handler.clone())).route(web::head().to(handler));
        config.service(resource.wrap(cors::everybody()));
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

async fn publish(request: HttpRequest, state: Arc<State>, make: Published, meter: Arc<RouteMeter>) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |_| {
        let mut answer = HttpResponse::Ok().json(make(&state));
        answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("public, max-age=300"));
        Ok(answer)
    })
    .await
}

fn metadata(state: &State) -> Value {
    let signer = state.tokens.signer();
    let issuer = signer.issuer();
    json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "introspection_endpoint": format!("{issuer}/introspect"),
        "grant_types_supported": ["client_credentials", EXCHANGE],
        // There is no authorization endpoint, but the member is required and an empty list is not allowed (RFC 8414 2, 3.2).
        "response_types_supported": ["none"],
        "scopes_supported": Access::ALL.map(Access::word),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    })
}

async fn form(request: HttpRequest, payload: web::Payload, state: Arc<State>, endpoint: Endpoint, meter: Arc<RouteMeter>) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |observed| {
        let bytes = state.incoming.collect(&request, payload, FORM_LIMIT, Caller::stranger(state.proxies.client(&request))).await;
        // Whoever sent credentials in the body is not asked for a header.
        let basic = request.headers().contains_key(header::AUTHORIZATION) || !bytes.as_ref().is_ok_and(|bytes| names_client(bytes));
        let (answer, limit) = match bytes.map_err(Refusal::from).and_then(|bytes| Form::read(&request, &bytes, &state)) {
            Err(refusal) => (Err(refusal), None),
            Ok(form) => {
                let answer = run(&form, endpoint).await;
                observed.set_caller(form.call.known_actor().map(|actor| &**actor));
                (answer, form.call.rate_limit())
            }
        };
        let mut answer = answer.map_or_else(|refusal| refusal.answer(basic), |body| HttpResponse::Ok().json(body));
        rate_limit::tell(&mut answer, limit);
        hold_secret(&mut answer);
        Ok(uncached(answer))
    })
    .await
}

/// The endpoints take nothing but a POST; one tells who asks of a token of their own, too.
async fn not_here(request: HttpRequest, state: Arc<State>, reads: bool) -> HttpResponse {
    observed(&state, &request, None, async |_| {
        let allowed = if reads { "GET, HEAD, POST" } else { "POST" };
        let told = error::not_possible(request.method(), allowed);
        let mut answer = HttpResponse::MethodNotAllowed().json(json!({ "error": "invalid_request", "error_description": told }));
        error::allow(&mut answer, allowed);
        error::mark(&mut answer, error::word_of(405));
        Ok(uncached(answer))
    })
    .await
}

/// RFC 6749 5.1 asks for both headers; `Cache-Control` is on every answer anyway.
fn uncached(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(header::PRAGMA, header::HeaderValue::from_static("no-cache"));
    answer
}

async fn run(form: &Form, endpoint: Endpoint) -> Result<Value, Refusal> {
    form.call.admit()?;
    match endpoint {
        Endpoint::Token => issue(form).await,
        Endpoint::Revoke => revoke(form).await,
        Endpoint::Introspect => introspect(form).await,
    }
}

async fn issue(form: &Form) -> Result<Value, Refusal> {
    let exchange = match form.required("grant_type")? {
        "client_credentials" => false,
        EXCHANGE => true,
        _ => return Err(Refusal::new("unsupported_grant_type", "Use client_credentials or token exchange.")),
    };
    supported(form, exchange)?;
    let (key, format) = if exchange { subject(form)? } else { (form.secret()?, None) };
    let scope = scope(form)?;
    if exchange && let Some(secret) = form.secret.as_deref() {
        authenticated(form, secret).await?;
    }
    let issued = match form.call.exchange(key, TokenRequest { format, access: scope.access() }).await {
        Err(Error::Unauthenticated(reason)) if exchange => return Err(Refusal::new("invalid_request", reason.sentence())),
        other => other?,
    };
    if !exchange {
        form.is_named(issued.claims.key, issued.claims.subject)?;
    }
    let expires_in = issued.claims.expires_at.seconds() - issued.claims.issued_at.seconds();
    let granted = scope.granted(issued.claims.access);
    let mut body = json!({ "access_token": issued.token, "token_type": "Bearer", "expires_in": expires_in, "scope": granted });
    if exchange {
        body["issued_token_type"] = if issued.format == Format::Jwt { JWT_TYPE } else { PASETO_TYPE }.into();
    }
    Ok(body)
}

/// Refuses what would change the token if it were understood: a client that asks for a token of less must not get one of more.
fn supported(form: &Form, exchange: bool) -> Result<(), Refusal> {
    let refused = |(name, _): &&(&str, &str)| form.field(name).is_some();
    if let Some((name, word)) = NOT_SUPPORTED.iter().find(refused) {
        return Err(Refusal::new(word, format!("{name} is not supported here.")));
    }
    if form.field("client_assertion").or(form.field("client_assertion_type")).is_some() {
        return Err(Refusal::client("Authenticate by a client secret, an API key; assertions are not supported."));
    }
    let foreign = ["subject_token", "subject_token_type", "requested_token_type"].into_iter().find(|name| form.field(name).is_some());
    match foreign.filter(|_| !exchange) {
        Some(name) => Err(Refusal::new("invalid_request", format!("{name} belongs to a token exchange."))),
        None => Ok(()),
    }
}

/// The key and the wished format of a token exchange.
fn subject(form: &Form) -> Result<(&str, Option<Format>), Refusal> {
    if !matches!(form.field("subject_token_type"), Some(KEY_TYPE | ACCESS_TYPE)) {
        return Err(Refusal::new("invalid_request", format!("subject_token_type must be {KEY_TYPE}.")));
    }
    let format = match form.field("requested_token_type") {
        None | Some(ACCESS_TYPE) => None,
        Some(JWT_TYPE) => Some(Format::Jwt),
        Some(PASETO_TYPE) => Some(Format::Paseto),
        Some(_) => return Err(Refusal::new("invalid_request", "requested_token_type is not known here.")),
    };
    let key = form.required("subject_token")?;
    if !PlainKey::looks_like(key) {
        return Err(Refusal::new("invalid_request", "subject_token must be an API key: a token does not mint another."));
    }
    Ok((key, format))
}

fn scope(form: &Form) -> Result<Scope, Refusal> {
    let Some(text) = form.field("scope") else { return Ok(Scope::default()) };
    Scope::parse(text).ok_or_else(|| Refusal::new("invalid_scope", "scope knows the words full, write and read."))
}

/// Who the client is: the holder of this key.
async fn authenticated(form: &Form, secret: &str) -> Result<Arc<Actor>, Refusal> {
    let (secret, call) = (secret.to_owned(), form.call.clone());
    let actor = form.call.state().store.read(move |tx| call.key_actor(tx, &secret)).await?;
    if let Some(key) = actor.key() {
        form.is_named(key.id, key.owner)?;
    }
    Ok(actor)
}

/// Answers 200 to whoever may ask (RFC 7009 2.2): what is not known is as good as revoked.
async fn revoke(form: &Form) -> Result<Value, Refusal> {
    let (secret, text) = (form.secret()?.to_owned(), form.required("token")?.to_owned());
    let (state, reading) = (form.call.state(), form.call.state().clone());
    let (client, held) = state.store.read(move |tx| token::client_and_held(&reading.tokens, tx, &secret, &text)).await?;
    form.is_named(client.key, client.owner)?;
    match held {
        HeldToken::Nothing => {}
        HeldToken::Foreign => return Err(Refusal::new("unauthorized_client", "This was not issued to the client that asks.")),
        held => state.store.write(move |tx| token::revoke_held(tx, &held)).await?,
    }
    Ok(json!({}))
}

async fn introspect(form: &Form) -> Result<Value, Refusal> {
    let asker = authenticated(form, form.secret()?).await?;
    let (text, state) = (form.required("token")?.to_owned(), form.call.state().clone());
    let found = form.call.state().store.read(move |tx| token::introspect(&state.tokens, tx, &asker, &text)).await?;
    Ok(found.map_or_else(|| json!({ "active": false }), |claims| bearer::introspection(&claims)))
}
