//! Messages of webhooks on their way: which are due, how they are signed, and what follows from what became of a try.

use crate::{
    domain::{
        Result,
        id::{DeliveryId, WebhookId},
        project::webhook::{
            Off, Webhook,
            delivery::{Delivery, DeliveryAttempt, KEPT, State},
        },
        time::Instant,
    },
    service::account::email::{self, Message},
    store::{
        Tx,
        account::notification::{self, Notice},
        project::webhook::{delivery, owner, webhook},
    },
};

/// What carries messages out of the house.
pub trait Carrier: Send + Sync {
    /// Sends one, for as long as a receiver may take.
    fn carry(&self, message: &WebhookRequest) -> DeliveryAttempt;
}

/// A message as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRequest {
    /// Where to.
    pub url: String,
    /// Its id, the same at each try.
    pub id: DeliveryId,
    /// The second at which it is sent.
    pub timestamp: i64,
    /// Its signatures, parted by blanks.
    pub signature: String,
    /// What it says.
    pub body: String,
}

/// A message that was taken in hand.
#[derive(Debug, Clone)]
pub struct Taken {
    delivery: Delivery,
    /// What is sent.
    pub message: WebhookRequest,
}

/// Webhooks with something that is due, those behind one of them.
///
/// # Errors
/// Those of the store.
pub fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, WebhookId)>) -> Result<Vec<(Instant, WebhookId)>> {
    webhook::unguarded_due(tx, now, behind)
}

/// When the next one has something that is due, after a moment.
///
/// # Errors
/// Those of the store.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    webhook::unguarded_next_due(tx, after)
}

/// Since when the first fails for which something waits.
///
/// # Errors
/// Those of the store.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    delivery::unguarded_waiting(tx)
}

/// Whether a webhook fails: such ones wait for each other, and nobody waits for them.
///
/// # Errors
/// Those of the store.
pub fn is_failing(tx: &mut Tx<'_>, id: WebhookId) -> Result<bool> {
    Ok(webhook::unguarded_get(tx, id)?.is_some_and(|found| found.failing_since.is_some()))
}

/// Takes the next message of a webhook in hand, if one is due still.
///
/// # Errors
/// Those of the store.
pub fn claim(tx: &mut Tx<'_>, id: WebhookId) -> Result<Option<Taken>> {
    let Some(found) = webhook::unguarded_get(tx, id)? else { return Ok(None) };
    let Some(delivery) = delivery::unguarded_claim(tx, id)? else { return Ok(None) };
    let (secret, old) = super::secrets(tx, &found)?;
    let now = tx.now();
    let sign = |secret: &super::Secret| secret.sign(delivery.id, now, &delivery.body);
    let signature = [Some(&secret), old.as_ref()].into_iter().flatten().map(sign).collect::<Vec<_>>().join(" ");
    let message = WebhookRequest { url: found.url, id: delivery.id, timestamp: now.seconds(), signature, body: delivery.body.clone() };
    Ok(Some(Taken { delivery, message }))
}

/// What follows from a try: whether the message has arrived. `mail` says whether e-mails can be sent, `public_url` where the console is.
///
/// # Errors
/// Those of the store.
pub fn settle(tx: &mut Tx<'_>, taken: &Taken, outcome: &DeliveryAttempt, (public_url, mail): (&str, bool)) -> Result<bool> {
    let (now, id) = (tx.now(), taken.delivery.webhook);
    let mut chance = [0];
    tx.entropy().fill(&mut chance);
    let arrived = outcome.miss.is_none();
    let again = if arrived { None } else { outcome.again(taken.delivery.attempts, chance[0], now) };
    let state = match (arrived, again) {
        (true, _) => State::Delivered,
        (false, Some(_)) => State::Queued,
        (false, None) => State::Failed,
    };
    let settled = Delivery {
        state,
        due_at: again,
        status: outcome.status.map(u32::from),
        miss: outcome.miss,
        took: Some(u64::try_from(outcome.took.as_millis()).unwrap_or(u64::MAX)),
        reply: Some(outcome.reply.clone()).filter(|reply| !reply.is_empty()),
        tried_at: Some(now),
        ended_at: again.is_none().then_some(now),
        ..taken.delivery.clone()
    };
    delivery::unguarded_settle(tx, &settled)?;
    let Some(mut found) = webhook::unguarded_get(tx, id)?.filter(|found| found.is_active) else { return Ok(arrived) };
    if arrived {
        found.note_success();
        webhook::unguarded_settle(tx, &found)?;
        return Ok(true);
    }
    let off = found.count_miss(outcome.is_gone(), now);
    webhook::unguarded_settle(tx, &found)?;
    if let Some(off) = off {
        switch_off(tx, &found, off, (public_url, mail))?;
    }
    Ok(false)
}

/// Gives up what waits for a webhook, and tells the owners of its project.
fn switch_off(tx: &mut Tx<'_>, found: &Webhook, off: Off, (public_url, mail): (&str, bool)) -> Result<()> {
    delivery::unguarded_give_up(tx, found.id)?;
    tx.unguarded_note_system(found.org, Some(found.project), super::note("webhook.switched-off", found).with("reason", off.word()))?;
    let Some(place) = owner::unguarded_place(tx, found)? else { return Ok(()) };
    let (link, now) = (format!("/o/{}/p/{}/webhooks/{}", place.org_slug, place.project_slug, found.id), tx.now());
    for owner in owner::unguarded_of(tx, found)? {
        let locale = email::locale(owner.locale.as_deref(), owner.timezone.as_deref(), now);
        let message = email::webhook_off(&locale, &found.host(), &place.project_name, off);
        let notice = Notice { kind: "webhook.switched-off", title: &message.title, body: Some(message.body.trim_end()), link: Some(&link) };
        notification::unguarded_insert(tx, owner.user, found.org, notice)?;
        if mail {
            email::post(tx, &owner.email, &Message { body: format!("{}\n{public_url}{link}\n", message.body), ..message })?;
        }
    }
    Ok(())
}

/// Whether messages have ended so long ago that nobody needs to know of them.
///
/// # Errors
/// Those of the store.
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let since = tx.now() - KEPT;
    delivery::unguarded_old(tx, since)
}

/// Drops some of them; how many.
///
/// # Errors
/// Those of the store.
pub fn forget(tx: &mut Tx<'_>) -> Result<usize> {
    let since = tx.now() - KEPT;
    delivery::unguarded_forget(tx, since)
}
