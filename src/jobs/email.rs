//! Sends e-mails as they come, and again later those that failed.

use std::{collections::HashSet, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{
    domain::{Result, account::delivery::Channel, id::DeliveryId, time::Instant},
    service::account::{
        delivery,
        mail::{self, Email, Mailer, Missed},
    },
    store::{Store, Tx},
};

use super::{
    items::{self, Disposition, Items},
    runner::Job,
};

struct Emails {
    mailer: Arc<dyn Mailer>,
    /// Those that went out though that could not be stored: it is stored later, and they are not sent again.
    sent: Mutex<HashSet<DeliveryId>>,
}

/// The job.
pub fn job(store: &Store, mailer: Arc<dyn Mailer>) -> Job {
    items::job("email", store, Emails { mailer, sent: Mutex::default() }).woken_by(|wakers| &wakers.emails)
}

impl Items for Emails {
    type Id = DeliveryId;

    /// A mail server may take its time with one, and bounds the connections of a client.
    const AT_ONCE: usize = 4;

    async fn begin(&self, store: &Store, now: Instant) -> Result<()> {
        if store.read(move |tx| delivery::any_ahead(tx, Channel::Email, now)).await? {
            store.write(move |tx| delivery::hasten(tx, Channel::Email, now)).await?;
        }
        Ok(())
    }

    fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, DeliveryId)>) -> Result<Vec<(Instant, DeliveryId)>> {
        delivery::due(tx, Channel::Email, now, behind)
    }

    /// Its next try is stored before it is sent: whatever happens then, it is not sent again at once, nor by anybody else.
    async fn one(&self, store: &Store, id: DeliveryId) -> Result<Disposition> {
        let Some(attempts) = store.write(move |tx| delivery::claim(tx, id)).await? else { return Ok(Disposition::Nothing) };
        if self.sent.lock().contains(&id) {
            return self.note_sent(store, id).await;
        }
        let (carried, secret) = match store.read(move |tx| mail::ready(tx, id)).await {
            Ok(Some((email, secret))) => (carry(self.mailer.clone(), email).await, secret),
            Ok(None) => {
                store.write(move |tx| delivery::cancel(tx, id)).await?;
                return Ok(Disposition::Nothing);
            }
            Err(error) => (Err(Missed::from(format!("it could not be read: {error:?}"))), None),
        };
        match carried {
            Ok(()) => {
                self.sent.lock().insert(id);
                self.note_sent(store, id).await
            }
            Err(missed) => {
                let reason = delivery::reason(&missed.said, secret.as_deref());
                self.note_missed(store, id, (attempts, missed.is_final), reason).await
            }
        }
    }

    fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
        delivery::next(tx, Channel::Email, after)
    }

    fn waiting(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
        delivery::waiting(tx, Channel::Email)
    }
}

impl Emails {
    async fn note_sent(&self, store: &Store, id: DeliveryId) -> Result<Disposition> {
        store.write(move |tx| delivery::mark_sent(tx, id)).await?;
        self.sent.lock().remove(&id);
        Ok(Disposition::Done)
    }

    async fn note_missed(&self, store: &Store, id: DeliveryId, tried: (u32, bool), reason: String) -> Result<Disposition> {
        let noted = reason.clone();
        if store.write(move |tx| delivery::count_miss(tx, id, tried, &noted)).await? {
            tracing::error!(email = %id, reason, "an e-mail could not be sent, for hours or for good; it is given up");
        } else {
            tracing::warn!(email = %id, reason, "an e-mail could not be sent; it is tried again");
        }
        Ok(Disposition::Later)
    }
}

/// Sends one, on a thread of its own: the runtime would wait at its end for one of its own threads, for as long as a mail server lets it.
async fn carry(mailer: Arc<dyn Mailer>, email: Email) -> std::result::Result<(), Missed> {
    let (told, heard) = oneshot::channel();
    // Nobody hears it any more where the server has ended.
    let carrying = std::thread::Builder::new().name("email".into()).spawn(move || drop(told.send(mailer.send(&email))));
    carrying.map_err(|error| Missed::from(error.to_string()))?;
    heard.await.unwrap_or_else(|_| Err(Missed::from("it was not carried to its end")))
}
