//! The exchange of a key for a token: its JSON and its route.

use actix_web::http::Method;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{Result, access::Access, key::token::Format, time::Instant},
    http::{
        api::{
            route::{Route, custom, group},
            schema::of,
        },
        base::{bearer::call::ApiCall, body, reply::json},
    },
    service::key::token::TokenRequest,
};

/// Exchanges a key.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = TokenRequest, example = json!({"apiKey": "gct_sat_..."}))]
pub struct Exchange {
    /// The API key.
    #[schema(min_length = 1, max_length = 200)]
    api_key: String,
    /// The format; the instance's default when left out.
    format: Option<Format>,
    /// A narrower access than the key's.
    access: Option<Access>,
}

/// An access token.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    /// Send it as `Authorization: Bearer`.
    token: String,
    /// When it ends.
    expires_at: Instant,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds until it ends.
    expires_in: i64,
    /// Its format.
    format: Format,
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    let exchange =
        custom(Method::POST, "exchange_token", "/auth/token", "Exchange an API key for an access token", of::<Token>(), exchange);
    let exchange = exchange.about(
        "It lives as long as the instance says, and dies with the key. format picks PASETO or JWT, access asks for less than the key has.",
    );
    group("auth", vec![exchange.public().secret(true).body(of::<Exchange>())])
}

async fn exchange(call: ApiCall) -> Result<actix_web::HttpResponse> {
    call.only(&[])?;
    let wanted: Exchange = body::json(call.body())?;
    let issued = call.exchange(&wanted.api_key, TokenRequest { format: wanted.format, access: wanted.access }).await?;
    let expires_in = issued.claims.expires_at.seconds() - issued.claims.issued_at.seconds();
    json(200, &Token { token: issued.token, expires_at: issued.claims.expires_at, token_type: "Bearer", expires_in, format: issued.format })
}
