//! A webhook with what it was told, and one message of it.

use askama::Template;
use serde_json::Value;

use crate::{
    domain::{
        Result,
        id::DeliveryId,
        project::webhook::{
            Webhook,
            delivery::{Delivery, State},
        },
        time::Instant,
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, get, post},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::project::webhook,
    store::{Tx, project::webhook::delivery::DELIVERIES},
};

use super::frame::{frame, id, list_of};

#[derive(Template)]
#[template(path = "project/webhook/one.html")]
struct One {
    c: Chrome,
    webhook: Webhook,
    form: Form,
    deliveries: Vec<Delivery>,
    /// The state by which the log is narrowed; empty for none.
    state: String,
    states: &'static [&'static str],
    /// Until when the secret before the last change signs as well.
    overlap: Option<Instant>,
    pager: Pager,
    list: String,
    here: String,
}

#[derive(Template)]
#[template(path = "project/webhook/delivery.html")]
struct Message {
    c: Chrome,
    webhook: Webhook,
    form: Form,
    delivery: Delivery,
    /// What it says, in lines.
    body: String,
    list: String,
    back: String,
}

/// Where a webhook is, and a message of it.
const ONE: &str = "/o/{org}/p/{project}/webhooks/{id}";
const MESSAGE: &str = "/o/{org}/p/{project}/webhooks/{id}/log/{delivery}";

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![
        get(ONE, |request, tx| one(request, tx, None)),
        get(MESSAGE, |request, tx| message(request, tx, None)),
        post("/o/{org}/p/{project}/webhooks/{id}/ping", one, ping).shown_at(ONE).does("ping-webhook"),
        post("/o/{org}/p/{project}/webhooks/{id}/log/{delivery}/resend", message, resend).shown_at(MESSAGE).does("resend-webhook"),
    ]
}

fn delivery_id(request: &PageRequest) -> Result<DeliveryId> {
    request.id_of("delivery", "delivery")
}

fn one(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let (actor, id) = (request.actor()?, id(request)?);
    let webhook = webhook::get(tx, actor, at, id)?;
    let page = webhook::deliveries(tx, actor, at, id, &request.listing(&DELIVERIES, &[])?)?;
    let (pager, here) = (Pager::of(request, &page)?, format!("{list}/{id}"));
    let state = request.query("state").unwrap_or_default().to_owned();
    let (form, overlap) = (typed.cloned().unwrap_or_default(), webhook.overlap_ends(tx.now()));
    render(&One { c, webhook, form, deliveries: page.items, state, states: State::WORDS, overlap, pager, list, here })
}

fn message(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let (actor, id) = (request.actor()?, id(request)?);
    let webhook = webhook::get(tx, actor, at, id)?;
    let delivery = webhook::delivery(tx, actor, at, (id, delivery_id(request)?))?;
    let read = serde_json::from_str::<Value>(&delivery.body).and_then(|value| serde_json::to_string_pretty(&value));
    let body = read.unwrap_or_else(|_| delivery.body.clone());
    let (form, back) = (typed.cloned().unwrap_or_default(), format!("{list}/{id}"));
    render(&Message { c, webhook, form, delivery, body, list, back })
}

fn ping(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let id = id(request)?;
    webhook::ping(tx, request.actor()?, request.project()?, id)?;
    Ok(Done::Say(format!("{}/{id}", list_of(request)), request.locale.lang.t("webhook-pinged").to_string()))
}

fn resend(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (id, message) = (id(request)?, delivery_id(request)?);
    webhook::resend(tx, request.actor()?, request.project()?, (id, message))?;
    Ok(Done::Say(format!("{}/{id}/log/{message}", list_of(request)), request.locale.lang.t("webhook-resent").to_string()))
}
