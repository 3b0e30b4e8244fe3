//! Webhooks of projects: made, changed, tried out, and what they were told.

pub mod carrying;

use std::sync::Arc;

use serde_json::json;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        error::Fault,
        form::telling::message as told,
        id::{DeliveryId, ProjectPath, WebhookId},
        listing::Listing,
        org::activity::Note,
        page::Page,
        project::webhook::{
            Draft, MOST, Patch, Webhook,
            delivery::{Delivery, State},
            event::{Event, PING, message},
            secret::Secret,
        },
    },
    service::authorize,
    store::{
        Tx, instance,
        project::webhook::{delivery, webhook},
    },
};

const NOUN: &str = "webhook";

/// Where the addresses of webhooks may hold secrets, nobody reads them who could not make one.
fn authorize(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<Granted<InProject>> {
    authorize::project(tx, actor, at, Permission::ProjectManage)
}

/// Lets through who may read what visitors send: nobody else has it sent anywhere, such as a key without the option for that.
fn admit(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<()> {
    authorize::project(tx, actor, at, Permission::SubmissionRead).map(drop)
}

/// Whether a change decides who gets what visitors send: what is to come, and what was told already, which waits or can be sent again.
fn is_of_visitors(tx: &mut Tx<'_>, at: &Granted<InProject>, before: &Webhook, changed: &Webhook) -> Result<bool> {
    let event = Event::FormSubmitted;
    if changed.url == before.url && changed.events == before.events {
        return Ok(changed.is_active && !before.is_active && changed.hears(event));
    }
    Ok(before.hears(event) || changed.hears(event) || delivery::any_of(tx, at, before, event)?)
}

/// What a message says to somebody: nothing of what visitors sent to whoever may not read that, nor of an answer that may repeat it.
fn as_seen(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, found: Delivery) -> Result<Delivery> {
    if found.event != Event::FormSubmitted.word() {
        return Ok(found);
    }
    match authorize::project(tx, actor, at, Permission::SubmissionRead) {
        Ok(_) => Ok(found),
        Err(Error::Denied(_)) => Ok(Delivery { body: told::hidden(&found.body), reply: None, ..found }),
        Err(error) => Err(error),
    }
}

/// One webhook.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: WebhookId) -> Result<Webhook> {
    let granted = authorize(tx, actor, at)?;
    webhook::get(tx, &granted, id)
}

/// The webhooks of a project.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<Webhook>> {
    let granted = authorize(tx, actor, at)?;
    webhook::list(tx, &granted, listing)
}

/// Makes one; its secret is told this once.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, draft: &Draft) -> Result<(Webhook, Secret)> {
    let granted = authorize(tx, actor, at)?;
    let made = draft.check(WebhookId::new(tx.now(), tx.entropy()), at, tx.now())?;
    if made.hears(Event::FormSubmitted) {
        admit(tx, actor, at)?;
    }
    if webhook::count(tx, &granted)? >= MOST {
        return Err(Fault::new("url", "too_many", format!("A project has at most {MOST} webhooks.")).into());
    }
    webhook::insert(tx, &granted, &made)?;
    tx.note(&granted, note("webhook.created", &made))?;
    let secret = secrets(tx, &made)?.0;
    Ok((made, secret))
}

/// Changes one. What waits for one that is switched off is given up.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: WebhookId, patch: &Patch) -> Result<Webhook> {
    let granted = authorize(tx, actor, at)?;
    let before = webhook::get(tx, &granted, id)?;
    let mut changed = patch.apply(&before)?;
    let changes = changed.changes(&before);
    if changes.is_empty() {
        return Ok(before);
    }
    if is_of_visitors(tx, &granted, &before, &changed)? {
        admit(tx, actor, at)?;
    }
    changed.updated_at = tx.now();
    webhook::update(tx, &granted, &changed)?;
    if !changed.is_active {
        delivery::unguarded_give_up(tx, id)?;
    }
    tx.note(&granted, note("webhook.updated", &changed).with("changed", changes))?;
    Ok(changed)
}

/// Deletes one, with all that is known of what it was told; what it was.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: WebhookId) -> Result<Webhook> {
    let granted = authorize(tx, actor, at)?;
    let gone = webhook::get(tx, &granted, id)?;
    delivery::delete_of(tx, &granted, &gone)?;
    webhook::delete(tx, &granted, id)?;
    tx.note(&granted, note("webhook.deleted", &gone))?;
    Ok(gone)
}

/// Gives one another secret, which is told this once. For a day the old one signs as well.
pub fn rotate(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: WebhookId) -> Result<(Webhook, Secret)> {
    let granted = authorize(tx, actor, at)?;
    let before = webhook::get(tx, &granted, id)?;
    let now = tx.now();
    let rotated = Webhook { generation: before.generation + 1, rotated_at: Some(now), updated_at: now, ..before };
    webhook::update(tx, &granted, &rotated)?;
    tx.note(&granted, note("webhook.secret-rotated", &rotated))?;
    let secret = secrets(tx, &rotated)?.0;
    Ok((rotated, secret))
}

/// Queues a message by which somebody sees whether anything arrives.
pub fn ping(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: WebhookId) -> Result<Delivery> {
    let granted = authorize(tx, actor, at)?;
    let found = active(tx, &granted, id)?;
    let data = json!({ "webhookId": id.to_string(), "organizationId": at.0.to_string(), "projectId": at.1.to_string() });
    let body = message(PING, tx.now(), &data);
    let made = delivery::unguarded_queue(tx, found.id, PING, &body)?;
    delivery::get(tx, &granted, id, made)
}

/// What one was told.
pub fn deliveries(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: WebhookId, listing: &Listing) -> Result<Page<Delivery>> {
    let granted = authorize(tx, actor, at)?;
    let found = webhook::get(tx, &granted, id)?;
    delivery::list(tx, &granted, &found, listing)?.try_map(|found| as_seen(tx, actor, at, found))
}

/// One message of it.
pub fn delivery(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, (id, message): (WebhookId, DeliveryId)) -> Result<Delivery> {
    let granted = authorize(tx, actor, at)?;
    let found = delivery::get(tx, &granted, id, message)?;
    as_seen(tx, actor, at, found)
}

/// Sends a message that has arrived or was given up once more, with the same id.
pub fn resend(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, (id, message): (WebhookId, DeliveryId)) -> Result<Delivery> {
    let granted = authorize(tx, actor, at)?;
    active(tx, &granted, id)?;
    let found = delivery::get(tx, &granted, id, message)?;
    if found.event == Event::FormSubmitted.word() {
        admit(tx, actor, at)?;
    }
    if found.state == State::Queued {
        return Err(Error::Conflict(Fault::new("deliveryId", "queued", "This message waits to be sent already.")));
    }
    delivery::queue_again(tx, &granted, &found)?;
    delivery::get(tx, &granted, id, message)
}

/// A webhook that may be told something.
fn active(tx: &mut Tx<'_>, at: &Granted<InProject>, id: WebhookId) -> Result<Webhook> {
    let found = webhook::get(tx, at, id)?;
    if found.is_active {
        return Ok(found);
    }
    Err(Error::Conflict(Fault::new("webhookId", "switched_off", "This webhook is switched off. Switch it on first.")))
}

/// The secret of a webhook, and the one before it where that signs as well.
fn secrets(tx: &mut Tx<'_>, of: &Webhook) -> Result<(Secret, Option<Secret>)> {
    let found = instance::unguarded_get(tx)?.ok_or_else(|| Error::Internal("the instance has no secret".into()))?;
    let secret = |generation| Secret::of(&found.secret, of.id, generation);
    let old = of.overlap_ends(tx.now()).and_then(|_| of.generation.checked_sub(1)).map(secret);
    Ok((secret(of.generation), old))
}

/// The line of the audit trail.
fn note(action: &'static str, webhook: &Webhook) -> Note {
    Note::new(action, NOUN).of(webhook.id, &webhook.origin())
}
