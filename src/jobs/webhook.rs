//! Tells webhooks what happened. Each has a line of its own: one message after another, so that none of them waits for another webhook.

use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};

use crate::{
    domain::{
        Error, Result,
        id::WebhookId,
        project::webhook::delivery::{DeliveryAttempt, Miss},
        time::Instant,
    },
    service::project::webhook::carrying::{self, Carrier, WebhookRequest},
    store::{Store, Tx},
};

use super::{
    items::{self, Disposition, Items},
    runner::Job,
};

/// Messages that are carried at once to webhooks that take what they get.
const ARRIVING: usize = 32;
/// The same to webhooks that fail: they may take all their time, and only these wait for it.
const FAILING: usize = 8;

struct Webhooks {
    carrier: Arc<dyn Carrier>,
    public_url: String,
    mail: bool,
    arriving: Semaphore,
    failing: Semaphore,
}

/// The job; `mail` says whether e-mails can be sent.
pub fn job(store: &Store, carrier: Arc<dyn Carrier>, public_url: String, mail: bool) -> Job {
    let (arriving, failing) = (Semaphore::new(ARRIVING), Semaphore::new(FAILING));
    items::job("webhook", store, Webhooks { carrier, public_url, mail, arriving, failing }).woken_by(|wakers| &wakers.webhooks)
}

impl Items for Webhooks {
    type Id = WebhookId;

    /// Those in hand that have no turn yet take some memory and nothing else.
    const AT_ONCE: usize = 10_000;

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, WebhookId)>) -> Result<Vec<(Instant, WebhookId)>> {
        carrying::due(tx, now, behind)
    }

    /// All that waits for one webhook. Each message waits for a turn, among those of webhooks that do as well as this one.
    async fn one(&self, store: &Store, id: WebhookId) -> Result<Disposition> {
        let mut fails = store.read(move |tx| carrying::is_failing(tx, id)).await?;
        let mut disposition = Disposition::Nothing;
        loop {
            let turns = if fails { &self.failing } else { &self.arriving };
            let turn = turns.acquire().await.map_err(|closed| Error::Internal(closed.to_string()))?;
            // Claimed for so long that nobody else carries it meanwhile; whatever happens then, it is carried again.
            let Some(taken) = store.write(move |tx| carrying::claim(tx, id)).await? else { return Ok(disposition) };
            let outcome = carry(self.carrier.clone(), taken.message.clone()).await;
            drop(turn);
            let (public_url, mail) = (self.public_url.clone(), self.mail);
            fails = !store.write(move |tx| carrying::settle(tx, &taken, &outcome, (&public_url, mail))).await?;
            disposition = if fails || disposition == Disposition::Later { Disposition::Later } else { Disposition::Done };
        }
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        carrying::next(tx, after)
    }

    fn waiting(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
        carrying::waiting(tx)
    }
}

/// Carries one, on a thread of its own: the runtime would wait at its end for one of its own threads, for as long as a receiver lets it.
async fn carry(carrier: Arc<dyn Carrier>, message: WebhookRequest) -> DeliveryAttempt {
    let (told, heard) = oneshot::channel();
    // Nobody hears it any more where the server has ended.
    let carrying = std::thread::Builder::new().name("webhook".into()).spawn(move || drop(told.send(carrier.carry(&message))));
    let ended = if carrying.is_ok() { heard.await.ok() } else { None };
    ended.unwrap_or_else(|| DeliveryAttempt::miss(Miss::Unreachable, std::time::Duration::ZERO))
}
