//! Introspection for proxies, which ask by a GET and go by the status: of the token that the request itself was sent with.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{HeaderName, HeaderValue},
};
use serde_json::{Value, json};

use crate::{
    domain::{Error, Result, error::Reason, key::token::Claims},
    http::base::{
        bearer::{call::ApiCall, respond::respond},
        observed::{meter::RouteMeter, observe::observed},
        router::Params,
        state::State,
    },
    service::key::token,
    store::Tx,
};

/// A header: its name, what it says, and how that is read off a token.
pub(in crate::http) type Header = (&'static str, &'static str, fn(&Claims) -> String);

/// The headers that say whose the token is, for whom the proxy lets the request through to.
pub(in crate::http) const HEADERS: [Header; 4] = [
    ("x-token-subject", "The id of the key's owner.", |claims| claims.subject.to_string()),
    ("x-token-client", "The id of the key.", |claims| claims.key.to_string()),
    ("x-token-organization", "The id of the organization that it reaches.", |claims| claims.org.to_string()),
    ("x-token-scope", "What it may at most: full, write or read.", |claims| claims.access.word().to_owned()),
];

/// 200 for a token that is active, with what it says; else 401.
pub(super) async fn introspect(request: HttpRequest, state: Arc<State>, meter: Arc<RouteMeter>) -> HttpResponse {
    observed(&state, &request, Some(&meter), async |observed| {
        let call = ApiCall::new(&request, Params::new(), &state, false);
        respond(observed, call, async |call, _| own(call, &state).await.map(|claims| tell(&claims))).await
    })
    .await
}

/// What the caller's token says.
async fn own(call: &ApiCall, state: &Arc<State>) -> Result<Arc<Claims>> {
    let (call, reading) = (call.clone(), state.clone());
    let look = move |tx: &mut Tx<'_>| {
        let actor = call.actor(tx)?;
        token::introspect(&reading.tokens, tx, &actor, call.bearer().unwrap_or_default())
    };
    // A key that is let in where a token belongs is none.
    state.store.read(look).await?.ok_or(Error::Unauthenticated(Reason::KeyNotExchanged))
}

fn tell(claims: &Claims) -> HttpResponse {
    let mut answer = HttpResponse::Ok().json(introspection(claims));
    for (name, _, value) in HEADERS {
        if let Ok(value) = HeaderValue::from_str(&value(claims)) {
            answer.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    answer
}

/// What is said of a token that is active.
pub(super) fn introspection(claims: &Claims) -> Value {
    json!({
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
    })
}
