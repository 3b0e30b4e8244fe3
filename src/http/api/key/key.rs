//! API keys. The secret is in the answer to the POST that makes a key, and nowhere else.

use actix_web::http::Method;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        access::Access,
        error::Fault,
        id::{KeyId, OrgId, ProjectId, UserId},
        key::{
            key as domain,
            key::{Draft, Issued, Patch, Regenerate, Revoke},
        },
        network::Network,
        time::Instant,
    },
    http::{
        api::{
            query::Param,
            route::{Route, get, group, list, write, write_hiding},
        },
        base::bearer::call::ApiCall,
    },
    service::key::key::{self, KeyScope},
    store::key::key_list::{KEYS, KeyFilter, MINE},
};

/// An API key as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    id: KeyId,
    name: String,
    /// First characters and last four of the key.
    key_prefix: String,
    organization_id: OrgId,
    /// Who it acts as.
    user_id: UserId,
    owner_name: String,
    /// `user` or `service_account`.
    owner_type: &'static str,
    access: Access,
    /// The only projects it reaches; null for all that the owner may.
    projects: Option<Vec<ProjectId>>,
    /// The only addresses and networks (CIDR) that it may be used from; null for anywhere.
    #[schema(value_type = Option<Vec<String>>)]
    networks: Option<Vec<Network>>,
    /// Most requests a minute; null for as many as the instance lets through.
    requests_per_minute: Option<u32>,
    /// Whether it reads what visitors sent to forms.
    submissions: bool,
    /// `active`, `expired` or `revoked`.
    status: &'static str,
    created_by: Option<UserId>,
    created_at: Instant,
    last_used_at: Option<Instant>,
    last_used_ip: Option<String>,
    /// When its time is over; null for never. It stops working before where `revokedAt` is before.
    expires_at: Option<Instant>,
    /// When it was revoked; of a key that was replaced, when its grace period ends. That may lie in the future: until then it works, and
    /// `status` is `active`.
    revoked_at: Option<Instant>,
    revoked_by: Option<UserId>,
    revoke_reason: Option<String>,
    /// The key that it replaces.
    replaces: Option<KeyId>,
}

/// A key that was just made, with its secret: this answer is the only place that shows it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewApiKey {
    #[serde(flatten)]
    meta: ApiKey,
    /// The key. Store it now: it is never shown again. A repeat of the request under its `Idempotency-Key` has null here.
    key: Option<String>,
}

impl ApiKey {
    fn of(key: domain::ApiKey, now: Instant) -> Self {
        Self {
            status: key.status(now).word(),
            submissions: key.reads_submissions(),
            revoked_at: key.dead_from(),
            id: key.id,
            name: key.name,
            key_prefix: key.display,
            organization_id: key.org,
            user_id: key.owner_id,
            owner_name: key.owner_name,
            owner_type: if key.of_service_account { "service_account" } else { "user" },
            access: key.access,
            projects: key.projects,
            networks: key.restrictions.networks,
            requests_per_minute: key.restrictions.requests_per_minute,
            created_by: key.created_by,
            created_at: key.created_at,
            last_used_at: key.last_used_at,
            last_used_ip: key.last_ip,
            expires_at: key.expires_at,
            revoked_by: key.revoked_by,
            revoke_reason: key.revoke_reason,
            replaces: key.replaces,
        }
    }
}

impl NewApiKey {
    fn of(issued: Issued, now: Instant) -> Self {
        Self { key: Some(issued.secret.reveal().to_owned()), meta: ApiKey::of(issued.key, now) }
    }
}

/// Makes a personal key.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"organizationId": "01981f00-0000-7000-8000-000000000001", "name": "Laptop", "expiresInDays": 90}))]
pub struct PersonalKeyNew {
    /// The organization that it is for.
    organization_id: OrgId,
    /// Name.
    #[schema(min_length = 1, max_length = 80, pattern = "{name}")]
    name: String,
    /// What it may do at most; `full` when left out.
    access: Option<Access>,
    /// Days until it ends.
    #[schema(minimum = 1, maximum = 3650)]
    expires_in_days: Option<u32>,
    /// The only addresses and networks (CIDR) that it may be used from.
    #[schema(min_items = 1, max_items = 32)]
    networks: Option<Vec<String>>,
    /// Most requests a minute, exchanges for a token among them.
    #[schema(minimum = 1, maximum = 1_000_000)]
    requests_per_minute: Option<u32>,
}

const STATUS: &[Param] = &[Param {
    name: "status",
    help: "Which keys: active ones unless asked.",
    schema: r#"{"type": "string", "enum": ["active", "expired", "revoked", "all"]}"#,
    required: false,
}];

fn status_filter(call: &ApiCall) -> Result<KeyFilter> {
    match call.query("status") {
        None | Some("active") => Ok(KeyFilter::Active),
        Some("expired") => Ok(KeyFilter::Expired),
        Some("revoked") => Ok(KeyFilter::Revoked),
        Some("all") => Ok(KeyFilter::All),
        Some(_) => Err(Fault::new("status", "malformed", "status must be one of active, expired, revoked, all.").into()),
    }
}

/// What of a new key is in its first answer only.
const SECRETS: &[&str] = &["key"];

const MY_KEYS: &str = "/me/api-keys";
const MY_KEY: &str = "/me/api-keys/{keyId}";
const ALL: &str = "/organizations/{organizationId}/api-keys";
const ONE: &str = "/organizations/{organizationId}/api-keys/{keyId}";
const OF_ACCOUNT: &str = "/organizations/{organizationId}/service-accounts/{accountId}/api-keys";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group("api_keys", [own(), of_organization()].concat())
}

fn own() -> Vec<Route> {
    vec![
        list("list_my_api_keys", MY_KEYS, "The caller's own keys", &MINE, STATUS, |call, tx, actor, listing| {
            let now = tx.now();
            Ok(key::list(tx, actor, KeyScope::Own, status_filter(call)?, listing)?.map(|key| ApiKey::of(key, now)))
        }),
        write_hiding(
            SECRETS,
            Method::POST,
            "create_my_api_key",
            MY_KEYS,
            "Make a personal key; never with a key",
            |call, tx, actor, body: &PersonalKeyNew| {
                let draft = Draft {
                    name: body.name.clone(),
                    access: body.access,
                    expires_in_days: body.expires_in_days,
                    networks: body.networks.clone(),
                    requests_per_minute: body.requests_per_minute,
                    ..Draft::default()
                };
                let issued = key::create_personal(tx, actor, body.organization_id, &draft, call.state().is_sandbox())?;
                Ok(NewApiKey::of(issued, tx.now()))
            },
        ),
        write(
            Method::PATCH,
            "rename_my_api_key",
            MY_KEY,
            "Rename or restrict one of the caller's keys",
            |call, tx, actor, patch: &Patch| {
                Ok(ApiKey::of(key::change(tx, actor, KeyScope::Own, call.id("keyId")?, patch, |_| true)?, tx.now()))
            },
        ),
        write_hiding(
            SECRETS,
            Method::POST,
            "regenerate_my_api_key",
            "/me/api-keys/{keyId}/regenerate",
            "Replace one of the caller's keys",
            |call, tx, actor, change: &Regenerate| {
                let issued = key::regenerate(tx, actor, KeyScope::Own, call.id("keyId")?, change, call.state().is_sandbox())?;
                Ok(NewApiKey::of(issued, tx.now()))
            },
        ),
        write(
            Method::POST,
            "revoke_my_api_key",
            "/me/api-keys/{keyId}/revoke",
            "Revoke one of the caller's keys and all its tokens",
            |call, tx, actor, change: &Revoke| Ok(ApiKey::of(key::revoke(tx, actor, KeyScope::Own, call.id("keyId")?, change)?, tx.now())),
        ),
    ]
}

fn of_organization() -> Vec<Route> {
    vec![
        list("list_organization_api_keys", ALL, "All keys of an organization", &KEYS, STATUS, |call, tx, actor, listing| {
            let now = tx.now();
            Ok(key::list(tx, actor, KeyScope::Org(call.org()?), status_filter(call)?, listing)?.map(|key| ApiKey::of(key, now)))
        }),
        list("list_service_account_api_keys", OF_ACCOUNT, "The keys of a service account", &KEYS, STATUS, |call, tx, actor, listing| {
            let now = tx.now();
            let scope = KeyScope::Account(call.org()?, call.id("accountId")?);
            Ok(key::list(tx, actor, scope, status_filter(call)?, listing)?.map(|key| ApiKey::of(key, now)))
        }),
        write_hiding(
            SECRETS,
            Method::POST,
            "create_service_account_api_key",
            OF_ACCOUNT,
            "Make a key of a service account",
            |call, tx, actor, draft: &Draft| {
                let issued = key::create(tx, actor, (call.org()?, call.id("accountId")?), draft, call.state().is_sandbox())?;
                Ok(NewApiKey::of(issued, tx.now()))
            },
        ),
        get("get_organization_api_key", ONE, "A key", |call, tx, actor| {
            Ok(ApiKey::of(key::get(tx, actor, KeyScope::Org(call.org()?), call.id("keyId")?)?, tx.now()))
        }),
        write(Method::PATCH, "rename_organization_api_key", ONE, "Rename or restrict a key", |call, tx, actor, patch: &Patch| {
            Ok(ApiKey::of(key::change(tx, actor, KeyScope::Org(call.org()?), call.id("keyId")?, patch, |_| true)?, tx.now()))
        }),
        write_hiding(
            SECRETS,
            Method::POST,
            "regenerate_organization_api_key",
            "/organizations/{organizationId}/api-keys/{keyId}/regenerate",
            "Replace a key of a service account; the old one dies now or after a grace period",
            |call, tx, actor, change: &Regenerate| {
                let issued = key::regenerate(tx, actor, KeyScope::Org(call.org()?), call.id("keyId")?, change, call.state().is_sandbox())?;
                Ok(NewApiKey::of(issued, tx.now()))
            },
        ),
        write(
            Method::POST,
            "revoke_organization_api_key",
            "/organizations/{organizationId}/api-keys/{keyId}/revoke",
            "Revoke a key and all its tokens, at once",
            |call, tx, actor, change: &Revoke| {
                Ok(ApiKey::of(key::revoke(tx, actor, KeyScope::Org(call.org()?), call.id("keyId")?, change)?, tx.now()))
            },
        ),
    ]
}
