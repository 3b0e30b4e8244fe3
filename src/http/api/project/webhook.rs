//! Webhooks of projects: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{
    domain::{
        Result,
        id::{DeliveryId, ProjectId, WebhookId},
        project::webhook::{
            self as rules, OVERLAP, Off,
            delivery::{self as messages, Miss, State},
            event::Event,
            secret::Secret,
        },
        time::Instant,
    },
    http::{
        api::route::{Route, act, delete, get, group, list, write, write_hiding},
        base::bearer::call::ApiCall,
    },
    service::project::webhook,
    store::project::webhook::{delivery::DELIVERIES, webhook::WEBHOOKS},
};

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectWebhook {
    id: WebhookId,
    project_id: ProjectId,
    url: String,
    /// Empty for everything.
    events: Vec<Event>,
    active: bool,
    description: String,
    /// Why the server has switched it off: its receiver answered 410, or nothing has arrived for five days. Null where people did, or nobody.
    #[schema(pattern = "^(gone|failing)$")]
    disabled_reason: Option<&'static str>,
    /// Since when every try has failed.
    failing_since: Option<Instant>,
    /// When its secret was changed last.
    secret_rotated_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<rules::Webhook> for ProjectWebhook {
    fn from(found: rules::Webhook) -> Self {
        Self {
            id: found.id,
            project_id: found.project,
            url: found.url,
            events: found.events,
            active: found.is_active,
            description: found.description,
            disabled_reason: found.off.map(Off::word),
            failing_since: found.failing_since,
            secret_rotated_at: found.rotated_at,
            created_at: found.created_at,
            updated_at: found.updated_at,
        }
    }
}

/// A webhook with its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookWithSecret {
    #[serde(flatten)]
    webhook: ProjectWebhook,
    /// What verifies its signatures: `whsec_` and base64, as libraries of Standard Webhooks take it. It is told this once.
    secret: String,
}

/// A new secret of a webhook.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookSecret {
    /// What verifies its signatures from now on. It is told this once.
    secret: String,
    /// Until when the secret before signs as well.
    previous_secret_ends_at: Option<Instant>,
}

impl WebhookSecret {
    fn of((webhook, secret): &(rules::Webhook, Secret)) -> Self {
        Self { secret: secret.reveal(), previous_secret_ends_at: webhook.rotated_at.map(|at| at + OVERLAP) }
    }
}

/// A message of a webhook, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookDelivery {
    /// The `webhook-id` of the message, the same at each try.
    id: DeliveryId,
    webhook_id: WebhookId,
    /// The `type` of the message.
    event: String,
    #[schema(pattern = "^(queued|delivered|failed)$")]
    state: &'static str,
    /// How often it was tried since it was queued.
    attempts: u32,
    /// When it is tried next.
    next_attempt_at: Option<Instant>,
    last_attempt_at: Option<Instant>,
    /// The status of the last answer; null without one.
    response_status: Option<u32>,
    /// Milliseconds that the last try took.
    response_time: Option<u64>,
    /// The beginning of the last answer: a kilobyte of it.
    response_body: Option<String>,
    /// Why the last try has failed.
    #[schema(pattern = "^(status|redirect|timeout|address_not_allowed|name_not_found|unreachable|tls|switched_off)$")]
    error: Option<&'static str>,
    /// The message itself.
    #[schema(value_type = Object)]
    payload: Box<RawValue>,
    created_at: Instant,
}

impl WebhookDelivery {
    fn of(found: messages::Delivery) -> Result<Self> {
        let broken = |error: serde_json::Error| crate::domain::Error::Internal(format!("the message of a webhook: {error}"));
        Ok(Self {
            id: found.id,
            webhook_id: found.webhook,
            event: found.event,
            state: State::word(found.state),
            attempts: found.attempts,
            next_attempt_at: found.due_at,
            last_attempt_at: found.tried_at,
            response_status: found.status,
            response_time: found.took,
            response_body: found.reply,
            error: found.miss.map(Miss::word),
            payload: RawValue::from_string(found.body).map_err(broken)?,
            created_at: found.created_at,
        })
    }
}

const ALL: &str = "/organizations/{organizationId}/projects/{projectId}/webhooks";
const ONE: &str = "/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}";
const ROTATE: &str = "/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/rotate-secret";
const PING: &str = "/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/ping";
const DELIVERED: &str = "/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/deliveries";
const DELIVERY: &str = "/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/deliveries/{deliveryId}";
const RESEND: &str = "/organizations/{organizationId}/projects/{projectId}/webhooks/{webhookId}/deliveries/{deliveryId}/resend";

fn id(call: &ApiCall) -> Result<WebhookId> {
    call.id("webhookId")
}

fn message(call: &ApiCall) -> Result<(WebhookId, DeliveryId)> {
    Ok((id(call)?, call.id("deliveryId")?))
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group("webhooks", [of_webhooks(), of_deliveries()].concat())
}

fn of_webhooks() -> Vec<Route> {
    vec![
        list("list_project_webhooks", ALL, "The webhooks of a project", &WEBHOOKS, &[], |call, tx, actor, listing| {
            Ok(webhook::list(tx, actor, call.project()?, listing)?.map(ProjectWebhook::from))
        }),
        write_hiding(&["secret"], Method::POST, "create_project_webhook", ALL, "Make a webhook", |call, tx, actor, draft: &rules::Draft| {
            let (made, secret) = webhook::create(tx, actor, call.project()?, draft)?;
            Ok(WebhookWithSecret { webhook: made.into(), secret: secret.reveal() })
        })
        .about(
            "Messages are posted as JSON and signed as Standard Webhooks has it. They arrive at least once, in no promised order; `webhook-id` tells \
             those apart that come again.",
        ),
        get("get_project_webhook", ONE, "A webhook", |call, tx, actor| {
            webhook::get(tx, actor, call.project()?, id(call)?).map(ProjectWebhook::from)
        }),
        write(Method::PATCH, "update_project_webhook", ONE, "Change a webhook, or switch it on or off", |call, tx, actor, patch| {
            webhook::update(tx, actor, call.project()?, id(call)?, patch).map(ProjectWebhook::from)
        })
        .about("What waits for one that is switched off is given up. One that is switched on again begins anew."),
        delete("delete_project_webhook", ONE, "Delete a webhook, with its log", |call, tx, actor| {
            webhook::delete(tx, actor, call.project()?, id(call)?).map(drop)
        }),
        act(Method::POST, "rotate_project_webhook_secret", ROTATE, "Give a webhook another secret", |call, tx, actor| {
            webhook::rotate(tx, actor, call.project()?, id(call)?).map(|rotated| WebhookSecret::of(&rotated))
        })
        .about("For a day the secret before signs as well.")
        .secret(true),
        act(Method::POST, "ping_project_webhook", PING, "Send a message to see whether it arrives", |call, tx, actor| {
            webhook::ping(tx, actor, call.project()?, id(call)?).and_then(WebhookDelivery::of)
        })
        .about("Its type is `webhook.ping`. The answer says what is queued; what became of it, the delivery of this id does."),
    ]
}

fn of_deliveries() -> Vec<Route> {
    vec![
        list(
            "list_webhook_deliveries",
            DELIVERED,
            "What a webhook was told in the last 30 days",
            &DELIVERIES,
            &[],
            |call, tx, actor, listing| webhook::deliveries(tx, actor, call.project()?, id(call)?, listing)?.try_map(WebhookDelivery::of),
        ),
        get("get_webhook_delivery", DELIVERY, "A message, and what became of it", |call, tx, actor| {
            webhook::delivery(tx, actor, call.project()?, message(call)?).and_then(WebhookDelivery::of)
        }),
        act(Method::POST, "resend_webhook_delivery", RESEND, "Send a message once more", |call, tx, actor| {
            webhook::resend(tx, actor, call.project()?, message(call)?).and_then(WebhookDelivery::of)
        })
        .about("It keeps its `webhook-id`. One that still waits is refused with 409."),
    ]
}
